"""Where the cities stand, by the score and by other ways of scoring."""

from evalkit.reporting.chapters.position import figures, map, sentences, tables

__all__ = ["figures", "map", "sentences", "tables"]
