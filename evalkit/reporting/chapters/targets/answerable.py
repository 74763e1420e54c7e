"""Tables of who answers for a city's targets, how its counties and facilities stand, and its documented events."""

from __future__ import annotations

import pandas as pd

from evalkit.reporting.aims import COMPLETION_DECIMALS, threshold
from evalkit.reporting.chapters.grade.tables import lamp_counts, led
from evalkit.reporting.chapters.targets.tables import names_of
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import of_an_assessed_round
from evalkit.reporting.made import report_table
from evalkit.reporting.region import RegionReport
from evalkit.tabular import Table
from evalkit.tabular.cells import NO_DATA, NOT_PRINTED, number, signed

NAMED = 12  # facilities in one cell
BELOW = "units_below"
IN_BRIEF = ("indicator", "threshold", "units_met", BELOW, "failing_named")


@report_table
@of_an_assessed_round
def lead_departments(report: CityReport) -> Table:
    """The departments that lead, with the city's targets under each lamp and those behind by name."""
    duties = report.study.assessed.duties
    here = duties.indicator.isin(report.judged.index)
    leads = duties[(duties.role == "lead") & here].groupby("department", sort=False).indicator
    rows = [
        {
            "lead_department": report.named_department(department),
            "targets_n": len(codes),
            **led(report, lamp_counts(lamps := report.judged.lamps[codes])),
            "behind_named": names_of(report, lamps.index[lamps == "behind"]),
        }
        for department, codes in leads
    ]
    return report.table(rows)


@report_table
@of_an_assessed_round
def county_targets(report: CityReport) -> Table | None:
    """Each county of the city: its targets under each lamp, their mean completion, and its weakest project.

    None where no target is judged in counties, or the city has none.
    """
    if not judged_in_counties(report) or report.study.counties(report.city, report.year).empty:
        return None
    found, key = report.study.assessed.counties, {"level": "year"}
    lamps, completion = (frame.xs(report.year, **key) for frame in (found.lamps, found.completion))
    counties = _counties(report, lamps.index)
    projects = [report.system.project_of(code).code for code in completion]
    by_project = completion.loc[counties].T.groupby(projects, sort=False).mean()
    rows = [
        {
            "county": report.region(county),
            **lamp_counts(lamps.loc[county][found.targets.loc[county].notna()]),
            "mean_completion": number(completion.loc[county].dropna().mean(), COMPLETION_DECIMALS),
            "weakest_project": _weakest(report, by_project[county].dropna()),
        }
        for county in counties
    ]
    return report.table(rows)


def judged_in_counties(report: CityReport) -> int:
    """How many targets are judged in the counties."""
    return sum("county" in indicator.target.assessed for indicator in report.system.indicators if indicator.target)


@report_table
@of_an_assessed_round
def facilities_below(report: RegionReport) -> Table:
    """The facilities that miss their threshold, by name, and those of which it is not known."""
    columns = ("indicator", "threshold", "units_met", "units_below", "units_unknown", "failing_named", "unclear_named")
    own = () if report.facilities is None else report.facilities.iterrows()
    rows = [_facility(report, code, row) for (code, *_), row in own]
    return report.table(rows, columns)


@report_table
@of_an_assessed_round
def events(report: CityReport) -> Table:
    """The documented events of the city in the year."""
    rows = [
        {
            "event_code": event.code,
            "reason": event.reason[report.language],
            "event_points": signed(event.points, 1) if event.points else NOT_PRINTED,
            "is_veto": report.word("is_so" if event.veto else "is_not_so"),
            "document": event.document[report.language],
        }
        for event in report.study.assessed.events.of(report.city, report.year)
    ]
    return report.table(rows, ("event_code", "reason", "event_points", "is_veto", "document"))


def _counties(report: CityReport, judged: pd.Index) -> list[str]:
    return [code for code in judged if report.study.all_regions.by_code[code].parent == report.city]


def _weakest(report: CityReport, by_project: pd.Series) -> str:
    """Name the project with the lowest mean; none where all that is known is complete."""
    if by_project.empty:
        return NO_DATA
    if by_project.min() >= 100:
        return report.word("none")
    lowest = by_project.idxmin()
    return report.word("with_value", name=report.node(lowest), value=number(by_project[lowest], 1))


def _facility(report: RegionReport, code: str, row: pd.Series) -> dict:
    indicator = report.system.node(code)
    return {
        "indicator": indicator.name[report.language],
        "threshold": threshold(report, indicator),
        "units_met": row.met,
        "units_below": row.below,
        "units_unknown": row.unknown,
        "failing_named": _named(report, row.failing),
        "unclear_named": _named(report, row.unclear),
    }


def _named(report: RegionReport, units: tuple[str, ...]) -> str:
    """Name the first facilities, and say how many there are beside them."""
    named, more = report.listed(units[:NAMED]), len(units) - NAMED
    return report.word("named_and_more", named=named, more=more) if more > 0 else named


OF_A_CITY = {
    "lead_departments": lead_departments,
    "county_targets": county_targets,
    "facilities_below": facilities_below,
    "events": events,
}
