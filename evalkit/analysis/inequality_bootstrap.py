"""How far a measure of inequality hangs on which regions there are: bootstrap intervals, and each region left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalkit.analysis import inequality_kernels
from evalkit.analysis.alignment import aligned
from evalkit.analysis.inequality import cross_section
from evalkit.analysis.inequality_kernels import KERNELS, NEEDS_POSITIVE, Measure, check_measure
from evalkit.base.errors import MethodError, Problem, one_of, unit_name

DRAWS = 1000
FEWEST = 5  # of fewer, many a draw is one region only


@dataclass(frozen=True)
class Estimate:
    """A figure with the range that `level` of the draws give; n regions."""

    value: float
    low: float
    high: float
    level: float
    n: int

    @property
    def excludes_zero(self) -> bool:
        """Tell whether 0 is outside of the interval."""
        return self.low > 0 or self.high < 0


def inequality_interval(
    values: pd.Series,
    weights: pd.Series | None = None,
    *,
    measure: Measure = "gini",
    draws: int = DRAWS,
    level: float = 0.9,
    seed: int | Sequence[int],
) -> Estimate:
    """Give a measure of one cross-section with its percentile interval over draws of regions with replacement.

    Regions that are all there are were not drawn from anything. The interval answers how much the figure depends on
    which regions there happen to be, as if these were a sample of such regions; it says nothing of errors in the data,
    and with few regions it is too narrow (Mills & Zandvakili 1997; Davidson 2009). It also lies too low: a draw
    repeats some of the n regions, so that its Gini is on average (n − 1)/n of the figure or so, and the figure may
    stand near the upper end (Deltas 2003). It is not corrected for that.

    Raises MethodError as the measure does, for fewer than 5 regions, and where a draw may hold nothing but zeros.
    """
    x, w = cross_section(values, weights, positive=measure in NEEDS_POSITIVE)
    drawn = _drawn(len(x), draws, level, measure, seed)
    return _interval(_measured(x, w, measure), _measured(x, w, measure, drawn), level, len(x))


def change_interval(
    before: pd.DataFrame,
    after: pd.DataFrame,
    *,
    measure: Measure = "gini",
    draws: int = DRAWS,
    level: float = 0.9,
    seed: int | Sequence[int],
) -> Estimate:
    """Give the change of a measure with its interval; every draw takes the same regions in both years.

    Two intervals of one seed rest on the same draws of regions; a seed of several numbers gives each its own.

    Each frame has one row a region and the columns `values` and, unless regions count alike, `weights` (people).
    """
    check_measure(measure)
    _check_columns(before=before, after=after)
    positive = measure in NEEDS_POSITIVE
    first, last = (cross_section(frame["values"], frame.get("weights"), positive=positive) for frame in (before, after))
    aligned(before=first[0], after=last[0])
    last = tuple(series.reindex(first[0].index) for series in last)
    drawn = _drawn(len(first[0]), draws, level, measure, seed)
    value = _measured(*last, measure) - _measured(*first, measure)
    return _interval(value, _measured(*last, measure, drawn) - _measured(*first, measure, drawn), level, len(first[0]))


def without_each(values: pd.Series, weights: pd.Series | None = None, *, measure: Measure = "gini") -> pd.Series:
    """Give a measure of one cross-section without each region in turn, by that region."""
    check_measure(measure)
    x, w = cross_section(values, weights, positive=measure in NEEDS_POSITIVE)
    count = len(x)
    if count < 3:
        raise MethodError("one region of two cannot be left out", [Problem("regions", str(count), "three at least")])
    if (x > 0).sum() == 1:
        wrong = Problem(f"all but {x.idxmax()}", "0", "two values above 0 at least")
        raise MethodError("the only region above 0 cannot be left out", [wrong])
    others = np.array([[place for place in range(count) if place != left] for left in range(count)])
    return pd.Series(_measured(x, w, measure, others), index=x.index, name=measure)


def _drawn(count: int, draws: int, level: float, measure: str, seed: int | Sequence[int]) -> np.ndarray:
    wrong = [Problem("measure", repr(measure), one_of(measure, KERNELS))] if measure not in KERNELS else []
    wrong += [Problem("draws", str(draws), "100 at least")] if draws < 100 else []
    wrong += [Problem("regions", str(count), f"{FEWEST} at least")] if count < FEWEST else []
    wrong += [] if 0 < level < 1 else [Problem("level", f"{level:g}", "within 0 and 1")]
    if wrong:
        raise MethodError("there is no such interval", wrong)
    return np.random.default_rng(seed).integers(count, size=(draws, count))


def _check_columns(**frames: pd.DataFrame) -> None:
    wrong = [
        Problem(name, f"a {type(f).__name__} without `values`", "a DataFrame with `values` and `weights`")
        for name, f in frames.items()
        if not isinstance(f, pd.DataFrame) or "values" not in f
    ]
    if wrong:
        raise MethodError("the two years cannot be compared", wrong)


def _measured(x: pd.Series, w: pd.Series, measure: Measure, drawn: np.ndarray | None = None) -> np.ndarray:
    """Measure the regions of each draw, or all of them once."""
    places = np.arange(len(x))[None] if drawn is None else drawn
    empty = (x.to_numpy()[places] == 0).all(axis=1)
    if empty.any():
        wrong = [Problem(unit_name(key), "0", "a value above 0, or another statement") for key in x.index[x == 0]]
        raise MethodError(f"{empty.sum()} of {len(places)} draws hold nothing but zeros", wrong)
    return KERNELS[measure](*inequality_kernels.shares(x.to_numpy()[places], w.to_numpy()[places]))


def _interval(value: np.ndarray, drawn: np.ndarray, level: float, n: int) -> Estimate:
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Estimate(float(value[0]), float(low), float(high), level, n)
