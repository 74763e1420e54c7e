"""How unequal the cities are, and where that comes from."""

from evalkit.reporting.chapters.inequality import decomposition, figures, sentences, tables

__all__ = ["decomposition", "figures", "sentences", "tables"]
