"""Tables of efficiency: what cities yield for what they spend, held against the best of them, and never graded."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalkit.analysis.yield_ranks import input_output_ranks
from evalkit.reporting.city import CityReport
from evalkit.reporting.made import report_table, round_table
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular import Table
from evalkit.tabular.cells import number, rank, signed

DECIMALS = 3
_SCORES = (
    "city",
    "efficiency",
    "constant_efficiency",
    "scale_efficiency",
    "returns_to_scale",
    "super_efficiency",
)
_TARGETS = ("city", "amount", "value", "frontier_value", "increase", "peers")
_CHANGES = ("city", "productivity_change", "efficiency_change", "technical_change", "pure_change", "scale_change")
_RANKS = ("city", "per_head", "input_rank", "score", "result_rank", "rank_difference")
_FRONTIER = ("efficiency", "constant_efficiency", "scale_efficiency", "returns_to_scale", "super_efficiency")
_FRONTIER += ("per_head", "input_rank", "peers")
_CITY_TARGETS = ("amount", "value", "frontier_value", "increase")


@round_table
def ranks(report: RoundReport) -> Table:
    """Rank of the money per head beside the rank of results: the simple reading, without any frontier."""
    if report.efficiency is None:
        return report.table([], _RANKS)
    table = input_output_ranks(per_head(report), results(report)).sort_values("result_rank", kind="stable")
    rows = [
        {
            "city": report.region(city),
            "per_head": number(row.input, 0),
            "input_rank": rank(row.input_rank),
            "score": number(row.result, 2),
            "result_rank": rank(row.result_rank),
            "rank_difference": signed(row.difference, 0),
        }
        for city, row in table.iterrows()
    ]
    return report.table(rows, _RANKS)


@round_table
def scores(report: RoundReport) -> Table:
    """Every city's score on the frontier of the year, and where its size places it."""
    if report.efficiency is None:
        return report.table([], _SCORES)
    efficiency = report.efficiency
    rows = [
        {
            "city": report.region(city),
            "efficiency": number(score, DECIMALS),
            "constant_efficiency": number(efficiency.scale.constant[city], DECIMALS),
            "scale_efficiency": number(efficiency.scale.scale[city], DECIMALS),
            "returns_to_scale": report.word(f"returns_{efficiency.scale.returns[city]}"),
            "super_efficiency": _alone(report, efficiency.alone.loc[city]),
        }
        for city, score in efficiency.frontier.scores.sort_values(ascending=False, kind="stable").items()
    ]
    return report.table(rows, _SCORES)


@round_table
def targets(report: RoundReport) -> Table:
    """What each city below the frontier would have to reach, amount by amount, and whose example shows it."""
    if report.efficiency is None:
        return report.table([], _TARGETS)
    frontier = report.efficiency.frontier
    below = frontier.scores.index[~frontier.efficient]
    return report.table([row for city in below for row in targets_of(report, city)], _TARGETS)


def targets_of(report: Report, city: str) -> list[dict]:
    """Give the rows of one city: each amount that it has, and what its peers show to be within reach."""
    efficiency = report.efficiency
    own = pd.concat([efficiency.inputs, efficiency.outputs], axis=1).loc[city]
    reached = efficiency.frontier.targets.loc[city].droplevel(0)
    return [
        {
            "city": report.region(city),
            "amount": f"{total.name[report.language]} ({total.unit[report.language]})",
            "value": number(own[total.code], 0),
            "frontier_value": number(reached[total.code], 0),
            "increase": signed(reached[total.code] - own[total.code], 0),
            "peers": peers_of(report, city),
        }
        for total in (*efficiency.design.inputs, *efficiency.design.outputs)
    ]


def peers_of(report: Report, city: str) -> str:
    """Name the cities whose combination a city is held against, with their shares in it."""
    peers = report.efficiency.frontier.peers
    rows = peers[peers.unit == city].sort_values("intensity", ascending=False)
    named = [f"{report.region(row.peer)} ({100 * row.intensity:.0f} %)" for row in rows.itertuples()]
    return ("、" if report.language == "zh" else ", ").join(named)


@round_table
def productivity(report: RoundReport) -> Table:
    """Change of productivity a year from the first year to the report year (geometric mean), and its parts."""
    means = mean_change(report)
    if means is None:
        return report.table([], _CHANGES)
    rows = [
        {"city": report.region(city) if city in report.study.regions.index else report.word("geometric_mean")}
        | {name: number(row[name], DECIMALS) for name in _CHANGES[1:]}
        for city, row in means.iterrows()
    ]
    return report.table(rows, _CHANGES)


def mean_change(report: RoundReport) -> pd.DataFrame | None:
    """Give the geometric mean of the yearly changes by city, the least first, and over all cities in the last row.

    None where there is no year before, or a figure is missing.
    """
    if report.efficiency is None or report.previous is None or report.efficiency.productivity is None:
        return None
    logs = np.log(report.efficiency.productivity)
    by_city = np.exp(logs.groupby(level=0).mean()).sort_values("productivity_change", ascending=False)
    return pd.concat([by_city, np.exp(logs.mean()).to_frame("all").T])


def per_head(report: Report) -> pd.Series:
    """Give the declared inputs together in yuan per resident, in the report year."""
    names = [name for total in report.efficiency.design.inputs for name in total.variables]
    amounts = report.readings.variables.xs(report.year, level="year")
    return amounts[names].sum(axis=1, skipna=False) / amounts[report.system.population["resident"]]


def results(report: Report) -> pd.Series:
    """Give the published scores of the report year."""
    return report.result.published[report.result.root].xs(report.year, level="year")


@report_table
def frontier(report: CityReport) -> Table:
    """The city's score at the frontier of the year, what of it is size, what it spends per head, and its peers."""
    if report.efficiency is None:
        return report.table([], _FRONTIER)
    efficiency, spent = report.efficiency, per_head(report)
    scale, alone = efficiency.scale.loc[report.city], efficiency.alone.loc[report.city]
    row = {
        "efficiency": number(efficiency.frontier.scores[report.city], DECIMALS),
        "constant_efficiency": number(scale.constant, DECIMALS),
        "scale_efficiency": number(scale.scale, DECIMALS),
        "returns_to_scale": report.word(f"returns_{scale.returns}"),
        "super_efficiency": report.word("infeasible") if alone.infeasible else number(alone.score, DECIMALS),
        "per_head": number(spent[report.city], 0),
        "input_rank": rank(spent.rank(method="min", ascending=False)[report.city]),
        "peers": peers_of(report, report.city),
    }
    return report.table([row], _FRONTIER)


@report_table
def frontier_targets(report: CityReport) -> Table:
    """What the city has, and what its peers show to be within reach; no row where it is on the frontier."""
    if report.efficiency is None or report.efficiency.frontier.efficient[report.city]:
        return report.table([], _CITY_TARGETS)
    rows = [{key: row[key] for key in _CITY_TARGETS} for row in targets_of(report, report.city)]
    return report.table(rows, _CITY_TARGETS)


def _alone(report: Report, row: pd.Series):
    return report.word("infeasible") if row.infeasible else number(row.score, DECIMALS)


OF_A_CITY = {
    "frontier": frontier,
    "frontier_targets": frontier_targets,
}
OF_PROVINCE = {
    "province_efficiency_ranks": ranks,
    "province_efficiency_scores": scores,
    "province_frontier_targets": targets,
    "province_productivity": productivity,
}
