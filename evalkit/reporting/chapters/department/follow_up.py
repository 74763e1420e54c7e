"""Tables of what a department has to follow up one by one: facilities below their threshold, figures not reported."""

from __future__ import annotations

import pandas as pd

from evalkit.reporting.aims import threshold
from evalkit.reporting.department import DepartmentReport
from evalkit.reporting.made import report_table
from evalkit.tabular import Table
from evalkit.tabular.cells import number

LISTED = 40
FACILITIES = ("code", "city", "facility", "measured", "threshold", "facility_state")
UNREPORTED = ("code", "indicator", "state", "reason", "cities_concerned", "cities_named")


@report_table
def facilities(report: DepartmentReport) -> Table | None:
    """The first `LISTED` of the facilities below their threshold or unknown, the targets by turns."""
    turns = report.facilities.groupby("indicator").cumcount().sort_values(kind="stable")
    return _facilities(report, report.facilities.loc[sorted(turns.index[:LISTED])])


@report_table
def every_facility(report: DepartmentReport) -> Table | None:
    """All of them, for the annex."""
    return _facilities(report, report.facilities)


@report_table
def unreported(report: DepartmentReport) -> Table:
    """Every figure that is missing or disputed: the list to ask back for, the cities of one reason together."""
    states, reasons = (report.of_the_year(frame) for frame in (report.achieved.states, report.achieved.reasons))
    wanted = reasons.where(states.isin(["missing", "disputed"])).stack().dropna()
    rows = [
        {
            "code": code,
            "indicator": report.node(code),
            "state": report.state(states.loc[cities[0], code]),
            "reason": report.word(f"reason_{reason}"),
            "cities_concerned": len(cities),
            "cities_named": report.listed(map(report.region, cities)),
        }
        for code in states
        for reason, cities in _by_reason(wanted, code).items()
    ]
    return report.table(rows, UNREPORTED)


def _facilities(report: DepartmentReport, found: pd.DataFrame) -> Table | None:
    rows = [
        {
            "code": row.indicator,
            "city": report.region(row.region),
            "facility": row.unit,
            "measured": number(row.value, 1),
            "threshold": threshold(report, report.system.node(row.indicator)),
            "facility_state": report.word(f"facility_{row.state}"),
        }
        for row in found.itertuples()
    ]
    return report.table(rows, FACILITIES) if rows else None


def _by_reason(wanted: pd.Series, code: str) -> dict[str, list[str]]:
    """Group the cities of one indicator by the reason why its figure is wanted."""
    found: dict[str, list[str]] = {}
    for (city, other), reason in wanted.items():
        if other == code:
            found.setdefault(reason, []).append(city)
    return found


OF_A_DEPARTMENT = {
    "department_facilities": facilities,
    "department_every_facility": every_facility,
    "department_unreported": unreported,
}
