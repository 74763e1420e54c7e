"""The site of a run: pages that are read from the folder, without a server, and the data that they show."""
