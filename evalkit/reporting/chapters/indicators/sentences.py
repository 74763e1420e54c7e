"""Sentences on the results on which a city is last."""

from __future__ import annotations

from IPython.display import Markdown

from evalkit.reporting.chapters.indicators import tables
from evalkit.reporting.city import CityReport
from evalkit.reporting.legal_basis import duties
from evalkit.reporting.prose import prose


def shortfalls(report: CityReport) -> Markdown:
    """How many shortfalls there are, and how many of them rest on scored indicators."""
    table = tables.shortfalls(report)
    scored = int((table.data.status == "scored").sum())
    said = report.word("shortfalls_read", count=len(table), scored=scored)
    return prose(report.joined([said, *duties(report)]))
