"""A city's grade: its points, the rules that lower it, and what would lift it."""

from evalkit.reporting.chapters.grade import points, sentences, tables

__all__ = ["points", "sentences", "tables"]
