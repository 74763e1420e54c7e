"""Unusual figures: each tested against others of its kind, with the number of flags that chance alone would give."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from evalkit.base.exact import at_least
from evalkit.data.plausibility import Centre, Tails, centre, chance_of_flag, cutoff, same_by_chance

TAIL = 1.4142135623730951  # √2, for the normal distribution by the error function


@dataclass(frozen=True)
class Tested:
    """Values in rows, each held against its row: a median, and a robust spread.

    Of a row with fewer known values than `least`, or without a spread, nothing is tested. `chance` is the probability
    of a false flag where the row is normal; a flag also needs to be `apart` from the median, in the unit of the values.
    `spreads` are robust spreads of rows that are known from more than the row, where they are: those of few values are
    too unsure to say how often chance is `apart`.
    """

    rows: np.ndarray
    chance: float
    apart: float
    least: int
    spreads: np.ndarray | None = None

    @cached_property
    def centre(self) -> Centre:
        """Median, robust spread and number of each row."""
        return centre(self.rows)

    @cached_property
    def off(self) -> np.ndarray:
        """By how much each value is off its row's median; blank where it is not tested."""
        return np.where(self._testable[:, None], self.rows - self.centre.middle[:, None], np.nan)

    @cached_property
    def z(self) -> np.ndarray:
        """Robust z of each value; blank where it is not tested."""
        return self.off / np.where(self._testable, self.centre.spread, np.nan)[:, None]

    @cached_property
    def bound(self) -> np.ndarray:
        """The size of z, row by row, that chance exceeds with the declared probability."""
        return cutoff(self.centre.n, self.chance)

    @cached_property
    def flagged(self) -> np.ndarray:
        """Which values are out of line."""
        return np.isfinite(self.z) & at_least(np.abs(self.z), self._needed[:, None])

    @property
    def tested(self) -> int:
        """How many values are tested."""
        return int(np.isfinite(self.z).sum())

    def expected(self, tails: Tails = "normal") -> float:
        """Give how many flags chance alone would give, in rows of such medians and spreads with nothing wrong."""
        rows = self._testable
        cells, n = np.isfinite(self.z).sum(axis=1)[rows], self.centre.n[rows]
        spreads = self.centre.spread if self.spreads is None else np.fmax(self.spreads, 0.0)
        with np.errstate(divide="ignore"):
            apart = self.apart / spreads[rows]
        return float((cells * chance_of_flag(n, self.chance, np.where(apart > 0, apart, 0.0), tails)).sum())

    @property
    def _testable(self) -> np.ndarray:
        return (self.centre.n >= self.least) & (self.centre.spread > 0)

    @cached_property
    def _needed(self) -> np.ndarray:
        """The size of z that a flag needs: the bound, or more where the row is so tight that this is not `apart`."""
        return np.maximum(self.bound, self.apart / np.where(self._testable, self.centre.spread, np.nan))


def changes(values: np.ndarray) -> np.ndarray:
    """Give the change of the logarithm from each figure (last axis) to the next; blank where one is not above 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(values > 0, np.log(values), np.nan)
    return np.diff(logs, axis=-1)


def moved_together(changed: np.ndarray, *, least: int) -> np.ndarray:
    """Give the probability of each year's changes being so far from the regions' own medians by chance alone.

    `changed` is region × year. In every region whose years are all known the years are ranked by how far the change is
    from the region's median; where no year differs from the others, each year's mean rank is (T + 1)/2 with the
    variance (T² − 1)/12n, and is about normal (as in Friedman's test, 1937). So a series shows that was counted
    otherwise from a year on, in all regions at once. Blank with fewer than `least` regions or 4 changes.
    """
    whole = changed[np.isfinite(changed).all(axis=1)] if changed.size else changed
    n, years = whole.shape
    if n < least or years < 4:
        return np.full(changed.shape[1], np.nan)
    distance = np.abs(whole - np.median(whole, axis=1, keepdims=True))
    nearer, as_near = (f(distance[:, None, :], distance[:, :, None]).sum(axis=2) for f in (np.less, np.less_equal))
    ranks = (nearer + as_near + 1) / 2  # of those that are as far the mean rank
    z = (ranks.mean(axis=0) - (years + 1) / 2) / np.sqrt((years**2 - 1) / (12 * n))
    return _upper_tail(z)


def _upper_tail(z: np.ndarray) -> np.ndarray:
    """Give the probability above z of the standard normal distribution."""
    from math import erfc

    return np.array([erfc(one / TAIL) / 2 for one in z])


@dataclass(frozen=True)
class Repeated:
    """Figures that are the same as another to the last printed digit, and how often chance alone does so."""

    same: np.ndarray
    chance: np.ndarray
    at_most: float

    @property
    def flagged(self) -> np.ndarray:
        """The figures that are the same although chance seldom does it."""
        return self.same & self._judged

    @property
    def tested(self) -> int:
        """How many figures would be flagged if they were the same."""
        return int(self._judged.sum())

    @property
    def expected(self) -> float:
        """How many of those chance would make the same."""
        return float(self.chance[self._judged].sum())

    @property
    def _judged(self) -> np.ndarray:
        with np.errstate(invalid="ignore"):
            return self.chance <= self.at_most


def repeated_in_time(values: np.ndarray, step: np.ndarray, *, at_most: float) -> Repeated:
    """Hold every figure of a variable against the one before: `values` is region × year, `step` one unit a year.

    The chance of a repeat rests on how much the figures of the variable move, in all regions and years.
    """
    moved = changes(values)
    found = centre(moved.reshape(1, -1))
    unit = np.broadcast_to(np.maximum(step[1:], step[:-1]), moved.shape)
    chance = same_by_chance(values[:, 1:], unit, found.middle[0], found.spread[0])
    return Repeated((moved == 0) & np.isfinite(moved), np.where(np.isfinite(moved), chance, np.nan), at_most)


def repeated_among(values: np.ndarray, step: float, *, at_most: float) -> Repeated:
    """Hold the figures of all regions in one year against each other.

    The chance of one being the same as that of some other region is at most that of one pair times the others.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(values > 0, np.log(values), np.nan)
    found = centre(logs[None, :])
    spread = found.spread[0] * np.sqrt(2)  # of the difference of two
    one = same_by_chance(values, np.full(values.shape, step), 0.0, spread)
    chance = np.where(np.isfinite(logs), one * max(found.n[0] - 1, 0), np.nan)
    ordered, times = np.unique(values, return_counts=True)
    again = times[np.searchsorted(ordered, values).clip(0, len(ordered) - 1)] > 1
    return Repeated(again & np.isfinite(logs), chance, at_most)
