"""The schedule of the visits, a line each."""

from __future__ import annotations

from evalkit.reporting.chapters.supervision.tables import month_name, plan_of, signal_names
from evalkit.reporting.conditions import shown_where, supervised
from evalkit.reporting.made import round_table
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED

SIGNALS = 2  # that a line names
_SCHEDULE = ("visit", "unit_visited", "visit_month", "visit_team", "unit_instead", "visit_why")


@round_table
@shown_where(supervised)
def schedule(report: RoundReport) -> Table:
    """The visits in their order: unit, month, team, what stands in for it and why it is visited."""
    return report.table(visits(report), _SCHEDULE)


def visits(report: Report) -> list[dict[str, object]]:
    """Give the lines of the schedule."""
    found = plan_of(report)
    return [
        {
            "visit": number_of,
            "unit_visited": unit(report, *key),
            "visit_month": month_name(report, int(row.month)),
            "visit_team": found.rules.visits.teams[row.team - 1][report.language] if row.team else "",
            "unit_instead": unit(report, row.region, row.project) if row.region else NOT_PRINTED,
            "visit_why": why_visited(report, *key),
        }
        for number_of, (key, row) in enumerate(found.schedule.iterrows(), start=1)
    ]


def unit(report: Report, city: str, project: str) -> str:
    """Name a unit: a project of a city."""
    return report.word("unit_at_risk", city=report.region(city), project=report.node(project))


def why_visited(report: Report, city: str, project: str) -> str:
    """Say why a unit is visited: how it was chosen, its risk, and its signals."""
    row = plan_of(report).selection.loc[(city, project)]
    named = {"stratum": report.word(f"stratum_{row.stratum}"), "risk": int(row.score)}
    signals = signal_names(report, city, project)
    names = report.listed(signals[:SIGNALS])
    if len(signals) > SIGNALS:
        names = report.word("signals_among", names=names, n=len(signals))
    return report.word("visit_because", **named, signals=names)


OF_SUPERVISION = {"supervision_schedule": schedule}
