"""Tables of equality in a city report: the city among the cities, and its own counties in every census."""

from __future__ import annotations

import pandas as pd

from evalkit.analysis.gaps import ceiling
from evalkit.analysis.inequality import coefficient_of_variation
from evalkit.index import Indicator
from evalkit.readings.equality import none_where_refused
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import grouped
from evalkit.reporting.made import report_table
from evalkit.reporting.tables.equality import THOUSAND, named
from evalkit.reporting.tables.gaps import MYRIAD, lacked, shares
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, number, signed

ROUNDING = 9  # the mean of equal values may differ from them in the sixteenth digit
_AMONG = ("indicator", "unit", "value", "province", "ratio_to_all", "group", "group_value", "theil_part", "theil_total")
_SHORTAGES = ("indicator", "people_of", "people", "lacking_of", "lacking", "lacking_share")
_GAPS = (
    "indicator",
    "unit",
    "census",
    "reference",
    "furthest_county",
    "distance_to_reference",
    "counties_behind",
    "people_behind",
    "share_behind",
    "coefficient_of_variation",
)
_CHANGE = ("indicator", "unit", "comparable", "range_first", "range_last", "closed_share", "near_bound_in")


@report_table
def among_cities(report: CityReport) -> Table:
    """Each service of the city beside all cities together and its group, and what it adds to their inequality."""
    columns = [name for name in _AMONG if grouped(report) or name not in ("group", "group_value")]
    return report.table([_among(report, service) for service in report.findings.services], columns)


@report_table
def shortages(report: CityReport) -> Table:
    """What would lift the city to all cities together, for each service in which it is behind them."""
    rows = [_shortage(report, code, row) for code, row in report.shortages.items() if row.people]
    return report.table(rows, _SHORTAGES)


@report_table
def county_gaps(report: CityReport) -> Table:
    """How far the city's counties fall short of a reference in each census, and how many people live in those."""
    rows = [
        _county_gap(report, indicator, year, counties)
        for indicator in report.counties.indicators
        for year in report.counties.years
        if len(counties := counties_of(report, indicator, year))
    ]
    return report.table(rows, _GAPS)


@report_table
def county_change(report: CityReport) -> Table:
    """How far the highest and the lowest of the comparable counties were apart in the first and in the last census."""
    years = report.counties.years
    if len(years) < 2:
        return report.table([], _CHANGE[:1])
    rows = [_county_change(report, indicator) for indicator in report.counties.indicators]
    return report.table([row for row in rows if row], _CHANGE, first=years[0], last=years[-1])


def counties_of(report: CityReport, indicator: Indicator, year: int) -> pd.DataFrame:
    """Give the value and the people of the city's counties that have a value in a census."""
    table = report.census_counties.query("year == @year").droplevel("year")
    return table[[indicator.code, "people"]].set_axis(["value", "people"], axis=1).dropna()


def own_value(report: CityReport, indicator: Indicator, year: int) -> float | None:
    """Give the city's own value in a census; None where the data have none."""
    value = report.values[indicator.code].get(year)
    return None if pd.isna(value) else value


def _among(report: CityReport, service: Indicator) -> dict:
    value = report.value(service.code, report.year)
    whole = report.study.province.panel.values.loc[(report.study.all_regions.code, report.year), service.code]
    group, groups = report.findings.groups[report.city], report.study.all_regions.groups
    parts = report.equality.contributions(service.code, report.year)
    return {
        "indicator": named(report, service),
        "unit": service.unit[report.language],
        "value": number(value, service.decimals),
        "province": number(whole, service.decimals),
        "ratio_to_all": number(value / whole, 2),
        "group": groups[group][report.language] if group in groups else NOT_PRINTED,
        "group_value": number(_of_group(report, service, group), service.decimals, blank=NOT_PRINTED),
        "theil_part": NOT_PRINTED if parts is None else signed(THOUSAND * parts[report.city], 2),
        "theil_total": NOT_PRINTED if parts is None else number(THOUSAND * parts.sum(), 2),
    }


def _of_group(report: CityReport, service: Indicator, group: str | None) -> float | None:
    """Give the value of the cities of a group together; None for a city without a group."""
    if pd.isna(group):
        return None
    return report.findings.together(group).values.loc[(group, report.year), service.code]


def _shortage(report: CityReport, code: str, row: pd.Series) -> dict:
    service, variables = report.system.node(code), report.study.dataset.metadata.variables
    lacking, served = report.findings.gap_terms(service)
    return {
        "indicator": named(report, service),
        "people_of": variables[served].name[report.language],
        "people": number(row.people / MYRIAD, 1),
        "lacking_of": lacked(report, service, lacking),
        "lacking": number(row.lacking, 0),
        "lacking_share": number(100 * row.lacking / row.present, 1, blank=NOT_PRINTED),
    }


def _county_gap(report: CityReport, indicator: Indicator, year: int, counties: pd.DataFrame) -> dict:
    """Write a row; a distance is that of the printed values."""
    own, people = own_value(report, indicator, year), counties.people.sum()
    line = round(counties.value @ counties.people / people if own is None else own, ROUNDING)
    short = (line - counties.value) * (-1 if indicator.higher_is_better is False else 1)
    behind, furthest = counties.people[short > 0], short.idxmax()
    reference, worst = (number(value, indicator.decimals) for value in (line, counties.value[furthest]))
    return {
        "indicator": named(report, indicator),
        "unit": indicator.unit[report.language],
        "census": year,
        "reference": reference,
        "furthest_county": report.region(furthest) if len(behind) else NOT_PRINTED,
        "distance_to_reference": abs(worst - reference) if len(behind) else NOT_PRINTED,
        "counties_behind": _counted(report, len(behind), year),
        "people_behind": number(behind.sum() / MYRIAD, 1),
        "share_behind": number(100 * behind.sum() / people, 1),
        "coefficient_of_variation": number(_variation(counties), 3, blank=NOT_PRINTED),
    }


def _county_change(report: CityReport, indicator: Indicator) -> dict | None:
    codes, years = report.comparable_counties, (report.counties.years[0], report.counties.years[-1])
    first, last = (counties_of(report, indicator, year).value for year in years)
    codes = codes[codes.index.isin(first.index) & codes.isin(last.index)]
    if len(codes) < 2:
        return None
    before, after = (ends.max() - ends.min() for ends in (first[codes.index], last[codes]))
    return {
        "indicator": named(report, indicator),
        "unit": indicator.unit[report.language],
        "comparable": _counted(report, len(codes), years[0]),
        "range_first": number(before, indicator.decimals),
        "range_last": number(after, indicator.decimals),
        "closed_share": signed(100 * (1 - after / before), 0) if before else NOT_PRINTED,
        "near_bound_in": _near_bound(report, indicator, last, years[1]),
    }


def _near_bound(report: CityReport, indicator: Indicator, values: pd.Series, year: int) -> str:
    """Say whether a share is so near its better end that its differences shrink by themselves."""
    if indicator not in shares([indicator]):
        return NOT_PRINTED
    series = pd.concat({year: values}, names=["year", "region"]).swaplevel()
    found = ceiling(series, indicator.valid, higher_is_better=indicator.higher_is_better)
    return report.word("is_so" if found.near[year] else "is_not_so")


def _counted(report: CityReport, n: int, year: int) -> str:
    return report.word("of_total", n=n, total=len(report.study.counties(report.city, year)))


@none_where_refused
def _variation(counties: pd.DataFrame) -> float | None:
    return coefficient_of_variation(counties.value, counties.people)
