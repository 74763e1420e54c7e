"""What the province's targets came to."""

from evalkit.reporting.chapters.province_targets import figures, sentences, tables

__all__ = ["figures", "sentences", "tables"]
