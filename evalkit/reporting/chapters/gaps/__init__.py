"""The gaps between cities and groups of them, and who lacks what."""

from evalkit.reporting.chapters.gaps import sentences, services, tables

__all__ = ["sentences", "services", "tables"]
