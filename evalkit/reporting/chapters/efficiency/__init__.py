"""What cities yield for what they spend."""

from evalkit.reporting.chapters.efficiency import figures, sentences, tables

__all__ = ["figures", "sentences", "tables"]
