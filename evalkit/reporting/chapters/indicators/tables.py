"""Tables of the indicators: the official annex, their terms, what they add, strengths and shortfalls."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from evalkit.base.exact import at_least
from evalkit.index import OFFICIAL, Indicator
from evalkit.reporting.chapters.basis.tables import scored_or_why
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import held_to_limits, shown_where
from evalkit.reporting.ends import first, last
from evalkit.reporting.made import report_table
from evalkit.scoring import rescale
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import NO_DATA, NOT_PRINTED, Printed, number, plain, rank


@report_table
def annex(report: CityReport) -> Table:
    """The columns of the official annex: weight, target, and for both years value, weight points, achievement."""
    years = [(year, _columns(report, year)) for year in (report.previous, report.year)]
    rows = []
    for place, indicator in enumerate(report.system.indicators, start=1):
        row = {
            "area": report.area_of(indicator),
            "number": place,
            "name": indicator.name[report.language],
            "unit": indicator.unit[report.language],
            "weight": number(report.points[indicator.code], 1) if indicator.weight else 0,
            "target": _target(report, indicator),
        }
        for year, columns in years:
            row |= dict(zip(columns, _year(report, indicator, year), strict=True))
        rows.append(row)
    return report.table(rows)


@report_table
def terms(report: CityReport) -> Table:
    """Both terms of every indicator in the year of the report, as the yearbook prints them."""
    rows = []
    for indicator in report.system.indicators:
        standing = report.standings.loc[indicator.code]
        terms = [_term(report, variable, int(standing.as_of)) for variable in indicator.terms]
        rows.append(
            {
                "indicator": indicator.name[report.language],
                "as_of": int(standing.as_of),
                "numerator": terms[0],
                "denominator": terms[1] if indicator.denominator else NOT_PRINTED,
                "population_base": report.word(indicator.population_base or "none"),
                "value": report.printed(indicator, int(standing.as_of), blank=NO_DATA),
                "unit": indicator.unit[report.language],
            }
        )
    return report.table(rows)


@report_table
def contributions(report: CityReport) -> Table:
    """What each scored indicator gives to the index; the rows add up to the score."""
    parts, weights = report.earned[report.year], report.points_of_the_year
    decimals = report.result.decimals()
    rows = [
        {
            "indicator": report.node(code),
            "weight": number(weights[code], 1),
            "score": number(report.score(code), report.result.decimals(code)),
            "contribution": number(points, decimals),
        }
        for code, points in parts.items()
    ]
    root = report.result.root
    total = number(report.score(root), decimals)
    return report.table(
        [*rows, {"indicator": report.node(root), "weight": number(100, 1), "score": total, "contribution": total}]
    )


@report_table
@shown_where(held_to_limits)
def scored(report: CityReport) -> Table:
    """The scored indicators in short: value, the year before, all cities together, rank, and the points of 100."""
    whole = (report.study.all_regions.code, report.year)
    province = report.study.province.panel.values
    rows = [
        {
            "indicator": report.word("with_value", name=report.node(one.code), value=one.unit[report.language]),
            "value": report.printed(one, report.year, blank=NO_DATA),
            "value_before": number(report.value(one.code, report.previous), one.decimals, blank=NOT_PRINTED),
            "province": number(province.loc[whole, one.code], one.decimals),
            "rank": rank(report.standings["rank"][one.code]),
            "weight": number(report.points[one.code], 1),
            "contribution": number(report.earned[report.year][one.code], report.result.decimals(), blank=NO_DATA),
        }
        for one in report.system.scored
    ]
    return report.table(rows)


@report_table
def strengths(report: CityReport) -> Table:
    """Every result on which the city is first or second, where cities still differ."""
    return _listing(report, first(report), "rank")


@report_table
def shortfalls(report: CityReport) -> Table:
    """Every result on which the city is last or next to last in the province, with the departments that answer."""
    return _listing(report, last(report), "from_bottom")


def _listing(report: CityReport, listed: list[Indicator], column: str) -> Table:
    standings = ((indicator, report.standings.loc[indicator.code]) for indicator in listed)
    rows = [
        {
            "project": report.project_of(indicator),
            "indicator": indicator.name[report.language],
            "value": report.printed(indicator, int(standing.as_of), blank=NO_DATA),
            "unit": indicator.unit[report.language],
            "as_of": int(standing.as_of),
            column: rank(standing[column]),
            "status": _standing_of(report, indicator, standing.value),
            "departments": _departments(report, indicator),
        }
        for indicator, standing in standings
    ]
    return report.table(rows, ("project", "indicator", "value", "unit", "as_of", column, "status", "departments"))


def _standing_of(report: CityReport, indicator: Indicator, value: float) -> str:
    """Say also where a city has reached the better goalpost: to be last there is no shortfall of service."""
    status, posts = scored_or_why(report, indicator), indicator.goalposts
    reached = posts is not None and at_least(rescale(value, posts.worst, posts.best), 1)
    return Printed(status + report.word("reached"), f"{status.value}, at the goalpost") if reached else status


def _departments(report: CityReport, indicator: Indicator) -> str:
    names = report.system.responsible(indicator.code, report.year, report.language)
    return ("、" if report.language == "zh" else "; ").join(names)


def _target(report: CityReport, indicator: Indicator) -> str:
    target = indicator.target
    official = target and target.status in OFFICIAL
    return plain(report.target_of(indicator), blank=NOT_PRINTED) if official else NOT_PRINTED


def _columns(report: CityReport, year: int | None) -> list[Column]:
    """Declare the columns of one year, of the year before even where the study does not cover it."""
    named = year or report.year - 1
    return [report.column(key, named, year=named) for key in ("actual", "score_points", "achievement")]


def _year(report: CityReport, indicator: Indicator, year: int | None) -> tuple:
    """Value, weight points and achievement of one year."""
    value = report.value(indicator.code, year)
    blank = NOT_PRINTED if year is None else NO_DATA
    return (
        report.printed(indicator, year, blank=blank),
        _points(report, indicator, year),
        _achievement(report, indicator, value, blank=blank),
    )


def _points(report: CityReport, indicator: Indicator, year: int | None) -> Decimal | str:
    if year is None or not indicator.weight:
        return NOT_PRINTED
    return number(report.earned[year][indicator.code], report.result.decimals())


def _achievement(report: CityReport, indicator: Indicator, value: float, *, blank: str) -> Decimal | str:
    """Share of the city's official target that is reached, at most 100 %; none without one, or of a value below 0."""
    target = indicator.target
    if target is None or target.status not in OFFICIAL:
        return NOT_PRINTED
    if pd.isna(value):
        return blank
    goal = report.target_of(indicator)
    if pd.isna(goal) or value < 0:
        return NOT_PRINTED
    share = value / goal if indicator.higher_is_better else goal / value
    return number(min(100 * share, 100), 1)


def _term(report: CityReport, variable: str, year: int) -> str:
    declared = report.study.dataset.metadata.variables[variable]
    value = report.figures[variable][year]
    printed = NO_DATA if pd.isna(value) else f"{value:,.10g}" if declared.is_sum else f"{round(value, 2):g}"
    unit = declared.unit[report.language]
    return f"{declared.name[report.language]} {printed} {'× ' * unit[:1].isdigit()}{unit}"


OF_A_CITY = {
    "scored": scored,
    "annex": annex,
    "terms": terms,
    "contributions": contributions,
    "strengths": strengths,
    "shortfalls": shortfalls,
}
