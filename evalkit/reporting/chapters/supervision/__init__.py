"""Which units are visited, what inspections found, and what to look at."""

from evalkit.reporting.chapters.supervision import checklists, figures, inspections, pages, sentences, tables

__all__ = ["checklists", "figures", "inspections", "pages", "sentences", "tables"]
