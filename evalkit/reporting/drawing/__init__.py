"""What figures are drawn with: the canvas, and whom a figure shows where not all have room."""
