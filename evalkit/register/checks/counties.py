"""The rule that holds the figures of counties against that of their city."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from pydantic import Field

from evalkit.base.exact import NOISE
from evalkit.data.metadata import Variable
from evalkit.data.regions import in_year
from evalkit.register.checks.check import Check
from evalkit.register.checks.figures import Figures
from evalkit.register.checks.known import UNKNOWN
from evalkit.register.checks.saying import shown
from evalkit.register.remarks import Remark


class Beside(NamedTuple):
    """A city's figures, and what its counties' come to: how many are known, whether all, their sum and their ends."""

    city: np.ndarray
    n: np.ndarray
    whole: np.ndarray
    added: np.ndarray
    low: np.ndarray
    high: np.ndarray


class CountiesCheck(Check):
    """What is counted in the counties of a city adds up to what the city says; its rates lie between theirs.

    Where figures of counties are not known, the others are at most the city's. The `tolerance` is a share of the
    city's figure.
    """

    kind: Literal["counties"] = "counties"
    tolerance: float = Field(default=0.001, ge=0)

    def judge(self, figures: Figures) -> Iterator[Remark]:
        """Remark on figures of cities that those of their counties contradict."""
        rows, cities = _one_a_city(figures, self.valued(figures) & figures.is_region)
        beside = _beside(figures, rows, cities)
        for way, wrong in self._wrong(beside, [figures.about(row) for row in rows]).items():
            for place in np.flatnonzero(wrong & (beside.n > 0)):
                told = {name: shown(of[place]) for name, of in beside._asdict().items()}
                yield self.remark(figures, rows[place], way=way, **told)

    def _wrong(self, beside: Beside, variables: list[Variable]) -> dict[str, np.ndarray]:
        """Say by the way in which they are wrong which figures of cities are."""
        city, added, whole = beside.city, beside.added, beside.whole
        slack = self.tolerance * np.abs(city) + NOISE * np.maximum(1.0, np.abs(city))
        kinds = [(one.is_sum, one.is_mean, one.valid[0] is not None and one.valid[0] >= 0) for one in variables]
        is_sum, is_mean, only_grows = np.array(kinds, dtype=bool).reshape(-1, 3).T
        return {
            "sum": is_sum & whole & (np.abs(added - city) > slack),
            "more": is_sum & only_grows & ~whole & (added > city + slack),
            "mean": is_mean & whole & ((city < beside.low - slack) | (city > beside.high + slack)),
        }


def _beside(figures: Figures, rows: np.ndarray, cities: np.ndarray) -> Beside:
    counties = _counties(figures, cities, figures.year[rows])
    variable, year, standing = (of[rows][:, None] for of in (figures.variable, figures.year, figures.standing))
    city = figures.known.at(figures.coding.key(variable, cities[:, None]), year, standing)[:, 0]
    keys = figures.coding.key(variable, counties)
    values = figures.known.at(keys, year, standing)
    known = ~np.isnan(values)
    whole = known | (counties == UNKNOWN) | figures.known.passed(keys, year)
    low, high = (np.where(known, values, beyond) for beyond in (np.inf, -np.inf))
    added, n = np.where(known, values, 0.0).sum(axis=1), known.sum(axis=1)
    ends = low.min(axis=1, initial=np.inf), high.max(axis=1, initial=-np.inf)
    return Beside(city, n, whole.all(axis=1), added, *ends)


def _one_a_city(figures: Figures, valued: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give one answer a city, variable, year and standing, the city's own if it is among them, and the cities."""
    regions = figures.regions
    parents = figures.coding.region(regions.parent.fillna(""))
    rows = np.flatnonzero(valued & (figures.region != UNKNOWN))
    region = figures.region[rows]
    is_city = np.isin(region, parents)
    city = np.where(is_city, region, parents[region])
    places = {"city": city, "variable": figures.variable[rows], "year": figures.year[rows]}
    table = pd.DataFrame({**places, "standing": figures.standing[rows], "row": rows, "below": ~is_city})
    table = table[table.city != UNKNOWN].sort_values("below", kind="stable")
    table = table.drop_duplicates([*places, "standing"]).sort_values("row")
    return table.row.to_numpy(), table.city.to_numpy()


def _counties(figures: Figures, cities: np.ndarray, years: np.ndarray) -> np.ndarray:
    """Give the counties of each city as they are in its year, cities × counties, filled up with −1."""
    regions = figures.regions
    parent = figures.coding.region(regions.parent.fillna(""))
    there = {year: in_year(regions, year).to_numpy() for year in np.unique(years).tolist()}
    found = {
        (city, year): np.flatnonzero((parent == city) & there[year])
        for city, year in set(zip(cities.tolist(), years.tolist(), strict=True))
    }
    table = np.full((len(cities), max(map(len, found.values()), default=0)), UNKNOWN)
    for place, key in enumerate(zip(cities.tolist(), years.tolist(), strict=True)):
        table[place, : len(found[key])] = found[key]
    return table
