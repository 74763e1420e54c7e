"""The annex for the appraisal of a city's leadership: how to read it, and what depends on the choice of method."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.reporting.chapters.grade.reasons import lowered_by
from evalkit.reporting.chapters.leadership.tables import SCORE, reading
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import assessed, grouped, has_peers, said_where
from evalkit.reporting.prose import bullets, prose
from evalkit.reporting.saying import other_base
from evalkit.tabular.cells import number, span


@said_where(assessed)
def opening(report: CityReport) -> Markdown:
    """What the page is for, and that nothing on it is summed."""
    lines = [report.word("leadership_read", city=report.city_name, year=report.year)]
    if has_peers(report, report.city):
        lines.append(report.word("leadership_group", group=report.group(reading(report).group)))
    return prose(report.joined(lines))


@said_where(assessed)
def method(report: CityReport) -> Markdown:
    """Which statements hold whatever the method, and which do not; and what the page leaves out."""
    lines = [*_method(report), report.word("leadership_notes", **_stated(report)), *_apart(report)]
    return bullets(lines)


def _apart(report: CityReport) -> Iterator[str]:
    """What the cities differ in, and whom the page does not serve."""
    beside = "leadership_in_groups" if grouped(report) else "leadership_in_years"
    yield report.word("leadership_unadjusted", n=len(report.study.regions), read=report.word(beside))
    yield report.word("leadership_not_known")
    if "county" in set(report.study.all_regions.table.level):
        yield report.word("leadership_counties")


def _method(report: CityReport) -> Iterator[str]:
    row, places = reading(report), report.rank_range.loc[report.city]
    ways = len(report.ranks_by_alternative.columns)
    if pd.notna(places["best"]) and ways > 1:
        key = "leadership_same" if places["best"] == places["worst"] else "leadership_range"
        yield report.word(key, ways=ways, places=span(places["best"], places["worst"]))
    if pd.isna(row.score):
        yield report.word("leadership_unrated", grade=report.band(row.grade))
    yield from _lowered(report)
    if pd.notna(row.score):
        yield _edges(report, row.score)
    if pd.notna(row.change):
        yield from other_base(report)


def _lowered(report: CityReport) -> Iterator[str]:
    """Say by which rules the grade is not that of the score's band."""
    result = report.assessed.result
    if result.grade != result.band:
        rules = report.listed(lowered_by(report))
        yield report.word(
            "leadership_lowered", band=report.band(result.band), grade=report.band(result.grade), rules=rules
        )


def _stated(report: CityReport) -> dict[str, int]:
    """Count the targets of the round, and those whose figure a document of the plan states."""
    found = [report.system.node(code).target.status for code in report.judged.index]
    return {"targets": len(found), "stated": found.count("confirmed")}


def _edges(report: CityReport, score: float) -> str:
    """Say how far the score lies from the bands beside its own: whether that hangs on little."""
    scale = report.study.rules.bands
    least = {band.code: band.least for band in scale.scale}
    own = scale.of(score)
    above = scale.above(own)
    cells = {"own": report.band(own), "over": number(score - least[own], SCORE)}
    if above:
        cells |= {"band": report.band(above), "gap": number(least[above] - score, SCORE)}
    within = "leadership_between" if least[own] > 0 else "leadership_up"
    return report.word(within if above else "leadership_down", **cells)
