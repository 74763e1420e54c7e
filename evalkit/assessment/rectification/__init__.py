"""What is called to account and put right, by when."""
