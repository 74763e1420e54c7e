"""Tables beside the score: the plan's own numbers, resources, counties, data quality, what is imputed."""

from __future__ import annotations

import pandas as pd

from evalkit.analysis.county_spread import spread as county_spread_of
from evalkit.base.text import Text
from evalkit.data.imputation import imputed as imputed_in
from evalkit.index import Indicator
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import has_census, imputes, planned, shown_where
from evalkit.reporting.made import report_table, round_table
from evalkit.reporting.report import Report
from evalkit.reporting.tables.origins import publications_of, used_variables
from evalkit.reporting.words import LANGUAGES
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import NOT_PRINTED, number, rank

IMPUTED = ("year", "indicator", "value", "unit")


@round_table
@shown_where(planned)
def plan_targets(report: Report) -> Table:
    """The numbers that the plan's own text gives, and whether public statistics can check them."""
    rows = [
        {
            "target": target.name[report.language],
            "clause": target.clause,
            "level": target.level[report.language],
            "data": report.node(target.indicator) if target.indicator else report.word("no_public_data"),
        }
        for target in report.system.plan.targets
    ]
    return report.table(rows, ("target", "clause", "level", "data"))


@report_table
def resources(report: CityReport) -> Table:
    """Money beside results: each input with its rank among the cities; the rank of results in the last row."""
    whole = (report.study.all_regions.code, report.year)
    province = report.study.province.panel.values
    inputs = [i for i in report.system.indicators if i.layer == "input"]
    by_city = report.result.panel.values.xs(report.year, level="year")
    rows = [
        {
            "layer": report.word("input"),
            "indicator": indicator.name[report.language],
            "value": number(report.value(indicator.code, report.year), indicator.decimals),
            "unit": indicator.unit[report.language],
            "province": number(province.loc[whole, indicator.code], indicator.decimals),
            "rank": rank(by_city[indicator.code].rank(method="min", ascending=False)[report.city]),
        }
        for indicator in inputs
    ]
    results, scores = [report.system.tree, *report.scored_projects], report.study.province.published
    rows += [
        {
            "layer": report.word("output"),
            "indicator": group.name[report.language],
            "value": number(report.score(group.code), report.result.decimals(group.code)),
            "unit": "",
            "province": number(scores.loc[whole, group.code], report.result.decimals(group.code)),
            "rank": rank(report.rank(group.code)),
        }
        for group in results
    ]
    return report.table(rows)


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


@report_table
def quality(report: CityReport) -> Table:
    """What is known to be wrong or doubtful in the figures that this report shows."""
    rows = []
    for code, variable in used_variables(report).items():
        for found in variable.breaks:
            if found.year in report.years and found.region in (None, report.city):
                rows.append((code, report.word("break"), found.year, found.note))
        rows += [(code, report.word("oddity"), NOT_PRINTED, note) for note in variable.oddities]
        rows += [(code, report.word("check"), NOT_PRINTED, note) for note in variable.checks]
        unstated = [publication for publication in publications_of(report, code) if not publication.stated]
        rows += [(code, report.word("publication_unstated"), NOT_PRINTED, one.note or one.title) for one in unstated]
    return report.table(
        [
            {
                "variable": report.study.dataset.metadata.variables[code].name[report.language],
                "finding": kind,
                "year": year,
                "note": note[report.language],
            }
            for code, kind, year, note in rows
        ],
        ("variable", "finding", "year", "note"),
    )


@report_table
@shown_where(imputes)
def city_imputed(report: CityReport) -> Table:
    """Every figure of the city that the method has put in the place of a missing one."""
    found = imputed_in(report.panel)
    rows = [_imputed(report, row) for row in found[found.region == report.city].itertuples()]
    return report.table(rows, IMPUTED)


@round_table
@shown_where(imputes)
def imputed(report: Report) -> Table:
    """Every figure that the method has put in the place of a missing one."""
    found = imputed_in(report.panel)
    rows = [{"city": report.region(row.region)} | _imputed(report, row) for row in found.itertuples()]
    return report.table(rows, ("city", *IMPUTED))


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


def _imputed(report: Report, row) -> dict:
    indicator = report.system.node(row.indicator)
    name, unit = indicator.name[report.language], indicator.unit[report.language]
    return dict(zip(IMPUTED, (row.year, name, number(row.value, indicator.decimals), unit), strict=True))


def _with_unit(indicator: Indicator) -> Column:
    """Declare the column of an indicator, with its unit."""
    label = {to: f"{indicator.name[to]} ({indicator.unit[to]})" for to in LANGUAGES}
    return Column(indicator.code, Text(**label))
