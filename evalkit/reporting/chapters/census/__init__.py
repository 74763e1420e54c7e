"""The counties in the censuses."""

from evalkit.reporting.chapters.census import county_equality, figures, sentences, tables

__all__ = ["county_equality", "figures", "sentences", "tables"]
