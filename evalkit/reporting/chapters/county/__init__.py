"""A county's own report: its grade or its censuses, what lags, what is to be put right, and its leadership's page."""

from evalkit.reporting.chapters.county import sentences, tables

__all__ = ["sentences", "tables"]
