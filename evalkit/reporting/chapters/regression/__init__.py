"""What goes with higher services."""

from evalkit.reporting.chapters.regression import sentences, tables

__all__ = ["sentences", "tables"]
