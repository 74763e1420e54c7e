"""Whether the parts of an index system hold together."""

from evalkit.reporting.chapters.coherence import sentences, tables

__all__ = ["sentences", "tables"]
