"""What closes a report in tables: the data that are missing."""

from __future__ import annotations

from evalkit.reporting.chapters.targets.tables import DOUBTS, reason, targeted
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import of_an_assessed_round
from evalkit.reporting.made import report_table
from evalkit.tabular import Table

SHOWN = 10


@report_table
@of_an_assessed_round
def missing(report: CityReport) -> Table:
    """The first targets without a figure that could be judged, why, and which departments settle it."""
    rows = [
        {
            "indicator": report.target_name(indicator.code),
            "state": report.state(report.judged.states[indicator.code]),
            "reason": reason(report, indicator.code),
            "departments": report.listed(report.system.responsible(indicator.code, report.year, report.language)),
        }
        for indicator in doubtful(report)[:SHOWN]
    ]
    return report.table(rows, ("indicator", "state", "reason", "departments"))


def doubtful(report: CityReport) -> list:
    """Give the indicators of whose target a figure is missing, be it the base year's, or disputed."""
    return [one for one in targeted(report) if report.judged.states[one.code] in DOUBTS]
