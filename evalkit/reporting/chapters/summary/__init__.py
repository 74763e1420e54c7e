"""What a report says first: what it is, score and rank in short, and what a reader of the ranking must know."""

from evalkit.reporting.chapters.summary import sentences, tables

__all__ = ["sentences", "tables"]
