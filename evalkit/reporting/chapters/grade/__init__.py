"""A city's grade: its points, the rules that lower it, and what would lift it."""

from evalkit.reporting.chapters.grade import points, reasons, sentences, tables

__all__ = ["points", "reasons", "sentences", "tables"]
