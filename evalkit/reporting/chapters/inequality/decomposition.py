"""Tables of where inequality comes from: between and within groups, city by city, project by project of the index."""

from __future__ import annotations

import pandas as pd

from evalkit.analysis.decomposition import Dagum
from evalkit.reporting.chapters.inequality.tables import THOUSAND, counted, ends, label_of, named, over_years
from evalkit.reporting.conditions import shown_where, split_in_groups
from evalkit.reporting.made import round_table
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import NOT_PRINTED, number, signed
from evalkit.tabular.table import of_columns


@round_table
@shown_where(split_in_groups)
def groups(report: RoundReport) -> Table:
    """Theil's T in thousandths, between and within the groups of cities, in the first year and now."""
    rows = [
        {"indicator": named(report, node), "year": year} | _split(report, split)
        for node in report.equality.nodes
        for year in ends(report)
        if (split := report.equality.split(node.code, year)) is not None
    ]
    return report.table(rows)


@round_table
@shown_where(split_in_groups)
def overlap(report: RoundReport) -> Table:
    """The Gini coefficient of the year in Dagum's three parts, with every pair of groups."""
    columns = ("indicator", "gini", "dagum_within", "dagum_between", "dagum_overlap", "higher_group", "lower_group")
    rows = []
    for node in report.equality.nodes:
        found = report.equality.dagum(node.code, report.year)
        pairs = found.pairs.itertuples() if found is not None and found.total else ()
        rows += [{"indicator": named(report, node)} | _pair(report, found, pair) for pair in pairs]
    return report.table(rows, (*columns, "pair_gini", "affluence", "cities_n"))


@round_table
def city_contributions(report: RoundReport) -> Table | None:
    """What each city adds to Theil's T of each service in the year, in thousandths; the last row is their sum.

    None where it can be told of no service.
    """
    found = contributed(report)
    if found.empty:
        return None
    columns = {"city": [*map(report.region, found.index), report.word("theil_total")]}
    for code, parts in found.items():
        column = Column(code, label_of(report, report.system.node(code)))
        columns[column] = [signed(THOUSAND * part, 2) for part in parts] + [number(THOUSAND * parts.sum(), 2)]
    return report.table(of_columns(columns))


def contributed(report: RoundReport) -> pd.DataFrame:
    """What each city adds to Theil's T of each service in the year, as numbers: a row a city, a column a service."""
    parts = {i.code: report.equality.contributions(i.code, report.year) for i in report.readings.services}
    held = {code: part for code, part in parts.items() if part is not None}
    return pd.DataFrame(held, index=report.study.regions.index)


@round_table
def dimensions(report: RoundReport) -> Table:
    """What each project, and each scored indicator, adds to the Gini coefficient of the uncapped index."""
    rows = []
    for level in ("project", "indicator"):
        parts = {year: report.equality.dimensions(year, level) for year in ends(report)}
        if any(part is None for part in parts.values()):
            continue
        table = pd.DataFrame(parts)
        table.loc[report.result.root] = table.sum()
        rows += [_dimension(report, level, code, row, table.loc[report.result.root]) for code, row in table.iterrows()]
    return report.table(rows)


def _split(report: Report, row: pd.Series) -> dict:
    names = report.study.all_regions.groups
    inside = {
        report.column("within_group", code, group=names[code]): number(THOUSAND * row[f"within {code}"], 2)
        for code in names
        if f"within {code}" in row
    }
    return {
        "theil_total": number(THOUSAND * row.total, 2),
        "theil_between": number(THOUSAND * row["between"], 2),
        "theil_within": number(THOUSAND * row.within, 2),
        "between_share": number(100 * row.between_share, 1, blank=NOT_PRINTED),
        **inside,
        "cities_n": int(row.n),
    }


def _pair(report: Report, found: Dagum, pair) -> dict:
    """Write the three parts, and one pair of groups, each with its number of cities."""
    names, counts = report.study.all_regions.groups, found.own.n
    parts = {"within": found.within, "between": found.net_between, "overlap": found.transvariation}
    ends_of_pair = {"higher_group": pair.richer, "lower_group": pair.poorer}
    return {
        "gini": number(found.total, 4),
        **{f"dagum_{part}": number(100 * value / found.total, 1) for part, value in parts.items()},
        **{
            key: report.word("with_value", name=names[code][report.language], value=int(counts[code]))
            for key, code in ends_of_pair.items()
        },
        "pair_gini": number(pair.gini, 4),
        "affluence": number(pair.affluence, 2),
        "cities_n": found.n,
    }


def _dimension(report: RoundReport, level: str, code: str, row: pd.Series, total: pd.Series) -> dict:
    node = report.system.node(code)
    whole = code == report.result.root
    return {
        "level": report.word(level),
        "item": report.word("sum_of_parts") if whole else node.name[report.language],
        **over_years(report, "gini_part", ends(report), lambda year: number(row[year], 4)),
        **over_years(report, "part_share", ends(report), lambda year: number(100 * row[year] / total[year], 1)),
        "cities_at_ends": counted(report, report.equality.inequality(report.result.root)),
    }


OF_PROVINCE = {
    "province_groups": groups,
    "province_overlap": overlap,
    "province_city_contributions": city_contributions,
    "province_dimensions": dimensions,
}
