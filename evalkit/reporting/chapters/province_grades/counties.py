"""The grades of the counties, city by city."""

from __future__ import annotations

import pandas as pd

from evalkit.assessment.grading.bands import UNRATED
from evalkit.reporting.conditions import shown_where
from evalkit.reporting.made import round_table
from evalkit.reporting.report import RoundReport
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import NOT_PRINTED, number


def grades_counties(report: RoundReport) -> bool:
    """Whether the counties of the round are graded."""
    return bool(report.study.assessed and report.study.assessed.county_assessment)


@round_table
@shown_where(grades_counties)
def county_grades(report: RoundReport) -> Table:
    """How many counties of every city have which grade, and which of them has the lowest score."""
    results = report.study.assessed.county_assessment.results.xs(report.year, level="year")
    by_city = results.groupby([report.city_of(county) for county in results.index])
    order = [city for city in report.study.regions.index if city in by_city.groups]
    rows = [{"city": report.region(city), **_counted(report, by_city.get_group(city))} for city in order]
    return report.table(
        [*rows, {"city": report.word("sum"), **_counted(report, results), "lowest_county": NOT_PRINTED}]
    )


def _counted(report: RoundReport, own: pd.DataFrame) -> dict[object, object]:
    bands = report.study.assessment_files.county_rules.bands
    named = {code: bands.name_of(code) for code in (*bands.codes, UNRATED)}
    counts = {Column(code, name): int((own.grade == code).sum()) for code, name in named.items()}
    scores = own.score.dropna()
    lowest = NOT_PRINTED
    if len(scores):
        name, score = report.region(scores.idxmin()), number(scores.min(), 2)
        lowest = report.word("with_value", name=name, value=score)
    return {"counties_n": len(own), **counts, "lowest_county": lowest}


OF_PROVINCE = {"province_county_grades": county_grades}
