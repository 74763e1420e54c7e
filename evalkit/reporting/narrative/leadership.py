"""The annex for the appraisal of a city's leadership: how to read it, and what depends on the choice of method."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.reporting.cells import number, span
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import NO_WORDS, assessed, shown_where
from evalkit.reporting.tables.leadership import SCORE, reading

told = shown_where(assessed, NO_WORDS)


@told
def opening(report: CityReport) -> Markdown:
    """What the page is for, and that nothing on it is summed."""
    return Markdown(report.word("leadership_read", city=report.city_name, year=report.year))


@told
def method(report: CityReport) -> Markdown:
    """Which statements hold whatever the method, and which do not; and what the page leaves out."""
    lines = [*_method(report), report.word("leadership_notes", n=len(report.study.regions))]
    return Markdown("\n".join(line if line.startswith("-") else f"- {line}" for line in lines))


def _method(report: CityReport) -> Iterator[str]:
    row, places = reading(report), report.rank_range.loc[report.city]
    if pd.notna(places["best"]):
        ways = len(report.ranks_by_alternative.columns)
        key = "leadership_same" if places["best"] == places["worst"] else "leadership_range"
        yield report.word(key, ways=ways, places=span(places["best"], places["worst"]))
    if pd.isna(row.score):
        yield report.word("leadership_unrated", grade=report.band(row.grade))
        return
    yield from _edges(report, row.score)


def _edges(report: CityReport, score: float) -> Iterator[str]:
    """Say how far the score lies from the bands beside it: whether the grade hangs on little."""
    scale = report.study.rules.bands
    band = next(one for one in scale.scale if score >= one.least)
    above = scale.above(band.code)
    if above:
        least = next(one.least for one in scale.scale if one.code == above)
        yield report.word("leadership_up", gap=number(least - score, SCORE), band=report.band(above))
    if band.least > 0:
        down = report.band(scale.below(band.code))
        yield report.word("leadership_down", gap=number(score - band.least, SCORE), band=down)
