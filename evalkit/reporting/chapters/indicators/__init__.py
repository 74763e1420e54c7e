"""The indicators of a city one by one."""

from evalkit.reporting.chapters.indicators import figures, sentences, tables

__all__ = ["figures", "sentences", "tables"]
