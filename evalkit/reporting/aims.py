"""What a target asks, in words: of a city, of a year; and what has to be said beside its name."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from evalkit.assessment.targets.trajectories import UNLIT
from evalkit.index import Indicator
from evalkit.index.plain_target import Target
from evalkit.index.target import Parity
from evalkit.reporting.department import DepartmentReport
from evalkit.reporting.region import RegionReport
from evalkit.reporting.report import Report
from evalkit.tabular.cells import NO_DATA, NOT_PRINTED, STATE_SIGNS, Figures, number, plain, told_apart

PURE = ("比值", "系数")  # numbers without a unit
COMPLETION_DECIMALS = 2


def aim(report: Report, indicator: Indicator) -> str:
    """Write what a target asks, in the indicator's unit; a total of the province says so."""
    target = indicator.aim
    ends = {name: _amount(indicator, getattr(target, name, None)) for name in ("value", "upper", "threshold")}
    unit = getattr(target, "threshold_unit", indicator.unit)
    named = "" if unit.zh in PURE else f" {unit[report.language]}"
    text = report.word(f"aim_{target.kind}", **ends, unit=named, tolerance=plain(getattr(target, "tolerance", 0)))
    return report.word("aim_of_the_province", aim=text) if _is_total(target) else text


def asked(indicator: Indicator, milestone: float) -> Decimal | str:
    """Write what a year asks: the bounds of an interval, what may differ from parity, or the milestone."""
    target, decimals = indicator.aim, indicator.decimals
    if pd.isna(milestone):
        return NOT_PRINTED
    if target.kind == "interval":
        return Figures(f"{plain(target.value)}–{plain(target.upper)}", (target.value, target.upper))
    if target.kind == "parity":
        off = off_parity(target, milestone)
        ends = (target.value - off, target.value + off)
        return Figures(f"{plain(target.value)}±{number(off, decimals)}", ends)
    return number(milestone, decimals)


def off_parity(target: Parity, milestone: float) -> float:
    """Give how far from parity a milestone lets a value be, on either side."""
    return max(abs(milestone - target.value), target.tolerance)


def flagged(report: DepartmentReport, code: str) -> str:
    """Name a target, and say where the cities' own are parts of a total, which are inferred, or it is not theirs."""
    elsewhere = "city" not in report.system.node(code).target.assessed
    return report.word("province_name", name=report.node(code)) if elsewhere else report.target_name(code)


def levels(report: RegionReport, indicator: Indicator) -> dict[str, Decimal | str]:
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


def goal(report: RegionReport, indicator: Indicator) -> str:
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


def _amount(indicator: Indicator, value: float | None) -> str:
    return "" if value is None else plain(float(number(value, max(indicator.decimals, 1))))


def _is_total(target: Target) -> bool:
    return "province" in target.assessed and target.kind in ("annual_quota", "cumulative_quota", "range")


def _decimals(report: RegionReport, indicator: Indicator) -> int:
    """Print what falls short with as many decimals as tell it from what it misses."""
    row = report.judged.loc[indicator.code]
    if row.lamps != "behind":
        return indicator.decimals
    missed = [row.milestones, getattr(indicator.aim, "upper", row.milestones)]
    return told_apart(row["values"], missed, indicator.decimals)
