"""Targets: what each year must reach, and how far every region is on the way."""
