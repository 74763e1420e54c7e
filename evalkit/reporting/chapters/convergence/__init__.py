"""Whether the cities drew together."""

from evalkit.reporting.chapters.convergence import figures, sentences, tables

__all__ = ["figures", "sentences", "tables"]
