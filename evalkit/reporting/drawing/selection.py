"""Which cities a figure shows one by one, where they are too many for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from evalkit.reporting.report import Report

MANY = 24  # cities that a figure shows one by one, as high as a landscape page
ENDS = 10  # of either end, where there are more
TIED = 3  # cities that are named on one rank
GAP = "┊"


@dataclass(frozen=True)
class Rows:
    """The rows of a figure in order: the cities that it shows, None for those left out; `total` cities in all."""

    cities: tuple[str | None, ...]
    total: int

    @property
    def shown(self) -> list[str]:
        """The cities that are shown."""
        return [city for city in self.cities if city is not None]

    @property
    def places(self) -> list[int]:
        """The places of the cities that are shown."""
        return [place for place, city in enumerate(self.cities) if city is not None]

    def names(self, report: Report) -> list[str]:
        """Name every row."""
        return [GAP if city is None else report.region(city) for city in self.cities]

    def note(self, report: Report) -> str:
        """Say that others are left out; nothing where none is."""
        return report.word("figure_ends", total=self.total, n=ENDS, gap=GAP) if None in self.cities else ""


def ends(order: Sequence[str], own: str | None = None) -> Rows:
    """Take all cities, or of too many the first and the last, with a gap between them, and the own one in it."""
    cities = tuple(order)
    if len(cities) <= MANY:
        return Rows(cities, len(cities))
    within = (own, None) if own in cities[ENDS:-ENDS] else ()
    return Rows((*cities[:ENDS], None, *within, *cities[-ENDS:]), len(cities))


def tied(report: Report, ranks: pd.Series, own: str | None = None) -> dict[float, str]:
    """Name the cities of every rank, or of too many that share it the first of them, the own one among these."""
    names = {}
    for rank, same in ranks.groupby(ranks):
        cities = sorted(same.index, key=lambda city: city != own)
        named = report.listed(map(report.region, cities if len(cities) <= TIED else cities[: TIED - 1]))
        names[rank] = named if len(cities) <= TIED else report.word("and_others", names=named, n=len(cities))
    return names


def rank_ticks(axis, cities: int) -> None:
    """Mark every rank of an axis, or every tenth or so of too many."""
    step = 10 * -(-cities // 100)
    axis.set_ticks(range(1, cities + 1) if cities <= MANY else [1, *range(step, cities + 1, step)])
