"""DeclaredModel ranges and classes, for indicators on which more is better only up to a point, or only by steps.

Both are declared for single indicators, by code; the others are scored on their goalposts, over the same range.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Self

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from evalkit.base.errors import one_of
from evalkit.base.exact import above, at_least
from evalkit.base.fields import Code
from evalkit.base.model import DeclaredModel
from evalkit.index import IndexSystem
from evalkit.scoring.scales import Scale, goalpost_shares, refuse


def plateau(x, low_bound: float, low: float, high: float, high_bound: float):
    """Give 1 from `low` to `high`, falling linearly to 0 at the permitted bounds, and 0 beyond them.

    >>> plateau(np.array([8.0, 12.0, 15.0, 19.0, 30.0]), 10, 14, 18, 20).tolist()
    [0.0, 0.5, 1.0, 0.5, 0.0]
    """
    return np.interp(x, [low_bound, low, high, high_bound], [0, 1, 1, 0])


def steps(x, thresholds: tuple[float, ...], points: tuple[float, ...]):
    """Give the points of the class in which each value falls; a threshold belongs to the class with more points.

    `points` are those below the first threshold, between the first and the second, and so on: one more.

    >>> steps(np.array([1.0, 5.0, 9.0]), (5, 8), (0, 60, 100)).tolist()
    [0.0, 60.0, 100.0]
    """
    reached = at_least if points[-1] > points[0] else above
    place = reached(np.asarray(x)[..., None], np.array(thresholds)).sum(axis=-1)
    return np.where(np.isnan(x), np.nan, np.array(points, dtype=float)[place])


class Permitted(DeclaredModel):
    """Full marks from `low` to `high`, none at or beyond `low_bound` and `high_bound`."""

    low_bound: float
    low: float
    high: float
    high_bound: float

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low_bound < self.low <= self.high < self.high_bound:
            raise ValueError("low_bound < low <= high < high_bound")
        return self


class Steps(DeclaredModel):
    """Points by class: `thresholds` rise, and `points` (one more) all rise or all fall."""

    thresholds: tuple[float, ...] = Field(min_length=1)
    points: tuple[float, ...]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if len(self.points) != len(self.thresholds) + 1:
            raise ValueError(f"{len(self.thresholds) + 1} points, one more than thresholds, not {len(self.points)}")
        if np.any(np.diff(self.thresholds) <= 0):
            raise ValueError("thresholds that rise")
        change = np.diff(self.points)
        if not ((change > 0).all() or (change < 0).all()):
            raise ValueError("points that all rise or all fall")
        return self


class Interval(Scale):
    """Full marks inside a range, falling linearly to the low end of the scale at the permitted bounds."""

    kind: Literal["interval"] = "interval"
    indicators: dict[Code, Permitted] = Field(min_length=1)

    def __call__(self, values: pd.DataFrame, system: IndexSystem) -> pd.DataFrame:
        """Give scores; goalposts' are uncapped. Raises MethodError where a code is no scored indicator's."""
        _refuse_unknown(self.indicators, system, "an interval")
        scores = self._points(goalpost_shares(values, system, beside=self.indicators), values, system)
        for code, ends in self.indicators.items():
            share = plateau(values[code].to_numpy(dtype=float), **dict(ends))
            scores[code] = self.range[0] + (self.range[1] - self.range[0]) * share
        return scores


class Categorical(Scale):
    """Points by class, between declared thresholds; a threshold belongs to the better class."""

    kind: Literal["categorical"] = "categorical"
    indicators: dict[Code, Steps] = Field(min_length=1)

    @model_validator(mode="after")
    def _within_range(self) -> Self:
        low, high = self.range
        wrong = [code for code, s in self.indicators.items() if min(s.points) < low or max(s.points) > high]
        if wrong:
            raise ValueError(f"points from {low:g} to {high:g} for {', '.join(wrong)}")
        return self

    def __call__(self, values: pd.DataFrame, system: IndexSystem) -> pd.DataFrame:
        """Give scores; goalposts' are uncapped.

        Raises MethodError where a code is no scored indicator's, or its points run against its goalposts.
        """
        _refuse_unknown(self.indicators, system, "a class")
        rising = {code: s.points[-1] > s.points[0] for code, s in self.indicators.items()}
        against = [
            (i.code, f"goalposts {_way(i.higher_is_better)}, points {_way(rising[i.code])}")
            for i in system.scored
            if i.code in rising and rising[i.code] != i.higher_is_better
        ]
        refuse("the points of a class run against the goalposts", against, "one direction for both")
        scores = self._points(goalpost_shares(values, system, beside=self.indicators), values, system)
        for code, declared in self.indicators.items():
            scores[code] = steps(values[code].to_numpy(dtype=float), declared.thresholds, declared.points)
        return scores


def _way(rises: bool) -> str:
    return "rising" if rises else "falling"


def _refuse_unknown(codes: Iterable[str], system: IndexSystem, what: str) -> None:
    known = [i.code for i in system.scored]
    for code in codes:
        if code not in known:
            refuse(f"{what} is declared for no scored indicator", [("indicators", repr(code))], one_of(code, known))
