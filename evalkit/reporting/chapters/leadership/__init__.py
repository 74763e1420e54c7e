"""The annex for the appraisal of a city's leadership."""

from evalkit.reporting.chapters.leadership import sentences, tables

__all__ = ["sentences", "tables"]
