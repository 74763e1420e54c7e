"""A document as a PDF file, set by typst in the layout of GB/T 9704-2012."""
