"""What is weak in a city: results on which it is among the last, those that grew worse, and both at once."""

from __future__ import annotations

import pandas as pd

from evalkit.base.exact import publish
from evalkit.index import Indicator
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import assessed
from evalkit.reporting.ends import last
from evalkit.reporting.report import Report

KINDS = ("weak_both", "weak_last", "weak_worse")  # the gravest first


def weak(report: CityReport) -> dict[str, str]:
    """Give the codes of what is weak, with how: the gravest first, and of these the target that is furthest behind.

    A target that is met is no weakness, nor is what the city is not held to.
    """
    at_the_end = {indicator.code for indicator in last(report)}
    worse = {indicator.code for indicator in report.system.indicators if worsened(report, indicator)}
    kind = {(True, True): "weak_both", (True, False): "weak_last", (False, True): "weak_worse"}
    held = (one.code for one in report.system.indicators if one.code in at_the_end | worse and _open(report, one.code))
    kinds = {code: kind[code in at_the_end, code in worse] for code in held}
    return dict(sorted(kinds.items(), key=lambda one: (KINDS.index(one[1]), _completion(report, one[0]))))


def _completion(report: CityReport, code: str) -> float:
    """Give how far a target has come; of what has none, that it has come all the way."""
    known = report.judged.completion.get(code, float("nan")) if assessed(report) else float("nan")
    return 100.0 if pd.isna(known) else known


def worsened(report: CityReport, indicator: Indicator) -> bool:
    """Whether a result of the year is, as it is printed, worse than that of the year before."""
    if indicator.layer == "input" or report.previous is None or indicator.higher_is_better is None:
        return False
    now, before = (publish(report.value(indicator.code, y), indicator.decimals) for y in (report.year, report.previous))
    if pd.isna(now) or pd.isna(before):
        return False
    if indicator.target is not None:
        return not bool(indicator.aim.reaches(now, before))
    return bool(now < before if indicator.higher_is_better else now > before)


def all_worsened(report: Report, indicator: Indicator) -> pd.Series:
    """Say the same of every city at once, by code."""
    cities = report.study.regions.index
    if indicator.layer == "input" or report.previous is None or indicator.higher_is_better is None:
        return pd.Series(False, cities)
    values = report.result.panel.values[indicator.code].unstack("year").loc[cities]
    now, before = (publish(values[year].to_numpy(), indicator.decimals) for year in (report.year, report.previous))
    if indicator.target is not None:
        worse = ~indicator.aim.reaches(now, before)
    else:
        worse = now < before if indicator.higher_is_better else now > before
    return pd.Series(worse & ~pd.isna(now) & ~pd.isna(before), cities)


def _open(report: CityReport, code: str) -> bool:
    if not assessed(report) or code not in report.judged.index:
        return True
    return report.judged.lamps[code] not in ("met", "not_applicable")
