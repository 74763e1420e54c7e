"""Tables of fiscal effort: spending per head, its growth, and how much of it went to education and the like."""

from __future__ import annotations

import pandas as pd

from evalkit.reporting.city import CityReport
from evalkit.reporting.made import report_table, round_table
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, number, rank, signed

_EFFORT = (
    "city",
    "spending_per_head",
    "spending_rank",
    "spending_growth",
    "revenue_growth",
    "growth_difference",
    "known_share_year",
    "known_share_since",
    "known_share_level",
)
_FUNCTIONS = ("code", "function", "counted", "data", "note")
_CITY_EFFORT = (
    "year",
    "spending_of_city",
    "spending_rank",
    "spending_of_all",
    "spending_rise",
    "revenue_rise",
    "rise_difference",
)
_CITY_EFFORT += ("share_of_rise", "share_of_rise_of_all")


@round_table
def effort(report: RoundReport) -> Table:
    """Spending per head and growth of every city, most per head first, all cities together last."""
    values = {"first": report.study.years[0], "year": report.year}
    if report.readings.declared.fiscal is None:
        return report.table([], _EFFORT, **values)
    per_head = report.readings.spending.per_head.xs(report.year, level="year")
    whole = report.study.all_regions.code
    ranks = per_head.drop(whole).rank(method="min", ascending=False)
    order = [*ranks.sort_values(kind="stable").index, whole]
    rows = [
        {
            "city": report.region(city),
            "spending_per_head": number(per_head[city], 0),
            "spending_rank": rank(ranks.get(city)),
            **_growth(report, city),
            **_shares(report, city),
        }
        for city in order
    ]
    return report.table(rows, _EFFORT, **values)


@round_table
def functions(report: RoundReport) -> Table:
    """The functions of the budget: which count as livelihood, and for which there are public data by city."""
    variables = report.study.dataset.metadata.variables
    declared = report.study.livelihood.functions if report.study.livelihood else ()
    rows = [
        {
            "code": f.code,
            "function": f.name[report.language],
            "counted": report.word("is_counted" if f.counted else "not_counted"),
            "data": variables[f.variable].name[report.language] if f.variable else report.word("no_public_data"),
            "note": f.note[report.language],
        }
        for f in declared
    ]
    return report.table(rows, _FUNCTIONS)


def known_share(report: RoundReport, *, since: int | None = None) -> pd.DataFrame:
    """Give the share of the growth of spending up to the report year, by region; empty where nothing can be known."""
    if report.previous is None or not report.study.livelihood.known:
        return pd.DataFrame(columns=["share", "state", "falling"])
    return report.readings.share_of_growth(since=since).xs(report.year, level="year")


def mean_growth(report: Report) -> pd.DataFrame:
    """Give the mean annual growth from the first year to the report year, by region; empty in the first year."""
    if report.previous is None:
        return pd.DataFrame(columns=["spending_growth", "revenue_growth"])
    return report.readings.mean_growth(report.year)


@report_table
def fiscal_effort(report: CityReport) -> Table:
    """Spending per head and its growth, and how much of it went to education and the like, up to the report year.

    The last row has the mean growth and the share of all growth since the first year of the round.
    """
    if report.readings.declared.fiscal is None:
        return report.table([], _CITY_EFFORT)
    years = report.years
    since = [_since(report)] if len(years) > 1 else []
    return report.table([*(_in_year(report, year) for year in years), *since], _CITY_EFFORT)


def _growth(report: RoundReport, city: str) -> dict:
    """Growth in per cent a year; the difference is that of the printed values."""
    table = mean_growth(report)
    if city not in table.index:
        return dict.fromkeys(("spending_growth", "revenue_growth", "growth_difference"), NOT_PRINTED)
    cells = {name: number(100 * table.loc[city, name], 1) for name in ("spending_growth", "revenue_growth")}
    printed = not {*map(type, cells.values())} & {str}
    difference = cells["spending_growth"] - cells["revenue_growth"] if printed else None
    return cells | {"growth_difference": signed(difference, 1)}


def _shares(report: RoundReport, city: str) -> dict:
    spans = {"known_share_year": None, "known_share_since": report.study.years[0]}
    cells = {key: _share(known_share(report, since=since), city) for key, since in spans.items()}
    known = report.study.livelihood.known
    level = report.readings.known_share[city, report.year] if known else None
    return cells | {"known_share_level": number(None if level is None else 100 * level, 1)}


def _share(table: pd.DataFrame, city: str):
    """Write a share of growth: not printed where there was no growth, no data where an amount is missing."""
    if city not in table.index or table.state[city] == "not applicable":
        return NOT_PRINTED
    return number(100 * table.share[city], 1)


def _in_year(report: CityReport, year: int) -> dict:
    spending = report.readings.spending
    own, whole = spending.loc[report.city, year], spending.loc[report.study.all_regions.code, year]
    ranks = spending.per_head.xs(year, level="year")[report.study.regions.index].rank(method="min", ascending=False)
    return {
        "year": year,
        "spending_of_city": number(own.per_head, 0),
        "spending_rank": rank(ranks[report.city]),
        "spending_of_all": number(whole.per_head, 0),
        **_growth_of_all(own),
        **_shares_of_rise(report, None, year),
    }


def _since(report: CityReport) -> dict:
    first = report.study.years[0]
    return {
        "year": report.word("since_mean", first=first, year=report.year),
        **dict.fromkeys(("spending_of_city", "spending_rank", "spending_of_all"), NOT_PRINTED),
        **_growth_of_all(report.spending_growth.loc[report.city]),
        **_shares_of_rise(report, first, report.year),
    }


def _growth_of_all(row: pd.Series) -> dict:
    """Write growth in per cent; the difference is that of the printed values."""
    own, revenue = (number(100 * row[name], 1, blank=NOT_PRINTED) for name in ("spending_growth", "revenue_growth"))
    known = NOT_PRINTED not in (own, revenue)
    return {
        "spending_rise": own,
        "revenue_rise": revenue,
        "rise_difference": signed(own - revenue, 1) if known else NOT_PRINTED,
    }


def _shares_of_rise(report: CityReport, since: int | None, year: int) -> dict:
    regions = {"share_of_rise": report.city, "share_of_rise_of_all": report.study.all_regions.code}
    return {key: _share_of_rise(report.shares_of_growth.get(since), region, year) for key, region in regions.items()}


def _share_of_rise(table: pd.DataFrame | None, region: str, year: int):
    """Write a share of growth: not printed where there is no year before or spending did not grow."""
    if table is None or (region, year) not in table.index or table.state[region, year] == "not applicable":
        return NOT_PRINTED
    return number(100 * table.share[region, year], 1)


OF_A_CITY = {
    "fiscal_effort": fiscal_effort,
}
OF_PROVINCE = {
    "province_effort": effort,
    "province_functions": functions,
}
