"""What inspections found, and what regions claimed of themselves."""
