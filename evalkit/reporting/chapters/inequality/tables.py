"""Tables of equality between the cities: how unequal, since when, how firm that is, and project by project."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd

from evalkit.analysis.inequality_bootstrap import Estimate
from evalkit.base.text import Text
from evalkit.index import Group, Indicator
from evalkit.readings.equality import InequalityChange
from evalkit.reporting.made import round_table
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import NO_DATA, NOT_PRINTED, interval, number, signed, span
from evalkit.tabular.table import numbered

THOUSAND = 1000  # Theil's T is printed in thousandths: between these cities it is small


@round_table
def inequality(report: RoundReport) -> Table:
    """Gini, coefficient of variation and standard deviation of services, index and money; by people, and unweighted."""
    rows = [
        {"layer": _layer(report, node), "indicator": named(report, node), "weighed_by": weights}
        | _measured(report, node, report.equality.inequality(node.code, weighted=weighted))
        for node in report.equality.nodes
        for weighted, weights in (
            (True, report.word(report.readings.weight_base(node.code))),
            (False, report.word("cities_alike")),
        )
    ]
    return report.table(rows)


@round_table
def extremes(report: RoundReport) -> Table:
    """The cities with the highest and the lowest value in the year, and their ratio in the first year and now."""
    known = (n for n in report.equality.nodes if report.equality.section(n.code, report.year)["values"].notna().any())
    return report.table([_extremes(report, node) for node in known])


@round_table
def changes(report: RoundReport) -> Table:
    """The change of every Gini coefficient since the first year, with its interval and what single cities do to it."""
    first, last = report.study.years[0], report.year
    if first == last:
        return report.table([], ("indicator",))
    rows = [
        {"indicator": named(report, node)} | _change(report, node, change)
        for node in report.equality.nodes
        if (change := report.equality.change(node.code, last)) is not None
    ]
    columns = ("indicator", "gini_first", "gini_last", "change_since", "interval_of_change", "change_reading")
    columns += ("without_any", "mover", "cities_both_years")
    return report.table(rows, columns, first=first, last=last, level=report.level)


@round_table
def projects(report: RoundReport) -> Table:
    """The inequality of every project and of its services year by year; a project without scored data says so."""
    years = report.years
    since = ["change_since", "cities_both_years"] if len(years) > 1 else []
    keys = ["project", "reading_of", "measure", *map(numbered, years), "cities_at_ends", *since]
    rows = []
    for project in report.projects:
        own = [i for i in report.readings.services if report.system.project_of(i.code) == project]
        if project not in report.scored_projects:
            shown = report.system.indicators_of(project)
            why, blank = ("none_scored", NOT_PRINTED) if shown else ("no_public_data", NO_DATA)
            cells = [[report.word(why), *[blank] * (len(keys) - 2)]]
        else:
            cells = [_trend(report, node, years) for node in (project, *own)]
        rows += [dict(zip(keys, (project.name[report.language], *row), strict=True)) for row in cells]
    return report.table(rows, keys, first=years[0], last=years[-1])


def ends(report: Report) -> list[int]:
    """The first year of the round, and the year of the report."""
    return sorted({report.study.years[0], report.year})


def named(report: Report, node: Indicator | Group) -> str:
    """Name what is read: a group by its uncapped score, an indicator with its sense where less is better."""
    return label_of(report, node)[report.language]


def label_of(report: Report, node: Indicator | Group) -> Text:
    """Give that name in both languages."""
    if isinstance(node, Group):
        return report.column("uncapped_name", name=node.name).label
    return report.column("lower_is_better", name=node.name).label if node.higher_is_better is False else node.name


def over_years(report: Report, key: str, years: list[int], cell: Callable[[int], object]) -> dict[Column, object]:
    """Give one cell a year, each under a label with its year."""
    return {report.column(key).in_year(year): cell(year) for year in years}


def reading(change: Estimate) -> str:
    """Give the key of what a change with its interval says."""
    if not change.excludes_zero:
        return "change_open"
    return "change_rose" if change.value > 0 else "change_fell"


def _decimals(node: Indicator | Group) -> int:
    return 2 if isinstance(node, Group) else max(node.decimals, 1)


def _layer(report: Report, node: Indicator | Group) -> str:
    return report.word("index" if isinstance(node, Group) else node.layer)


def _measured(report: Report, node: Indicator | Group, table: pd.DataFrame | None) -> dict:
    measures = {"gini": 4, "coefficient_of_variation": 3, "deviation": _decimals(node)}
    cells = {}
    for measure, decimals in measures.items():
        cells |= over_years(report, measure, ends(report), partial(_cell, table, measure, decimals))
    return cells | {"cities_at_ends": counted(report, table)}


def _cell(table: pd.DataFrame | None, column: str, decimals: int, year: int) -> object:
    return NOT_PRINTED if table is None else number(table.loc[year, column], decimals, blank=NOT_PRINTED)


def counted(report: Report, table: pd.DataFrame | None) -> object:
    """Write how many cities the first year and that of the report rest on, out of how many where some are missing."""
    if table is None:
        return NOT_PRINTED
    counts, of = table.loc[ends(report), "n"], table.of.max()
    if counts.min() == of:
        return int(of)
    return report.word("of_total", n=span(counts.min(), counts.max()), total=int(of))


def _extremes(report: RoundReport, node: Indicator | Group) -> dict:
    values = report.equality.section(node.code, report.year)["values"]
    table = report.equality.inequality(node.code, weighted=False)
    decimals = 2 if isinstance(node, Group) else node.decimals
    known = values.dropna()
    highest, lowest = (
        (
            report.word("with_value", name=report.region(city), value=number(known[city], decimals))
            for city in (known.idxmax(), known.idxmin())
        )
        if len(known)
        else (NO_DATA, NO_DATA)
    )
    return {
        "indicator": named(report, node),
        "unit": report.word("score") if isinstance(node, Group) else node.unit[report.language],
        "highest_city": highest,
        "lowest_city": lowest,
        **over_years(report, "max_min", ends(report), partial(_cell, table, "max_min_ratio", 2)),
        "cities_at_ends": counted(report, table),
    }


def _change(report: RoundReport, node: Indicator | Group, found: InequalityChange) -> dict:
    table, change = report.equality.inequality(node.code), found.change
    without = signed(found.without[found.mover], 4)
    return {
        "gini_first": number(table.gini[report.study.years[0]], 4),
        "gini_last": number(table.gini[report.year], 4),
        "change_since": signed(change.value, 4),
        "interval_of_change": interval((change.low, change.high), 4),
        "change_reading": report.word(reading(change)),
        "without_any": interval((found.without.min(), found.without.max()), 4),
        "mover": report.word("with_value", name=report.region(found.mover), value=without),
        "cities_both_years": change.n,
    }


def _trend(report: RoundReport, node: Indicator | Group, years: range) -> list:
    """Write a node by its measure in every year, and by its change over the cities that have both ends."""
    measure, decimals = measure_of(node), decimals_of(node)
    table = report.equality.inequality(node.code)
    cells = [*(_cell(table, measure, decimals, year) for year in years), counted(report, table)]
    if len(years) > 1:
        same = report.equality.inequality(node.code, alike=(years[0], years[-1]))
        change = None if same is None else same[measure][years[-1]] - same[measure][years[0]]
        cells += [signed(change, decimals), NOT_PRINTED if same is None else int(same.n[years[-1]])]
    return [named(report, node), report.word(measure), *cells]


def measure_of(node: Indicator | Group) -> str:
    """Give the measure of a service, and that of a score, which has no zero of its own."""
    return "deviation" if isinstance(node, Group) else "gini"


def decimals_of(node: Indicator | Group) -> int:
    """Give the decimals of that measure."""
    return 2 if isinstance(node, Group) else 4


OF_PROVINCE = {
    "province_inequality": inequality,
    "province_extremes": extremes,
    "province_inequality_changes": changes,
    "province_projects": projects,
}
