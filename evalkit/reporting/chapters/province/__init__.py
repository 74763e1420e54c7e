"""The province report in short."""

from evalkit.reporting.chapters.province import sentences

__all__ = ["sentences"]
