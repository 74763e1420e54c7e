"""Tables of the gaps between the two ends of the groups of cities, and of the bound that some indicators near."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from evalkit.analysis.gaps import ceiling, closed
from evalkit.index import Indicator
from evalkit.readings.equality import GapChange
from evalkit.reporting.chapters.inequality.tables import counted, ends, named
from evalkit.reporting.conditions import shown_where, split_in_groups
from evalkit.reporting.made import round_table
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import NOT_PRINTED, number, signed

MYRIAD = 10_000


@round_table
@shown_where(split_in_groups)
def group_gaps(report: RoundReport) -> Table:
    """Both groups in the first year and now, as ratio and as difference."""
    rows = [
        {"indicator": named(report, indicator), "unit": indicator.unit[report.language]} | _sides(report, table)
        for indicator, table in gaps_of(report)
    ]
    return report.table(rows)


@round_table
@shown_where(split_in_groups)
def gap_progress(report: RoundReport) -> Table:
    """How much of each gap has closed since the first year: of the difference, or of the ratio less 1 for money."""
    first, last = report.study.years[0], report.year
    if first == last:
        return report.table([], ("indicator",))
    columns = ("indicator", "gap_by", "gap_first", "gap_last", "closed_share", "sides_changed", "cities_both_years")
    rows = [_progress(report, indicator) for indicator, _ in gaps_of(report)]
    return report.table(rows, columns, first=first, last=last)


@round_table
@shown_where(split_in_groups)
def gap_people(report: RoundReport) -> Table:
    """Which group is worse off in the year, how many people that are, and how much more would bring it level."""
    names = report.study.dataset.metadata.variables
    rows = []
    for indicator in report.readings.services:
        if (found := report.equality.worse_off(indicator, report.year)) is not None:
            lacks, people = report.readings.gap_terms(indicator)
            rows.append(
                {
                    "indicator": named(report, indicator),
                    "worse_group": report.study.all_regions.groups[found.group][report.language],
                    "people_of": names[people].name[report.language],
                    "people": number(found.people / MYRIAD, 1),
                    "lacking_of": lacked(report, indicator, lacks),
                    "lacking": number(found.lacking, 0),
                    "cities_n": int(found.n),
                }
            )
    columns = ("indicator", "worse_group", "people_of", "people", "lacking_of", "lacking", "cities_n")
    return report.table(rows, columns)


def lacked(report: Report, indicator: Indicator, variable: str) -> str:
    """Name what would bring a side level: more of it, or less where less is better."""
    name = report.study.dataset.metadata.variables[variable].name[report.language]
    fewer = indicator.higher_is_better is False and variable == indicator.terms[0]
    return report.word("in_brackets", name=name, note=report.word("to_be_fewer")) if fewer else name


@round_table
@shown_where(split_in_groups)
def gap_sensitivity(report: RoundReport) -> Table:
    """The difference between the groups, and its change, each without the city that moves it most."""
    first, last = report.study.years[0], report.year
    columns = ("indicator", "gap_last", "gap_mover", "gap_without")
    columns += ("gap_change", "change_mover", "change_without") if last > first else ()
    rows = [
        {"indicator": named(report, indicator)} | _moved(report, indicator, found)
        for indicator in report.readings.services
        if (found := report.equality.gap_change(indicator, last)) is not None
    ]
    return report.table(rows, (*columns, "cities_left"), first=first, last=last)


@round_table
def ceilings(report: RoundReport) -> Table:
    """How near the cities are to the bound of every indicator that is a share, in its first and last year with data."""
    values = report.study.panel().values
    rows = []
    for indicator in shares(report.system.indicators):
        known = values[indicator.code].dropna()
        years = sorted({year for year in known.index.unique("year") if year <= report.year})
        if years:
            rows += headroom(report, indicator, values[indicator.code], sorted({years[0], years[-1]}))
    return report.table(rows, headroom_columns(report))


HEADROOM = ("distance", "at_bound", "near_bound", "deviation", "cv_attained", "cv_short")


def shares(indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """Give the indicators that are shares of a whole, one end of which is better."""
    return tuple(i for i in indicators if i.unit.zh == "%" and i.valid == (0, 100) and i.higher_is_better is not None)


def headroom(report: Report, indicator: Indicator, values: pd.Series, years: list[int], of: str = "") -> list[dict]:
    """Give a row a year of how near the regions, cities or what else they are, come to the better bound."""
    found = ceiling(values, indicator.valid, higher_is_better=indicator.higher_is_better).loc[years]
    columns = headroom_columns(report, of)
    rows = [
        {
            "indicator": named(report, indicator),
            "year": year,
            "distance": number(row.distance, 1),
            "at_bound": number(100 * row.at_bound, 0),
            "near_bound": report.word("is_so" if row.near else "is_not_so"),
            "deviation": number(row.deviation, 2),
            "cv_attained": number(row.attainment, 3, blank=NOT_PRINTED),
            "cv_short": number(row.shortfall, 3, blank=NOT_PRINTED),
            "n": int(row.n) if row.n == row.of else report.word("of_total", n=int(row.n), total=int(row.of)),
        }
        for year, row in found.iterrows()
    ]
    return [dict(zip(columns, row.values(), strict=True)) for row in rows]


def headroom_columns(report: Report, of: str = "") -> list:
    """Give the columns of a headroom; those of counties are told from those of cities."""
    return ["indicator", "year", *(report.column(name, of) for name in HEADROOM), f"{of or 'cities'}_n"]


def near_bound(report: RoundReport) -> list[Indicator]:
    """Give the shares whose last year with data, up to that of the report, is near the better bound."""
    values = report.study.panel().values
    values = values[values.index.get_level_values("year") <= report.year]
    found = []
    for indicator in shares(report.system.indicators):
        table = ceiling(values[indicator.code], indicator.valid, higher_is_better=indicator.higher_is_better)
        known = table[table.n > 0]
        found += [indicator] if len(known) and known.near.iloc[-1] else []
    return found


def gaps_of(report: RoundReport) -> Iterator[tuple[Indicator, pd.DataFrame]]:
    """Give every service and input with its gap in every year, where it has one."""
    for indicator in (*report.readings.services, *report.readings.money):
        if (table := report.equality.gap(indicator)) is not None:
            yield indicator, table.assign(decimals=indicator.decimals)


def progress(report: RoundReport, indicator: Indicator) -> pd.Series | None:
    """Give base, now, closed, reversed and n of one gap: a difference, or a ratio less 1 for money.

    Among the n cities that have a value in both years; None where these make no two groups.
    """
    years = (report.study.years[0], report.year)
    table = report.equality.gap(indicator, alike=years)
    if table is None:
        return None
    gap = table.ratio - 1 if indicator in report.readings.money else table.difference
    base, now = (gap.loc[[year]].set_axis([indicator.code]) for year in years)
    return pd.concat([closed(base, now).loc[indicator.code], pd.Series({"n": table.n[report.year]})])


def _sides(report: RoundReport, table: pd.DataFrame) -> dict:
    names, years = report.study.all_regions.groups, ends(report)
    sides = {side: names[code] for side, code in zip(("better", "worse"), report.equality.ends, strict=True)}
    decimals = int(table.decimals.iloc[0])
    cells = {}
    for side, name in sides.items():
        cells |= {Column(side, name).in_year(year): number(table.loc[year, side], decimals) for year in years}
    ratio, difference = (report.column(key, worse=sides["worse"]) for key in ("gap_ratio", "gap_difference"))
    cells |= {ratio.in_year(year): number(table.ratio[year], 2, blank=NOT_PRINTED) for year in years}
    cells |= {difference.in_year(year): signed(table.difference[year], decimals) for year in years}
    return cells | {"cities_at_ends": counted(report, table)}


def _progress(report: RoundReport, indicator: Indicator) -> dict:
    found, money = progress(report, indicator), indicator in report.readings.money
    if found is None:
        return {"indicator": named(report, indicator)}
    return {
        "indicator": named(report, indicator),
        "gap_by": report.word("by_ratio" if money else "by_difference"),
        "gap_first": signed(found.base, 2),
        "gap_last": signed(found.now, 2),
        "closed_share": signed(100 * found.closed, 0),
        "sides_changed": report.word("is_so" if found.reversed else "is_not_so"),
        "cities_both_years": int(found.n),
    }


def _moved(report: RoundReport, indicator: Indicator, found: GapChange) -> dict:
    by_level, by_change = found.mover("last"), found.mover("change")
    return {
        "gap_last": signed(found.last, 3),
        "gap_mover": report.region(by_level),
        "gap_without": signed(found.without["last"][by_level], 3),
        "gap_change": signed(found.change, 3),
        "change_mover": report.region(by_change),
        "change_without": signed(found.without.change[by_change], 3),
        "cities_left": found.n - 1,
    }


OF_PROVINCE = {
    "province_group_gaps": group_gaps,
    "province_gap_progress": gap_progress,
    "province_gap_people": gap_people,
    "province_gap_sensitivity": gap_sensitivity,
    "province_ceilings": ceilings,
}
