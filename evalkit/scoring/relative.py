"""Relative scales: each value held against the others, over the whole panel or within its year.

They move with the sample, so they are for comparison only. The kernels take arrays of shape (rows, indicators) on
which more is better, and leave a blank blank.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar, Literal

import numpy as np
import pandas as pd
from pydantic import Field

from evalkit.base.model import DeclaredModel
from evalkit.index import IndexSystem
from evalkit.scoring.scales import Scale, framed, refuse, rescale, samples, upward, varies, without_noise

Over = Literal["panel", "year"]


def between_extremes(x: np.ndarray) -> np.ndarray:
    """Place each value between its column's lowest (0) and highest (1).

    >>> between_extremes(np.array([3.0, 7.0, 5.0])).tolist()
    [0.0, 1.0, 0.5]
    """
    return rescale(x, np.nanmin(x, axis=0), np.nanmax(x, axis=0))


def standardised(x: np.ndarray, *, ddof: int = 1) -> np.ndarray:
    """Give z-scores by column: mean 0, standard deviation 1, which divides by n − `ddof`.

    >>> standardised(np.array([1.0, 2.0, 3.0])).tolist()
    [-1.0, 0.0, 1.0]
    """
    return (x - np.nanmean(x, axis=0)) / np.nanstd(x, axis=0, ddof=ddof)


def rank_shares(x: np.ndarray) -> np.ndarray:
    """Give `(r − 1) / (n − 1)` by column, r the rank from the lowest up; ties share their mean rank.

    >>> rank_shares(np.array([5.0, 9.0, 9.0])).tolist()
    [0.0, 0.75, 0.75]
    """
    return (_ranks(x) - 1) / ((~np.isnan(x)).sum(axis=0) - 1)


def percentile_ranks(x: np.ndarray) -> np.ndarray:
    """Give the share of the column's values that are lower, and half of those that are equal: never 0 or 1.

    >>> percentile_ranks(np.array([5.0, 9.0])).tolist()
    [0.25, 0.75]
    """
    return (_ranks(x) - 0.5) / (~np.isnan(x)).sum(axis=0)


def shares_of_others(x: np.ndarray) -> np.ndarray:
    """Give the share of the column's other values that are lower: 0 for the lowest, 1 for the highest if it is alone.

    >>> shares_of_others(np.array([5.0, 9.0, 9.0])).tolist()
    [0.0, 0.5, 0.5]
    """
    return (_ranks(x, "min") - 1) / ((~np.isnan(x)).sum(axis=0) - 1)


class MinMax(Scale):
    """The sample's own extremes at the two ends of the range: by default worst 0, best 100."""

    kind: Literal["min_max"] = "min_max"
    over: Over = "panel"

    def __call__(self, values: pd.DataFrame, system: IndexSystem) -> pd.DataFrame:
        """Give scores by sample. Raises MethodError where an indicator does not vary."""
        shares = _by_sample(values, system, self.over, between_extremes, "min–max needs")
        return self._points(shares, values, system)


class ZScore(DeclaredModel):
    """Standard deviations from the sample's mean, as points: by default mean 50, standard deviation 10.

    The standard deviation divides by n − `ddof`: 1 for that of a sample, 0 for that of units that are all there are.
    The scale has no ends, so a cap does not touch it.
    """

    kind: Literal["z_score"] = "z_score"
    mean: float = 50
    sd: float = Field(default=10, gt=0)
    ddof: Literal[0, 1] = 1
    over: Over = "panel"
    bounds: ClassVar[tuple[float, float]] = (-np.inf, np.inf)

    @property
    def span(self) -> float:
        """How wide the scale is taken to be: five standard deviations either side of the mean."""
        return 10 * self.sd

    def __call__(self, values: pd.DataFrame, system: IndexSystem) -> pd.DataFrame:
        """Give scores by sample. Raises MethodError where an indicator does not vary."""
        z = _by_sample(values, system, self.over, partial(standardised, ddof=self.ddof), "z-scores need")
        return framed(self.mean + self.sd * z, values, system)


class Rank(Scale):
    """The rank in the sample: the lowest at the low end of the range, the highest at the high end, evenly between."""

    kind: Literal["rank"] = "rank"
    over: Over = "panel"

    def __call__(self, values: pd.DataFrame, system: IndexSystem) -> pd.DataFrame:
        """Give scores by sample. Raises MethodError where an indicator does not vary."""
        return self._points(_by_sample(values, system, self.over, rank_shares, "ranks need"), values, system)


class PercentileRank(Scale):
    """The share of the sample that is worse, by one of two definitions that go by the same name.

    `mid`: and half of what is equal, the value itself among them. `of_others`: among the other values,
    `(r − 1)/(n − 1)` with ties at the lower rank, so that the worst is at the low end (`n_prank` in COINr).
    """

    kind: Literal["percentile_rank"] = "percentile_rank"
    over: Over = "panel"
    definition: Literal["mid", "of_others"] = "mid"

    def __call__(self, values: pd.DataFrame, system: IndexSystem) -> pd.DataFrame:
        """Give scores by sample. Raises MethodError where an indicator does not vary."""
        kernel = percentile_ranks if self.definition == "mid" else shares_of_others
        shares = _by_sample(values, system, self.over, kernel, "percentile ranks need")
        return self._points(shares, values, system)


def _ranks(x: np.ndarray, ties: Literal["average", "min"] = "average") -> np.ndarray:
    columns = pd.DataFrame(without_noise(x)).rank(method=ties).to_numpy()
    return columns[:, 0] if x.ndim == 1 else columns


def _by_sample(
    values: pd.DataFrame, system: IndexSystem, over: Over, kernel: Callable[[np.ndarray], np.ndarray], need: str
) -> np.ndarray:
    x, shares = upward(values, system), np.full((len(values), len(system.scored)), np.nan)
    parts = dict(samples(values.index, over))
    _refuse_constant(x, parts, values, system, need)
    for rows in parts.values():
        shares[rows] = kernel(x[rows])
    return shares


def _refuse_constant(x: np.ndarray, parts: dict, values: pd.DataFrame, system: IndexSystem, need: str) -> None:
    regions = values.index.unique("region")
    if len(regions) == 1 and len(values) == len(parts):
        refuse(f"{need} regions to compare", [("the panel", f"{regions[0]} only")], "two at least, or goalposts")
    wrong = []
    for name, rows in parts.items():
        for indicator, column in zip(system.scored, x[rows].T, strict=True):
            if not varies(column):
                where = f"{indicator.code} in {name}" if name else indicator.code
                wrong.append((where, "no value" if np.isnan(column).all() else "one value only"))
    refuse(f"{need} values that vary", wrong, "two at least, a scale of goalposts, or an indicator left out")
