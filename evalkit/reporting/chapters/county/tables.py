"""Tables of one county: its result, its projects beside those of its city's counties, what lags, and its censuses."""

from __future__ import annotations

import pandas as pd

from evalkit.base.exact import publish
from evalkit.base.text import Text
from evalkit.index import Indicator
from evalkit.reporting.aims import COMPLETION_DECIMALS, levels
from evalkit.reporting.chapters.grade.reasons import lowered_by
from evalkit.reporting.chapters.grade.tables import lamp_counts
from evalkit.reporting.chapters.lagging.selection import pace
from evalkit.reporting.chapters.rectification.items import OF_A_CITY_ITEM, listed, open_items
from evalkit.reporting.chapters.targets.answerable import facilities_below
from evalkit.reporting.chapters.targets.tables import DOUBTS, reason
from evalkit.reporting.conditions import shown_where
from evalkit.reporting.county import CountyReport
from evalkit.reporting.made import report_table
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import NOT_PRINTED, number, rank, signed

SCORE = 2  # decimals


def graded(report: CountyReport) -> bool:
    """Whether counties are graded."""
    return report.assessment is not None


of_a_graded_county = shown_where(graded)
of_a_county_in_a_census = shown_where(lambda report: not graded(report) and report.census)


@report_table
@of_a_graded_county
def result(report: CountyReport) -> Table:
    """Score, band, grade and ranks, among all counties, those of the city and the peers, in one row."""
    own, every = report.assessed.result, report.assessment.results.xs(report.year, level="year")
    row = {
        "assessment_score": number(own.score, SCORE, blank=NOT_PRINTED),
        "band": report.band(own.band),
        "grade": report.band(own.grade),
        "rank": rank(own["rank"]),
        "counties_rated": int(every.score.count()),
        "rank_in_city": rank(report.rank_in_city),
        "rated_in_city": int(report.in_city.score.count()),
        "compared_with": report.peers(own.group),
        "rank_in_peers": rank(own.rank_in_group),
        "rated_in_peers": int(every.score[every.group == own.group].count()),
        "valid_share": number(100 * own.valid_share, SCORE),
        "lowered_by": report.listed(lowered_by(report)),
    }
    return report.table([row])


@report_table
@of_a_graded_county
def parts(report: CountyReport) -> Table:
    """The points of each part: what it averages, what it may give and what it gives."""
    declared = report.study.assessment_files.county_rules.parts
    rows = [
        {
            "part": declared[code].name[report.language],
            "declared_points": number(row.declared, 0),
            "part_mean": number(row["mean"], SCORE, blank=NOT_PRINTED),
            "available_points": number(row.available, SCORE, blank=NOT_PRINTED),
            "points": number(row.points, SCORE, blank=NOT_PRINTED),
        }
        for code, row in report.assessed.parts.iterrows()
    ]
    return report.table(rows)


@report_table
@of_a_graded_county
def projects(report: CountyReport) -> Table:
    """Each project's score beside the mean of the city's counties, its place among them, and its targets by lamp."""
    every = report.assessment.projects.xs(report.year, level="year").reindex(report.siblings)
    rows = []
    for project, score in report.assessed.projects.items():
        own = [i.code for i in report.indicators if report.system.project_of(i.code).code == project]
        rows.append(
            {
                "project": report.node(project),
                "project_score": number(score, SCORE),
                "mean_in_city": number(every[project].mean(), SCORE),
                "rank_in_city": rank(every[project].rank(method="min", ascending=False)[report.county]),
                **lamp_counts(report.judged.lamps[own]),
            }
        )
    return report.table(rows)


@report_table
@of_a_graded_county
def behind(report: CountyReport) -> Table:
    """The targets that lag, the furthest first: asked, reached, time needed at this pace, who leads at the province."""
    judged = report.judged[report.judged.lamps == "behind"].sort_values("completion", kind="stable")
    rows = [_lagging(report, report.system.node(code), row) for code, row in judged.iterrows()]
    columns = ("project", "indicator", "milestone", "actual_value", "completion", "pace", "mean_in_city")
    return report.table(rows, (*columns, "lead_department"))


