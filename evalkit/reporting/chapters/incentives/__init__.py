"""What a year earns or costs."""

from evalkit.reporting.chapters.incentives import figures, sentences, tables

__all__ = ["figures", "sentences", "tables"]
