"""Tables of a city in short: cover and headline."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from evalkit.analysis.ranks import neighbours
from evalkit.reporting.city import CityReport
from evalkit.reporting.cover import cover_of
from evalkit.reporting.made import report_table
from evalkit.reporting.report import Report
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, number, part, rank, signed, span


def cover(report: CityReport) -> Table:
    """What the report is, under which versions, and who signs it."""
    city = {"city": f"{report.city_name} ({report.city})"}
    return cover_of(report, city, {"headline": report.headline})


@report_table
def headline(report: CityReport) -> Table:
    """Score, rank, distances and range of ranks, in one row."""
    root, scores, decimals = report.result.root, report.result.published, report.result.decimals()
    in_year = scores[root].xs(report.year, level="year")
    near = neighbours(in_year, report.city)
    row = {
        "score": number(report.score(root), decimals),
        "change": signed(change_of(report, root, report.city), decimals),
        "rank": rank(report.rank(root)),
        "rank_range": span(*report.rank_range.loc[report.city]),
        "above": _neighbour(report, near["above"]),
        "below": _neighbour(report, near["below"]),
        "province_score": number(
            report.study.province.published.loc[(report.study.all_regions.code, report.year), root], decimals
        ),
        **scored_on(report, report.city, [report.city]),
    }
    return report.table([row])


def scored_on(report: Report, city: str, listed: Iterable[str]) -> dict[str, object]:
    """Give the share of the weight that a score rests on, where that of any city listed rests on part of it."""
    partly = report.scored_on_part
    if not partly.index.isin(list(listed)).any():
        return {}
    if pd.isna(report.result.scores.loc[(city, report.year), report.result.root]):
        return {"scored_on": NOT_PRINTED}
    return {"scored_on": part(partly[city]) if city in partly else number(100, 1)}


def change_of(report: Report, node: str, city: str) -> float | None:
    """Give by how many points a city has another score than the year before."""
    if report.previous is None:
        return None
    published = report.result.published[node]
    return published[(city, report.year)] - published[(city, report.previous)]


def _neighbour(report: CityReport, near: tuple[str, float] | None) -> str:
    if near is None:
        return NOT_PRINTED
    code, distance = near
    return f"{report.region(code)} ({number(distance, report.result.decimals())})"


OF_A_CITY = {
    "headline": headline,
}
