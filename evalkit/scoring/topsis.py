"""The ideal point: regions by their distance from the best and from the worst of each indicator."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalkit.base.errors import MethodError, Problem
from evalkit.scoring.scales import varies


def topsis(scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Give the closeness to the ideal, 0–1, of each row (more is better): an analysis beside the tree.

    Columns are divided by their length (vector normalisation) and weighted; closeness is the distance from the
    worst values over that and the distance from the best. Rows with a blank stay blank. Source: Hwang & Yoon (1981).
    Raises MethodError where a score is infinite, or rows do not differ.
    """
    x, w = scores.to_numpy(dtype=float), weights.reindex(scores.columns).to_numpy(dtype=float)
    known = ~np.isnan(x).any(axis=1)
    complete = x if known.all() else x[known]
    _check(scores, complete)
    found = np.full(len(x), np.nan)
    found[known] = closeness(complete, w)
    return pd.Series(found, index=scores.index, name="topsis")


def closeness(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Give the closeness to the ideal of each row of an array.

    >>> closeness(np.array([[9, 8], [1, 2], [5, 5]]), np.array([0.5, 0.5])).round(2).tolist()
    [1.0, 0.0, 0.5]
    """
    length = np.sqrt(np.einsum("rk,rk->k", x, x))
    v = x * (weights / np.where(length > 0, length, 1))
    best, worst = _length(v - v.max(axis=0)), _length(v - v.min(axis=0))
    return worst / (worst + best)


def _length(rows: np.ndarray) -> np.ndarray:
    return np.sqrt(np.einsum("rk,rk->r", rows, rows))


def _check(scores: pd.DataFrame, x: np.ndarray) -> None:
    infinite = scores.columns[np.isinf(x).any(axis=0)]
    wrong = [Problem(str(code), "an infinite score", "a finite score, or a blank") for code in infinite]
    if not wrong and (len(x) < 2 or not varies(x).any()):
        wrong = [Problem("rows without a blank", f"{len(np.unique(x, axis=0))} that differ", "2 at least")]
    if wrong:
        raise MethodError("TOPSIS needs regions to compare", wrong)
