"""Tables of inputs and outputs in a city report: its place at the frontier, and its fiscal effort year by year."""

from __future__ import annotations

import pandas as pd

from evalkit.reporting.city import CityReport
from evalkit.reporting.made import report_table
from evalkit.reporting.tables.efficiency import DECIMALS, peers_of, per_head, targets_of
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, number, rank, signed

_FRONTIER = ("efficiency", "constant_efficiency", "scale_efficiency", "returns_to_scale", "super_efficiency")
_FRONTIER += ("per_head", "input_rank", "peers")
_TARGETS = ("amount", "value", "frontier_value", "increase")
_EFFORT = ("year", "spending_of_city", "rank", "spending_of_all", "spending_rise", "revenue_rise", "growth_difference")
_EFFORT += ("share_of_rise", "share_of_rise_of_all")


@report_table
def frontier(report: CityReport) -> Table:
    """The city's score at the frontier of the year, what of it is size, what it spends per head, and its peers."""
    if report.yields is None:
        return report.table([], _FRONTIER)
    yields, spent = report.yields, per_head(report)
    scale, alone = yields.scale.loc[report.city], yields.alone.loc[report.city]
    row = {
        "efficiency": number(yields.frontier.scores[report.city], DECIMALS),
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
    if report.yields is None or report.yields.frontier.efficient[report.city]:
        return report.table([], _TARGETS)
    rows = [{key: row[key] for key in _TARGETS} for row in targets_of(report, report.city)]
    return report.table(rows, _TARGETS)


@report_table
def fiscal_effort(report: CityReport) -> Table:
    """Spending per head and its growth, and how much of it went to education and the like, up to the report year.

    The last row has the mean growth and the share of all growth since the first year of the round.
    """
    if report.findings.declared.fiscal is None:
        return report.table([], _EFFORT)
    years = report.years
    since = [_since(report)] if len(years) > 1 else []
    return report.table([*(_in_year(report, year) for year in years), *since], _EFFORT)


def _in_year(report: CityReport, year: int) -> dict:
    spending = report.findings.spending
    own, whole = spending.loc[report.city, year], spending.loc[report.study.all_regions.code, year]
    ranks = spending.per_head.xs(year, level="year")[report.study.regions.index].rank(method="min", ascending=False)
    return {
        "year": year,
        "spending_of_city": number(own.per_head, 0),
        "rank": rank(ranks[report.city]),
        "spending_of_all": number(whole.per_head, 0),
        **_growth(own),
        **_shares(report, None, year),
    }


def _since(report: CityReport) -> dict:
    first = report.study.years[0]
    return {
        "year": report.word("since_mean", first=first, year=report.year),
        **dict.fromkeys(("spending_of_city", "rank", "spending_of_all"), NOT_PRINTED),
        **_growth(report.spending_growth.loc[report.city]),
        **_shares(report, first, report.year),
    }


def _growth(row: pd.Series) -> dict:
    """Write growth in per cent; the difference is that of the printed values."""
    own, revenue = (number(100 * row[name], 1, blank=NOT_PRINTED) for name in ("spending_growth", "revenue_growth"))
    known = NOT_PRINTED not in (own, revenue)
    return {
        "spending_rise": own,
        "revenue_rise": revenue,
        "growth_difference": signed(own - revenue, 1) if known else NOT_PRINTED,
    }


def _shares(report: CityReport, since: int | None, year: int) -> dict:
    regions = {"share_of_rise": report.city, "share_of_rise_of_all": report.study.all_regions.code}
    return {key: _share(report.shares_of_growth.get(since), region, year) for key, region in regions.items()}


def _share(table: pd.DataFrame | None, region: str, year: int):
    """Write a share of growth: not printed where there is no year before or spending did not grow."""
    if table is None or (region, year) not in table.index or table.state[region, year] == "not applicable":
        return NOT_PRINTED
    return number(100 * table.share[region, year], 1)
