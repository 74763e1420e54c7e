"""How far ranks depend on the choices made."""

from evalkit.reporting.chapters.robustness import figures, sentences, tables

__all__ = ["figures", "sentences", "tables"]
