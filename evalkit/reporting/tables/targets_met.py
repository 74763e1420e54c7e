"""Tables of a city's targets one by one: the year's work plan, lamps of all years, equality, missing data."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pandas as pd

from evalkit.assessment.grading.gathering import EQUITY_LAYER
from evalkit.assessment.targets.trajectories import UNLIT
from evalkit.index import Indicator
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import of_an_assessed_round
from evalkit.reporting.made import report_table
from evalkit.tabular import Table
from evalkit.tabular.cells import LAMP_SIGNS, NO_DATA, NOT_PRINTED, STATE_SIGNS, Figures, number, plain, told_apart
from evalkit.tabular.table import numbered

COMPLETION_DECIMALS = 2
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
        if indicator.layer == EQUITY_LAYER
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
            "state": report.word(f"state_{report.judged.states[indicator.code]}"),
            "reason": reason(report, indicator.code),
            "actual_value": levels(report, indicator)["actual_value"],
            "departments": report.listed(report.system.responsible(indicator.code, report.year, report.language)),
        }
        for indicator in targeted(report)
        if report.judged.states[indicator.code] in DOUBTS
    ]
    return report.table(rows, ("project", "indicator", "state", "reason", "actual_value", "departments"))


def targeted(report: CityReport) -> list[Indicator]:
    """Give the indicators that have a target."""
    return [indicator for indicator in report.system.indicators if indicator.target]


def names_of(report: CityReport, codes: Iterable[str]) -> str:
    """Name indicators one after another."""
    return report.listed(report.target_name(code) for code in codes)


def levels(report: CityReport, indicator: Indicator) -> dict[str, Decimal | str]:
    """Write the baseline, the year's milestone and the value, or the sign of why there is none."""
    row, decimals = report.judged.loc[indicator.code], _decimals(report, indicator)
    value = STATE_SIGNS[row.states] if row.lamps in UNLIT.values() else number(row["values"], decimals)
    band = indicator.aim.kind == "interval"
    blank = STATE_SIGNS[row.states] if row.states in ("not applicable", "not due") else NO_DATA
    return {
        "baseline": NOT_PRINTED if band else number(row.baselines, indicator.decimals, blank=blank),
        "milestone": goal(report, indicator) if band else number(row.milestones, decimals, blank=blank),
        "actual_value": value,
    }


def goal(report: CityReport, indicator: Indicator) -> str:
    """Write the target itself: its bounds, or its number with what may differ from it."""
    target, own = indicator.aim, report.judged.targets[indicator.code]
    if pd.isna(own):
        return STATE_SIGNS["not applicable"]
    if target.kind in ("interval", "range"):
        return Figures(f"{plain(own)}–{plain(target.upper)}", (own, target.upper))
    if target.kind == "parity" and target.tolerance:
        ends = (own - target.tolerance, own + target.tolerance)
        return Figures(f"{plain(own)}±{plain(target.tolerance)}", ends)
    return number(own, indicator.decimals) if own != int(own) else plain(own)


def reason(report: CityReport, code: str) -> str:
    """Say why a target is judged as it is; blank for a value like any other."""
    found = report.judged.reasons[code]
    return report.word(f"reason_{found}") if found else ""


def _lamp_and_reason(report: CityReport, code: str) -> str:
    """Write a lamp with what stands behind it; a missing value of the year before is told beside progress."""
    lamp, why = report.lamp(report.judged.lamps[code]), reason(report, code)
    told = why and report.judged.reasons[code] != "no_earlier_value"
    return report.word("with_value", name=lamp, value=why) if told else lamp


def _decimals(report: CityReport, indicator: Indicator) -> int:
    """Print what falls short with as many decimals as tell it from what it misses."""
    row = report.judged.loc[indicator.code]
    if row.lamps != "behind":
        return indicator.decimals
    missed = [row.milestones, getattr(indicator.aim, "upper", row.milestones)]
    return told_apart(row["values"], missed, indicator.decimals)


def _apportioned(report: CityReport, indicator: Indicator) -> bool:
    return indicator.code in report.study.assessed.cities.parts


def _status(report: CityReport, indicator: Indicator) -> str:
    status = report.word(indicator.target_status)
    if not _apportioned(report, indicator):
        return status
    return report.word("apportioned_status", status=status, rule=report.word(indicator.target.apportionment.status))
