"""Weights of a reader's own tried on one city: a what-if, of which nothing is kept."""

from evalkit.reporting.explore import sentences, tables
from evalkit.reporting.explore.controls import explorer
from evalkit.reporting.explore.what_if import WhatIf, adjustable, what_if

__all__ = ["WhatIf", "adjustable", "explorer", "sentences", "tables", "what_if"]
