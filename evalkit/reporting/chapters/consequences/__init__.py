"""What follows from a year's assessment, in short."""

from evalkit.reporting.chapters.consequences import sentences

__all__ = ["sentences"]
