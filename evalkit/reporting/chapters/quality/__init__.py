"""What is missing, imputed or in doubt."""

from evalkit.reporting.chapters.quality import sentences, tables

__all__ = ["sentences", "tables"]
