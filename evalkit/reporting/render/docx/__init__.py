"""A document as a Word file, laid out as GB/T 9704-2012 lays out what offices issue."""
