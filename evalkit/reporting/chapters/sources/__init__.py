"""Where the figures come from."""

from evalkit.reporting.chapters.sources import tables

__all__ = ["tables"]
