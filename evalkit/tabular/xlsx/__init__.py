"""Excel workbooks: opened, read, held against models, written."""
