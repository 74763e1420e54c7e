"""A department's targets: how they stand, and who pulls them down."""

from evalkit.reporting.chapters.department import figures, follow_up, sentences, tables

__all__ = ["figures", "follow_up", "sentences", "tables"]
