"""What a target asks, in words: of a city, of a year; and what has to be said beside its name."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from evalkit.assessment.targets.trajectories import UNLIT
from evalkit.base.text import Text
from evalkit.index import Indicator
from evalkit.reporting.department import DepartmentReport
from evalkit.reporting.region import RegionReport
from evalkit.reporting.report import Report
from evalkit.tabular.cells import NO_DATA, NOT_PRINTED, STATE_SIGNS, Figures, Range, number, plain, told_apart

PURE = ("比值", "系数")  # numbers without a unit
COMPLETION_DECIMALS = 2


def aim(report: Report, indicator: Indicator) -> str:
    """Write what a target asks, in the indicator's unit; a total of the province says so."""
    target = indicator.aim
    ends = {name: _amount(indicator, end) for name, end in target.ends.items()}
    named = after(report, target.unit(indicator.unit))
    text = report.word(f"aim_{target.kind}", **ends, unit=named, tolerance=plain(target.leeway))
    total = target.adds_up and "province" in target.assessed
    return report.word("aim_of_the_province", aim=text) if total else text


def threshold(report: Report, indicator: Indicator) -> str:
    """Write the threshold that each unit is held against, in its own unit."""
    target = indicator.target
    return f"{plain(target.ends['threshold'])}{after(report, target.unit(indicator.unit))}"


def unit_after(report: Report, indicator: Indicator) -> str:
    """Write the unit of an indicator as it follows a value."""
    return after(report, indicator.unit)


def after(report: Report, unit: Text) -> str:
    """Write a unit as it follows a value; in Chinese % and a fraction have no space, and 18 of 1/10万 is 18/10万."""
    if unit.zh in PURE:
        return ""
    if report.language == "zh" and unit.zh.startswith(("%", "1/")):
        return unit.zh.removeprefix("1")
    return f" {unit[report.language]}"


def asked(indicator: Indicator, milestone: float) -> Decimal | str:
    """Write what a year asks: the bounds of an interval, what may differ from parity, or the milestone."""
    target, decimals = indicator.aim, indicator.decimals
    if pd.isna(milestone):
        return NOT_PRINTED
    if target.is_band:
        return _between(*target.ends.values())
    off = target.margin(milestone)
    return number(milestone, decimals) if off is None else _within(target.value, off, number(off, decimals))


def flagged(report: DepartmentReport, code: str) -> str:
    """Name a target, and say where the cities' own are parts of a total, which are inferred, or it is not theirs."""
    elsewhere = "city" not in report.system.node(code).target.assessed
    return report.word("province_name", name=report.node(code)) if elsewhere else report.target_name(code)


def levels(report: RegionReport, indicator: Indicator) -> dict[str, Decimal | str]:
    """Write the baseline, the year's milestone and the value, or the sign of why there is none."""
    row, decimals = report.judged_of(indicator.code), _decimals(report, indicator)
    value = STATE_SIGNS[row.states] if row.lamps in UNLIT.values() else number(row.values, decimals)
    band = indicator.aim.is_band
    blank = STATE_SIGNS[row.states] if row.states in ("not applicable", "not due") else NO_DATA
    return {
        "baseline": NOT_PRINTED if band else number(row.baselines, indicator.decimals, blank=blank),
        "milestone": goal(report, indicator) if band else number(row.milestones, decimals, blank=blank),
        "actual_value": value,
    }


def goal(report: RegionReport, indicator: Indicator) -> str:
    """Write the target itself: its bounds, or its number with what may differ from it."""
    target, own = indicator.aim, report.judged_of(indicator.code).targets
    if pd.isna(own):
        return STATE_SIGNS["not applicable"]
    if "upper" in target.ends:
        return _between(own, target.ends["upper"])
    if target.leeway:
        return _within(own, target.leeway, plain(target.leeway))
    return number(own, indicator.decimals) if own != int(own) else plain(own)


def _between(low: float, high: float) -> Range:
    return Range(f"{plain(low)}–{plain(high)}", (low, high))


def _within(value: float, off: float, printed: Decimal | str) -> Figures:
    return Figures(f"{plain(value)}±{printed}", (value - off, value + off))


def _amount(indicator: Indicator, value: float) -> str:
    return plain(float(number(value, max(indicator.decimals, 1))))


def _decimals(report: RegionReport, indicator: Indicator) -> int:
    """Print what falls short with as many decimals as tell it from what it misses."""
    row = report.judged_of(indicator.code)
    if row.lamps != "behind":
        return indicator.decimals
    missed = [row.milestones, indicator.aim.ends.get("upper", row.milestones)]
    return told_apart(row.values, missed, indicator.decimals)
