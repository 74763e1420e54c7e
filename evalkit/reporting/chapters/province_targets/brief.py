"""What the body of the province report shows of its targets: short selections of the tables of the annex."""

from __future__ import annotations

from evalkit.reporting.chapters.province_targets import tables, verdicts
from evalkit.reporting.conditions import of_an_assessed_round
from evalkit.reporting.report import RoundReport
from evalkit.tabular import Table
from evalkit.tabular.cells import number

SHOWN = 10
CITIES = 3  # that a short table names
_TOTALS = ("total_target", "target_kind", "target_status", "total_asked", "total_done", "lamp")
_DOCUMENTED = ("indicator", "city_aim", "lamp_met", "lamp_behind", "cities_furthest")
_PROJECTS = ("project", "targets_n", "lamp_met", "lamp_behind", "lamp_no_data", "mean_completion", "completion_change")
_WEAKEST = ("indicator", "lead_department", "mean_completion", "lamp_behind", "cities_furthest")
_DEPARTMENTS = (
    "department_name",
    "targets_led",
    "lamp_met_led",
    "lamp_behind_led",
    "behind_share",
    "completion_change",
)


@of_an_assessed_round
def totals(report: RoundReport) -> Table:
    """Where the province stands on its own targets in the year; a cumulative one by all that was done so far."""
    found = tables.totals(report)
    own = found.where("year", report.year)
    figures = {"total_asked": [], "total_done": []}
    for indicator in tables.province_targets(report):
        for cells, series in zip(figures.values(), tables.asked_and_done(report, indicator), strict=True):
            cells.append(number(series[report.year], min(indicator.decimals, 2)))
    for name, cells in figures.items():
        own = own.with_column(report.column(name), cells)
    return own.only(*_TOTALS)


@of_an_assessed_round
def documented(report: RoundReport) -> Table:
    """The targets of cities that a document gives: how many meet each, and which are furthest behind."""
    named = [furthest(report, code) for code in verdicts.confirmed(report)]
    found = verdicts.documented(report).with_column(report.column("cities_furthest", n=CITIES), named)
    return found.only(*_DOCUMENTED)


@of_an_assessed_round
def projects(report: RoundReport) -> Table:
    """Every project: how its targets stand, the mean completion, and its change."""
    return tables.projects(report).only(*_PROJECTS)


@of_an_assessed_round
def weakest(report: RoundReport) -> Table:
    """The targets furthest behind, each with the cities that are furthest behind on it."""
    named = [furthest(report, code) for code in tables.furthest_behind(report).index]
    found = tables.weakest(report).with_column(report.column("cities_furthest", n=CITIES), named)
    return found.only(*_WEAKEST, first=SHOWN)


@of_an_assessed_round
def lost(report: RoundReport) -> Table:
    """The first of the targets that were met the year before and no longer are."""
    found = verdicts.lost(report)
    return found.only(*found.codes, first=SHOWN)


@of_an_assessed_round
def departments(report: RoundReport) -> Table:
    """The departments with the largest share behind of what they lead."""
    return tables.departments(report).only(*_DEPARTMENTS, first=SHOWN)


def furthest(report: RoundReport, code: str) -> str:
    """Name the cities that are furthest behind on a target."""
    return report.listed(tables.behind_on(report, code)[:CITIES])
