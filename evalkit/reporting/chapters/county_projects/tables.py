"""The scores of a city's counties, project by project."""

from __future__ import annotations

import pandas as pd

from evalkit.base.once import once
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import assessed, shown_where
from evalkit.reporting.made import report_table
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import NOT_PRINTED, number, rank

SCORE = 1  # decimals


def graded_counties(report: CityReport) -> bool:
    """Whether the city has counties that are graded."""
    return assessed(report) and not results(report).empty


@once
def results(report: CityReport) -> pd.DataFrame:
    """Give the results of the city's counties in the year, the highest score first; empty where none is graded."""
    given = report.study.assessed.county_assessment
    if given is None:
        return pd.DataFrame()
    found = given.results.xs(report.year, level="year")
    own = found.loc[found.index.intersection(report.study.counties(report.city, report.year).index)]
    return own.sort_values("score", ascending=False, kind="stable", na_position="last")


def scores(report: CityReport) -> pd.DataFrame:
    """Give the project scores of the city's counties: rows and columns in the order of their mean, the lowest last."""
    given, counties = report.study.assessed.county_assessment, results(report).index
    found = given.projects.xs(report.year, level="year").loc[counties].dropna(axis="columns", how="all")
    return found[found.mean().sort_values(kind="stable").index]


@report_table
@shown_where(graded_counties)
def county_projects(report: CityReport) -> Table:
    """Each county with its score, its grade, its rank in the city and its score in every project."""
    found, rules = scores(report), report.study.assessment_files.county_rules
    places = results(report).score.rank(method="min", ascending=False)
    projects = {code: Column(code, report.system.node(code).name) for code in found}
    rows = [
        {
            "county": report.region(county),
            "rank_in_city": rank(places[county]),
            "assessment_score": number(row.score, 2, blank=NOT_PRINTED),
            "grade": rules.bands.name_of(row.grade)[report.language],
            **{projects[code]: number(found.loc[county, code], SCORE, blank=NOT_PRINTED) for code in found},
        }
        for county, row in results(report).iterrows()
    ]
    return report.table(rows)


OF_A_CITY = {
    "projects_by_county": county_projects,
}
