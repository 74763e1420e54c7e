"""Spending, its growth, and where that went."""

from evalkit.reporting.chapters.fiscal import figures, sentences, tables

__all__ = ["figures", "sentences", "tables"]
