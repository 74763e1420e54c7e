"""Tables of a city's targets one by one: the year's work plan, lamps of all years, equality, missing data."""

from __future__ import annotations

from collections.abc import Iterable

from evalkit.assessment.targets.achievement import lacks_base
from evalkit.index import Indicator
from evalkit.reporting.aims import goal, levels
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import of_an_assessed_round
from evalkit.reporting.made import report_table
from evalkit.reporting.region import RegionReport
from evalkit.tabular import Table
from evalkit.tabular.cells import LAMP_SIGNS, NOT_PRINTED, number
from evalkit.tabular.table import numbered

DOUBTS = ("missing", "disputed")


@report_table
@of_an_assessed_round
def work_plan(report: CityReport) -> Table:
    """Every target in the year: where it starts from, what the year asks for, what was reached, and whose it is."""
    rows = [
        {
            "project": report.project_of(indicator),
            "indicator": report.word(
                "with_value", name=report.target_name(indicator.code), value=indicator.unit[report.language]
            ),
            "kind": report.word(f"kind_{indicator.aim.kind}"),
            **levels(report, indicator),
            "target": goal(report, indicator),
            "lamp": _lamp_and_reason(report, indicator.code),
            "target_status": _status(report, indicator),
            "clause": indicator.target.clause or NOT_PRINTED,
        }
        for indicator in targeted(report)
    ]
    return report.table(rows)


@report_table
@of_an_assessed_round
def lamps(report: CityReport) -> Table:
    """The sign of every target in every year of the round so far."""
    lit = report.study.assessed.cities.lamps.xs(report.city, level="region")
    rows = [
        {"project": report.project_of(indicator), "indicator": report.target_name(indicator.code)}
        | {numbered(year): LAMP_SIGNS[lit[indicator.code][year]] for year in report.years}
        for indicator in targeted(report)
    ]
    return report.table(rows)


@report_table
@of_an_assessed_round
def equality_targets(report: CityReport) -> Table:
    """What the equality part rests on: ratios between groups, and differences among counties."""
    rows = [
        {
            "indicator": report.target_name(indicator.code),
            **levels(report, indicator),
            "target": goal(report, indicator),
            "completion": number(report.judged.completion[indicator.code], 1),
            "lamp": report.lamp(report.judged.lamps[indicator.code]),
            "target_status": _status(report, indicator),
        }
        for indicator in targeted(report)
        if indicator.is_gap
    ]
    columns = ("indicator", "baseline", "milestone", "actual_value", "target", "completion", "lamp", "target_status")
    return report.table(rows, columns)


@report_table
@of_an_assessed_round
def pending_data(report: CityReport) -> Table:
    """The targets without a figure that could be judged, or with a disputed one, and who has to settle it."""
    rows = [
        {
            "project": report.project_of(indicator),
            "indicator": report.target_name(indicator.code),
            "state": report.state(report.judged.states[indicator.code]),
            "reason": reason(report, indicator.code),
            "actual_value": levels(report, indicator)["actual_value"],
            "departments": report.listed(report.system.responsible(indicator.code, report.year, report.language)),
        }
        for indicator in targeted(report)
        if report.judged.states[indicator.code] in DOUBTS
    ]
    return report.table(rows, ("project", "indicator", "state", "reason", "actual_value", "departments"))


def wanting(report: CityReport) -> dict[str, int | str]:
    """Count the targets that cannot be judged, by why, and say how many are judged and only lack a baseline."""
    lamps = report.judged.lamps.value_counts()
    base = int(lacks_base(report.judged.states, report.judged.lamps).sum())
    counts = {lamp: int(lamps.get(lamp, 0)) for lamp in ("no_data", "disputed")}
    return counts | {"without_base": report.word("pending_base", n=base) if base else ""}


def targeted(report: CityReport) -> list[Indicator]:
    """Give the indicators whose target is judged in cities."""
    return [i for i in report.system.indicators if i.target and report.stands_at in i.target.assessed]


def names_of(report: CityReport, codes: Iterable[str]) -> str:
    """Name indicators one after another."""
    return report.listed(report.target_name(code) for code in codes)


def reason(report: RegionReport, code: str) -> str:
    """Say why a target is judged as it is; blank for a value like any other."""
    found = report.judged.reasons[code]
    return report.word(f"reason_{found}") if found else ""


def _lamp_and_reason(report: CityReport, code: str) -> str:
    """Write a lamp with what stands behind it; a missing value of the year before is said beside progress."""
    lamp, why = report.lamp(report.judged.lamps[code]), reason(report, code)
    explained = why and report.judged.reasons[code] != "no_earlier_value"
    return report.word("with_value", name=lamp, value=why) if explained else lamp


def _apportioned(report: CityReport, indicator: Indicator) -> bool:
    return indicator.code in report.study.assessed.cities.parts


def _status(report: CityReport, indicator: Indicator) -> str:
    status = report.word(indicator.target_status)
    if not _apportioned(report, indicator):
        return status
    return report.word("apportioned_status", status=status, rule=report.word(indicator.target.split.status))


OF_A_CITY = {
    "work_plan": work_plan,
    "lamps": lamps,
    "equality_targets": equality_targets,
    "pending_data": pending_data,
}
