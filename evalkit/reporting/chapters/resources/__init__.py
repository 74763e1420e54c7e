"""Money beside results."""

from evalkit.reporting.chapters.resources import figures, sentences, tables

__all__ = ["figures", "sentences", "tables"]