@report_table
@of_a_graded_county
def pending(report: CountyReport) -> Table:
    """The targets that nobody can judge, and why."""
    rows = [
        {
            "project": report.project_of(indicator),
            "indicator": report.target_name(indicator.code),
            "reason": reason(report, indicator.code),
        }
        for indicator in report.indicators
        if report.judged.states[indicator.code] in DOUBTS
    ]
    return report.table(rows, ("project", "indicator", "reason"))


@report_table
@of_a_graded_county
def facilities(report: CountyReport) -> Table | None:
    """The facilities of the county that miss their threshold, by name."""
    return None if report.facilities is None else facilities_below(report)


@report_table
@of_a_graded_county
def items(report: CountyReport) -> Table | None:
    """What the county has to put right, the gravest first; None where the round calls nobody to account."""
    if report.study.consequences.county_rectification is None:
        return None
    return listed(report, open_items(report, counties=True, region=report.county), OF_A_CITY_ITEM)


@report_table
@of_a_graded_county
def leadership(report: CountyReport) -> Table:
    """The readings of every year of the round so far, side by side; none is added to another."""
    readings = report.study.assessed.county_appraisal.loc[report.county]
    return report.table([_year(report, year, readings.loc[year]) for year in report.years])


@report_table
@of_a_county_in_a_census
def census(report: CountyReport) -> Table:
    """Every census snapshot of the county in each census, and its place among the counties of its city in the last."""
    return report.table([_in_censuses(report, indicator) for indicator in report.census])


def _lagging(report: CountyReport, indicator: Indicator, row: pd.Series) -> dict[str, object]:
    cells, leads = levels(report, indicator), report.system.responsible(indicator.code, report.year, report.language)
    of_all = report.achievement.completion[indicator.code].xs(report.year, level="year").reindex(report.siblings)
    name = report.word("with_value", name=report.target_name(indicator.code), value=indicator.unit[report.language])
    return {
        "project": report.project_of(indicator),
        "indicator": name,
        "milestone": cells["milestone"],
        "actual_value": cells["actual_value"],
        "completion": number(row.completion, COMPLETION_DECIMALS, blank=NOT_PRINTED),
        "pace": pace(report, indicator.code),
        "mean_in_city": number(of_all.mean(), COMPLETION_DECIMALS, blank=NOT_PRINTED),
        "lead_department": leads[0] if leads else NOT_PRINTED,
    }


def _year(report: CountyReport, year: int, row: pd.Series) -> dict[str, object]:
    kept = 100 * row.kept / row.lit if row.lit else None
    return {
        "year": year,
        "assessment_score": number(row.score, SCORE, blank=NOT_PRINTED),
        "grade": report.band(row.grade),
        "rank": rank(row["rank"]),
        "rank_in_peers": rank(row.group_rank),
        "change": signed(row.change, SCORE),
        "equality_mean": number(publish(row.equality), SCORE, blank=NOT_PRINTED),
        "kept_share": number(kept, 1, blank=NOT_PRINTED),
    }


def _in_censuses(report: CountyReport, indicator: Indicator) -> dict[object, object]:
    values = {year: report.in_census(indicator, year) for year in report.censuses}
    last = max(report.censuses)
    cells = {_of_year(year): number(value, indicator.decimals) for year, value in values.items()}
    return {
        "indicator": report.node(indicator.code),
        "unit": indicator.unit[report.language],
        **cells,
        "rank_in_city": rank(_place(report, indicator, last)),
        "counties_in_city": len(report.study.counties(report.city, last)),
    }


def _place(report: CountyReport, indicator: Indicator, year: int) -> float:
    """Rank the county on an indicator among those of its city in a census; none where no direction is declared."""
    if indicator.higher_is_better is None:
        return float("nan")
    values = report.counties.census.counties(year).values[indicator.code].droplevel("year")
    own = values.reindex(report.study.counties(report.city, year).index)
    return own.rank(method="min", ascending=not indicator.higher_is_better)[report.county]


def _of_year(year: int) -> Column:
    return Column(f"census_{year}", Text(zh=f"{year} 年", en=str(year)))


OF_A_COUNTY = {
    f"county_{table.__name__}": table
    for table in (result, parts, projects, behind, pending, facilities, items, leadership, census)
}
