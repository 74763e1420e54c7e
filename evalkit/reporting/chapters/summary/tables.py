"""Tables of a city in short: its headline."""

from __future__ import annotations

import pandas as pd

from evalkit.analysis.ranks import neighbours
from evalkit.base.once import once
from evalkit.index import Group, Indicator
from evalkit.reporting.city import CityReport
from evalkit.reporting.made import report_table
from evalkit.reporting.report import Report
from evalkit.scoring import Evaluation
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, Figures, number, part, rank, signed, span


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
        **(scored_on(report, report.city) if report.city in report.scored_on_part else {}),
    }
    return report.table([row])


def scored_on(report: Report, city: str) -> dict[str, object]:
    """Give the indicators and the share of the weight that the score of a city rests on."""
    if pd.isna(report.result.scores.loc[(city, report.year), report.result.root]):
        return {"indicators_known": NOT_PRINTED, "scored_on": NOT_PRINTED}
    partly = report.scored_on_part
    share = part(partly[city]) if city in partly else number(100, 1)
    return {"indicators_known": indicators_known(report, report.system.tree, city), "scored_on": share}


def indicators_known(report: Report, node: Group, city: str) -> Figures:
    """Write on how many of its scored indicators a node of a city rests."""
    known = int(report.result.counted.loc[(city, report.year), node.code])
    return Figures(f"{known}/{len(scored_in(report, node))}", known)


def scored_in(report: Report, group: Group) -> list[Indicator]:
    """Give the indicators of a group that are scored."""
    scored = {indicator.code for indicator in report.system.scored}
    return [indicator for indicator in report.system.indicators_of(group) if indicator.code in scored]


def change_of(report: Report, node: str, city: str) -> float | None:
    """Give by how many points a city has another score than the year before, on what it has in both."""
    return changes_of(report, node).get(city)


def changes_of(report: Report, node: str) -> pd.Series:
    """Give the same of every city, by code; of none in the first year."""
    if report.previous is None:
        return pd.Series(dtype=float)
    return _changes(report.result, report.previous, report.year)[node]


@once
def _changes(result: Evaluation, first: int, last: int) -> pd.DataFrame:
    alike = result.on_common_base(first, last)
    return alike.xs(last, level="year") - alike.xs(first, level="year")


def _neighbour(report: CityReport, near: tuple[str, float] | None) -> str:
    if near is None:
        return NOT_PRINTED
    code, distance = near
    return f"{report.region(code)} ({number(distance, report.result.decimals())})"


OF_A_CITY = {
    "headline": headline,
}
