"""The results on which a city is among the first of all cities, or among the last."""

from __future__ import annotations

from evalkit.index import Indicator
from evalkit.reporting.city import CityReport

RANKS = 2


def has_two_ends(report: CityReport) -> bool:
    """Whether there are so many cities that who is among the first ranks is not also among the last."""
    return len(report.study.regions) >= 2 * RANKS


def first(report: CityReport) -> list[Indicator]:
    """Every result on which the city is first or second, where cities still differ and few share the place."""
    few = report.first_n <= RANKS
    return [i for i in _at_an_end(report, "rank") if i.unscored != "saturated" and few[i.code]]


def last(report: CityReport) -> list[Indicator]:
    """Every result on which the city is last or next to last."""
    return _at_an_end(report, "from_bottom")


def _at_an_end(report: CityReport, column: str) -> list[Indicator]:
    places = report.standings[column]
    results = [indicator for indicator in report.system.indicators if _of_cities(indicator)]
    return [indicator for indicator in results if has_two_ends(report) and places[indicator.code] <= RANKS]


def _of_cities(indicator: Indicator) -> bool:
    """Whether it is a result, and one that is asked of cities where it is asked of anybody."""
    target = indicator.target
    return indicator.layer != "input" and (target is None or "city" in target.assessed)
