"""Tables of a city's counties: in the last census, and from census to census."""

from __future__ import annotations

import pandas as pd

from evalkit.analysis.county_spread import spread as county_spread_of
from evalkit.analysis.gaps import ceiling
from evalkit.analysis.inequality import coefficient_of_variation
from evalkit.base.once import once
from evalkit.base.text import Text
from evalkit.index import Indicator
from evalkit.readings.equality import none_where_refused
from evalkit.reporting.chapters.gaps.tables import MYRIAD, shares
from evalkit.reporting.chapters.inequality.tables import named
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import has_census, shown_where
from evalkit.reporting.made import report_table
from evalkit.reporting.words import LANGUAGES
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import NOT_PRINTED, number, signed

ROUNDING = 9  # the mean of equal values may differ from them in the sixteenth digit
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


@once
def counties_of(report: CityReport, indicator: Indicator, year: int) -> pd.DataFrame:
    """Give the value and the people of the city's counties that have a value in a census."""
    every = report.census_counties
    table = every[every.index.get_level_values("year") == year].droplevel("year")
    return table[[indicator.code, "people"]].set_axis(["value", "people"], axis=1).dropna()


def own_value(report: CityReport, indicator: Indicator, year: int) -> float | None:
    """Give the city's own value in a census; None where the data have none."""
    value = report.values[indicator.code].get(year)
    return None if pd.isna(value) else value


@report_table
@shown_where(has_census)
def counties(report: CityReport) -> Table:
    """The city's counties in the census, one row each, the city itself last."""
    values = report.county_values
    city = report.census_values
    columns = {i: _with_unit(i) for i in report.census}
    rows = []
    for code, row in [*values.iterrows(), (report.city, city)]:
        cells = {column: number(row[i.code], i.decimals) for i, column in columns.items()}
        rows.append({"region": report.region(code)} | cells)
    return report.table(rows)


@report_table
@shown_where(has_census)
def county_spread(report: CityReport) -> Table:
    """Which county is best and which is worst on each census indicator, and how far apart they are."""
    indicators = {i.code: i for i in report.census}
    better = pd.Series({code: i.higher_is_better for code, i in indicators.items()})
    table = county_spread_of(report.county_values, better)
    columns = ("indicator", "unit", "best_county", "worst_county", "difference", "ratio")
    return report.table([_spread(report, indicators[code], row) for code, row in table.iterrows()], columns)


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


def _spread(report: CityReport, indicator: Indicator, row: pd.Series) -> dict:
    """The best and the worst county; their difference is that of the printed values."""
    best, worst = number(row.best, indicator.decimals), number(row.worst, indicator.decimals)
    return {
        "indicator": indicator.name[report.language],
        "unit": indicator.unit[report.language],
        "best_county": f"{report.region(row.best_region)} ({best})",
        "worst_county": f"{report.region(row.worst_region)} ({worst})",
        "difference": abs(best - worst),
        "ratio": number(row.ratio, 2, blank=NOT_PRINTED),
    }


def _with_unit(indicator: Indicator) -> Column:
    """Declare the column of an indicator, with its unit."""
    label = {to: f"{indicator.name[to]} ({indicator.unit[to]})" for to in LANGUAGES}
    return Column(indicator.code, Text(**label))


OF_A_CITY = {
    "counties": counties,
    "county_spread": county_spread,
    "county_gaps": county_gaps,
    "county_change": county_change,
}
