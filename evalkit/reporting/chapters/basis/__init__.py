"""What is measured and scored, and on what that rests."""

from evalkit.reporting.chapters.basis import sentences, tables, totals

__all__ = ["sentences", "tables", "totals"]
