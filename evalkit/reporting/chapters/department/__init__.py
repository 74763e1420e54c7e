"""A department's targets: how they stand, and who pulls them down."""

from evalkit.reporting.chapters.department import figures, sentences, tables

__all__ = ["figures", "sentences", "tables"]
