"""What each dimension of a composite adds to its inequality: the Shapley value."""

from __future__ import annotations

from math import comb

import numpy as np
import pandas as pd

from evalkit.analysis.alignment import aligned
from evalkit.analysis.inequality import check_series, check_values
from evalkit.analysis.inequality_kernels import KERNELS, NEEDS_POSITIVE, NOTHING, Measure
from evalkit.base.errors import MethodError, Problem, one_of, unit_name

MOST = 12


def shapley(parts: pd.DataFrame, weights: pd.Series | None = None, *, measure: Measure = "gini") -> pd.Series:
    """Attribute the inequality of a sum to its parts; what they are given adds up to it.

    `parts` has one row a unit and one column a dimension, in points that add up to the composite. A dimension is taken
    out by giving every unit its mean; each is given its marginal effect, averaged over all orders in which dimensions
    can be taken out (Shorrocks 2013). Below 0 for a dimension that offsets the others.

    Raises MethodError for blanks, more than 12 dimensions (2^k sums), an unknown measure, weights of other units, or a
    sum, of all parts or with some at their mean, on which the measure is not defined.
    """
    x, p = _checked(parts, weights, measure)
    count = x.shape[1]
    even = p @ x
    kept = np.array([[subset >> d & 1 for d in range(count)] for subset in range(2**count)], dtype=bool)
    sums = even.sum() + kept @ (x - even).T
    _check_sums(sums, parts.index, positive=measure in NEEDS_POSITIVE)
    found = KERNELS[measure](sums, np.broadcast_to(p, sums.shape))
    return pd.Series([_share(found, kept, d) for d in range(count)], index=parts.columns, name=measure)


def _share(found: np.ndarray, kept: np.ndarray, dimension: int) -> float:
    """Average the effect of a dimension over every set of the others, each by the number of orders that lead to it."""
    count = kept.shape[1]
    without = np.flatnonzero(~kept[:, dimension])
    orders = np.array([1 / (count * comb(count - 1, size)) for size in kept[without].sum(axis=1)])
    return float(orders @ (found[without + 2**dimension] - found[without]))


def _checked(parts: pd.DataFrame, weights: pd.Series | None, measure: str) -> tuple[np.ndarray, np.ndarray]:
    wrong = [Problem("measure", repr(measure), one_of(measure, KERNELS))] if measure not in KERNELS else []
    if not 1 <= parts.shape[1] <= MOST:
        wrong.append(Problem("dimensions", str(parts.shape[1]), f"1 to {MOST}"))
    twice = parts.columns[parts.columns.duplicated()].unique()
    wrong += [Problem(f"dimension {name}", "more than one column", "one") for name in twice]
    x = parts.apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float)
    wrong += [
        Problem(f"{parts.columns[c]} of {unit_name(parts.index[r])}", _found(parts.iloc[r, c]), "a value")
        for r, c in np.argwhere(~np.isfinite(x))
    ]
    if wrong:
        raise MethodError("the inequality cannot be attributed", wrong)
    check_series(weights=weights)
    total = pd.Series(x.sum(axis=1), parts.index)
    frame = aligned(parts=total, weights=pd.Series(1.0, parts.index) if weights is None else weights)
    check_values(total, frame.weights, positive=measure in NEEDS_POSITIVE)
    return x, (frame.weights / frame.weights.sum()).to_numpy()


def _check_sums(sums: np.ndarray, units: pd.Index, *, positive: bool) -> None:
    """Raise MethodError where a negative part, all others at their mean or above it, outweighs them."""
    slack = NOTHING * sums.max()
    low = (sums <= slack if positive else sums < -slack).any(axis=0)
    wrong = [
        Problem(unit_name(key), "a sum too low once dimensions are at their mean", "parts of 0 or more")
        for key in units[low]
    ]
    if wrong:
        raise MethodError("the inequality cannot be attributed", wrong)


def _found(part: object) -> str:
    return "a blank" if pd.isna(part) else str(part)
