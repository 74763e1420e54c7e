"""Which of a region's targets lag, and how long each would take at the present pace."""

from __future__ import annotations

from math import ceil

import pandas as pd

from evalkit.index import Indicator
from evalkit.index.plain_target import Target
from evalkit.reporting.region import RegionReport
from evalkit.reporting.report import Report
from evalkit.tabular.cells import NOT_PRINTED, Figures, number

LONG, MONTHS = 30, 12  # years that are not counted any more; months of a year


def lagging(report: RegionReport) -> pd.DataFrame:
    """Give what was reached of the targets that are behind, the furthest behind first."""
    found = report.judged[report.judged.lamps == "behind"]
    return found.sort_values("completion", kind="stable")


def of_the_plan(report: RegionReport) -> list[Indicator]:
    """Give the indicators of which a document of the round gives the target, where the region is held to it."""
    held = report.judged.index[report.judged.targets.notna()]
    return [report.system.node(code) for code in held if report.system.node(code).target_status == "confirmed"]


def value_before(report: RegionReport, code: str) -> float:
    """Give the value of the year before; blank where the round has none."""
    values = report.achievement.values[code]
    return values.get((report.code, report.year - 1), float("nan"))


def years_needed(report: RegionReport, code: str) -> float | None:
    """Give the years that the rest of the way to the target takes at the pace of the year; infinite without progress.

    None where it is reached, where a year or a value is not known, and of what every year begins anew.
    """
    row = report.judged.loc[code]
    return years_between(report.system.node(code).aim, row.targets, row["values"], value_before(report, code))


def years_between(target: Target, goal: float, value: float, before: float) -> float | None:
    """Give the same of any region, from its own goal, its value of the year and that of the year before."""
    left, moved = target.better_by(goal, than=value), target.better_by(value, than=before)
    if target.judged_by_year or pd.isna(left + moved) or left <= 0:
        return None
    return left / moved if moved > 0 else float("inf")


def pace(report: RegionReport, code: str) -> str:
    """Write the years that are needed at the present pace; months below a year."""
    return time_needed(report, years_needed(report, code))


def time_needed(report: Report, needed: float | None) -> str:
    """Write a number of years; months below one."""
    if needed is None:
        return NOT_PRINTED
    if needed == float("inf"):
        return Figures(report.word("no_progress"), needed)
    if needed > LONG:
        return Figures(report.word("years_more_than", n=LONG), needed)
    months = ceil(MONTHS * needed)
    if months < MONTHS:
        return Figures(report.word("months_needed", n=months), needed)
    return Figures(report.word("years_needed", n=number(max(needed, 1), 1)), needed)
