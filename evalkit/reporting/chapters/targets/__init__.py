"""A city's targets one by one, and who answers for them."""

from evalkit.reporting.chapters.targets import answerable, figures, sentences, tables

__all__ = ["answerable", "figures", "sentences", "tables"]
