"""The benefit of the doubt: each region under the weights that suit it best."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from evalkit.base.errors import MethodError, Problem, one_of, unit_name
from evalkit.base.exact import at_least, at_most, below

Limits = Mapping[str, tuple[float, float]]


def benefit_of_the_doubt(scores: pd.DataFrame, limits: Limits | None = None) -> tuple[pd.Series, pd.DataFrame]:
    """Score each row by the weights most favourable to it under which no row scores above 1.

    An analysis beside the tree and no `Weighting`: every row has weights of its own, so there is no one vector that
    the tree could use. `limits` gives, by column, the least and the largest share of a row's own score that the
    column may make up (0–1); columns left out are free.

    Returns the scores (1 on the frontier) and the weights, one row each; rows with a blank stay blank and do not
    shape the frontier. By linear programming, one a row: Cherchye et al. (2007).
    Raises MethodError where scores are infinite or below 0, or 0 on a column with a least share, and where no weights
    can meet the limits: a row makes up its score from the columns in which it is above 0. A row of zeros scores 0.
    """
    shares = _limits(scores, limits or {})
    x = scores.to_numpy(dtype=float)
    known = ~np.isnan(x).any(axis=1)
    _check(scores[known], shares)
    weights = np.full(x.shape, np.nan)
    weights[known] = _weights(x[known], shares)
    found = pd.Series((weights * x).sum(axis=1), index=scores.index, name="benefit of the doubt").where(known)
    return found, pd.DataFrame(weights, index=scores.index, columns=scores.columns)


def _weights(x: np.ndarray, shares: np.ndarray) -> np.ndarray:
    from scipy.optimize import linprog  # only where it is needed: scipy takes longer to import than the rest

    low, high = shares[:, :1], shares[:, 1:]
    eye, found = np.eye(x.shape[1]), np.empty_like(x)
    size = x.max(axis=0)
    unit = x / np.where(size > 0, size, 1)
    for place, own in enumerate(unit):
        bounds = np.vstack([unit, (low - eye) * own, (eye - high) * own])
        limits = np.concatenate([np.ones(len(unit)), np.zeros(2 * x.shape[1])])
        found[place] = linprog(-own, A_ub=bounds, b_ub=limits, method="highs").x
    return found / np.where(size > 0, size, 1)


def _limits(scores: pd.DataFrame, limits: Limits) -> np.ndarray:
    known = list(scores.columns)
    wrong = [Problem("limits", repr(code), one_of(code, known)) for code in limits if code not in known]
    wrong += [
        Problem(str(code), f"shares from {low:g} to {high:g}", "shares from low to high, within 0 and 1")
        for code, (low, high) in limits.items()
        if not 0 <= low <= high <= 1
    ]
    shares = np.array([limits.get(code, (0.0, 1.0)) for code in known], dtype=float)
    least, largest = shares.sum(axis=0)
    if not wrong and not (at_most(least, 1) and at_least(largest, 1)):
        wrong.append(
            Problem("limits", f"sums of {least:g} and {largest:g}", "at most 1 of the least, at least 1 of the largest")
        )
    if wrong:
        raise MethodError("the limits cannot be met", wrong)
    return shares


def _check(scores: pd.DataFrame, shares: np.ndarray) -> None:
    x = scores.to_numpy()
    low = (x < 0) | np.isinf(x) | ((x == 0) & (shares[:, 0] > 0))
    wrong = [
        Problem(
            f"{scores.columns[c]} of {unit_name(scores.index[r])}",
            f"{x[r, c]:g}",
            "a finite score above 0, or 0 without a least share",
        )
        for r, c in np.argwhere(low)
    ]
    if wrong:
        raise MethodError("the benefit of the doubt needs scores of 0 or more", wrong)
    reach = np.where(x > 0, shares[:, 1], 0).sum(axis=1)
    short = (x > 0).any(axis=1) & below(reach, 1)
    wrong = [
        Problem(
            unit_name(scores.index[r]), f"{reach[r]:g} at most, from the columns above 0", "shares that can sum to 1"
        )
        for r in np.flatnonzero(short)
    ]
    if wrong:
        raise MethodError("the limits cannot be met", wrong)
