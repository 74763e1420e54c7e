"""The strengths and the gaps that a mayor reads first: three of each."""

from __future__ import annotations

import pandas as pd

from evalkit.index import Indicator
from evalkit.reporting.aims import goal, unit_after
from evalkit.reporting.chapters.lagging.selection import lagging
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import assessed
from evalkit.reporting.ends import first, last
from evalkit.tabular.cells import NO_DATA, number

NAMED, SHARING = 3, 3  # results that are named of either kind; cities that may share a place that is named


def strengths(report: CityReport) -> list[str]:
    """Write the results on which the city leads; not those on which many cities share the place.

    Where it leads in none, the targets that it has met.
    """
    found = [one for one in first(report) if report.sharing[one.code] <= SHARING]
    ordered = sorted(found, key=lambda one: report.standings["rank"][one.code])
    if assessed(report) and not ordered:
        return [_met(report, code) for code in report.judged.index[report.judged.lamps == "met"][:NAMED]]
    return [
        report.word("strength", rank=int(report.standings["rank"][one.code]), **_written(report, one))
        for one in ordered[:NAMED]
    ]


def gaps(report: CityReport) -> list[str]:
    """Write the targets that lag most; without an assessment, the results on which the city is last."""
    if assessed(report):
        found = lagging(report).completion
        codes = {code: report.system.node(code) for code in found.index[:NAMED]}
        return [_target(report, code, one, found[code]) for code, one in codes.items()]
    ordered = sorted(last(report), key=lambda one: report.standings.from_bottom[one.code])
    return [
        report.word("gap_from_bottom", rank=int(report.standings.from_bottom[one.code]), **_written(report, one))
        for one in ordered[:NAMED]
    ]


def _target(report: CityReport, code: str, indicator: Indicator, completion: float) -> str:
    named = _reached(report, code, indicator)
    if pd.isna(completion):
        return report.word("gap_of_target", **named)
    return report.word("gap_completed", completion=number(completion, 1), **named)


def _met(report: CityReport, code: str) -> str:
    return report.word("strength_met", **_reached(report, code, report.system.node(code)))


def _reached(report: CityReport, code: str, indicator: Indicator) -> dict[str, object]:
    value = number(report.judged["values"][code], indicator.decimals, blank=NO_DATA)
    named = {"name": report.target_name(code), "value": value, "unit": unit_after(report, indicator)}
    return named | {"goal": goal(report, indicator)}


def _written(report: CityReport, indicator: Indicator) -> dict[str, object]:
    then, name = int(report.standings.as_of[indicator.code]), report.node(indicator.code)
    return {
        "name": name if then == report.year else report.word("name_of_year", name=name, then=then),
        "value": report.printed(indicator, then, blank=NO_DATA),
        "unit": unit_after(report, indicator),
    }
