"""VIKOR: the compromise nearest to the ideal, an analysis beside the tree."""

from __future__ import annotations

import pandas as pd

from evalkit.base.errors import MethodError, Problem
from evalkit.base.exact import NOISE
from evalkit.scoring.scales import comparable, rescale


def vikor(scores: pd.DataFrame, weights: pd.Series, *, majority: float = 0.5) -> pd.DataFrame:
    """Give VIKOR's distances of each row from the ideal: `group` (S), `regret` (R), `compromise` (Q); less is better.

    S is the weighted sum of the shares by which a row misses the best of each column, R the largest of them; Q places
    both between their extremes and weighs S by `majority` (v). More is better in `scores`; rows with a blank stay
    blank. Where all rows have the same S or R, its part of Q is 0. Source: Opricovic & Tzeng (2004).
    Raises MethodError where a column does not vary or is infinite, or `majority` is no share.

    >>> vikor(pd.DataFrame({"a": [9, 1, 5], "b": [8, 2, 5]}), pd.Series({"a": 0.5, "b": 0.5})).compromise.tolist()
    [0.0, 1.0, 0.5]
    """
    if not 0 <= majority <= 1:
        raise MethodError("there is no such majority", [Problem("majority", f"{majority:g}", "a share from 0 to 1")])
    x = comparable(scores, "VIKOR")
    missed = (1 - rescale(x, x.min(), x.max())) * weights.reindex(x.columns)
    group, regret = missed.sum(axis=1), missed.max(axis=1)
    found = {
        "group": group,
        "regret": regret,
        "compromise": majority * _placed(group) + (1 - majority) * _placed(regret),
    }
    return pd.DataFrame(found).reindex(scores.index)


def _placed(x: pd.Series) -> pd.Series:
    spread = x.max() - x.min()
    return (x - x.min()) / spread if spread > NOISE * abs(x.max()) else x * 0.0
