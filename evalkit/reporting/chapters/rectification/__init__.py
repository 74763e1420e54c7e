"""What has to be put right, and by which rules it is called to account."""

from evalkit.reporting.chapters.rectification import accountability, figures, items, sentences, tables

__all__ = ["accountability", "figures", "items", "sentences", "tables"]
