"""What is said of what is weak: how much there is of each kind, and which cities are most like the city, by what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from IPython.display import Markdown

from evalkit.reporting.chapters.weaknesses.selection import KINDS, weak
from evalkit.reporting.chapters.weaknesses.tables import SHOWN, comparable
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import NO_WORDS
from evalkit.reporting.prose import paragraphs


def weaknesses(report: CityReport) -> Markdown:
    """How many results are weak and how, and beside whom they stand."""
    found = weak(report)
    if not found:
        return NO_WORDS
    counts = Counter(found.values())
    read = report.word("weaknesses_read", n=len(found), **{kind: counts[kind] for kind in KINDS})
    more = [report.word("weaknesses_more", n=len(found) - SHOWN)] if len(found) > SHOWN else []
    return paragraphs(report.joined([read, *more]), report.joined(_beside(report)))


def _beside(report: CityReport) -> Iterator[str]:
    """Name the cities that are most like the city, what tells so, and where the choice comes from."""
    if cities := comparable(report):
        declared = report.readings.declared.comparables
        named = {"cities": report.listed(map(report.region, cities)), "source": declared.source[report.language]}
        yield report.word(
            "weaknesses_beside", by=report.listed(one.name[report.language] for one in declared.structure), **named
        )
