"""What each dimension of a composite adds to its inequality: the Shapley value."""

from __future__ import annotations

from math import comb

import numpy as np
import pandas as pd

from evalkit.analysis import dispersion
from evalkit.analysis.alignment import told
from evalkit.analysis.dispersion import KERNELS, Measure
from evalkit.analysis.inequality import check_values
from evalkit.errors import MethodError, Offence, one_of

MOST = 12


def shapley(parts: pd.DataFrame, weights: pd.Series | None = None, *, measure: Measure = "gini") -> pd.Series:
    """Attribute the inequality of a sum to its parts; what they are given adds up to it.

    `parts` has one row a unit and one column a dimension, in points that add up to the composite. A dimension is taken
    out by giving every unit its mean; each is given its marginal effect, averaged over all orders in which dimensions
    can be taken out (Shorrocks 2013). Below 0 for a dimension that offsets the others.

    Raises MethodError for blanks, more than 12 dimensions (2^k sums), an unknown measure, or a sum on which the measure
    is not defined.
    """
    x, p = _checked(parts, weights, measure)
    count = x.shape[1]
    even = p @ x
    kept = np.array([[subset >> d & 1 for d in range(count)] for subset in range(2**count)], dtype=bool)
    sums = np.where(kept[:, None, :], x, even).sum(axis=-1)
    found = KERNELS[measure](sums, np.broadcast_to(p, sums.shape))
    return pd.Series([_share(found, kept, d) for d in range(count)], index=parts.columns, name=measure)


def _share(found: np.ndarray, kept: np.ndarray, dimension: int) -> float:
    """Average the effect of a dimension over every set of the others, each by the number of orders that lead to it."""
    count = kept.shape[1]
    without = np.flatnonzero(~kept[:, dimension])
    orders = np.array([1 / (count * comb(count - 1, size)) for size in kept[without].sum(axis=1)])
    return float(orders @ (found[without + 2**dimension] - found[without]))


def _checked(parts: pd.DataFrame, weights: pd.Series | None, measure: str) -> tuple[np.ndarray, np.ndarray]:
    wrong = [Offence("measure", repr(measure), one_of(measure, KERNELS))] if measure not in KERNELS else []
    if not 1 <= parts.shape[1] <= MOST:
        wrong.append(Offence("dimensions", str(parts.shape[1]), f"1 to {MOST}"))
    wrong += [
        Offence(f"{column} of {told(key)}", "a blank", "a value")
        for column in parts
        for key in parts.index[parts[column].isna()]
    ]
    if wrong:
        raise MethodError("the inequality cannot be attributed", wrong)
    given = pd.Series(1.0, parts.index) if weights is None else weights.reindex(parts.index)
    check_values(parts.sum(axis=1), given, positive=measure in dispersion.NEEDS_POSITIVE)
    return parts.to_numpy(dtype=float), (given / given.sum()).to_numpy()
