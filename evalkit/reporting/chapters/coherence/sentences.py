"""Sentences on an index system: what its coverage counts, and what coherence rests on."""

from __future__ import annotations

from IPython.display import Markdown

from evalkit.reporting.prose import prose
from evalkit.reporting.report import Report, RoundReport
from evalkit.reporting.saying import say
from evalkit.tabular.cells import span


def coherence(report: RoundReport) -> Markdown:
    """How many cities it rests on, and what it is for."""
    counts = {"years": span(report.years[0], report.year), "cities": len(report.study.regions)}
    return say(report, "coherence_read", year=report.year, **counts)


def coverage(report: Report) -> Markdown:
    """What the table of coverage counts, and that it is no weight."""
    return prose(report.word("coverage_read", year=report.year))
