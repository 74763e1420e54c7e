"""Compromise and likeness to the ideal: VIKOR and grey relational grades, two analyses beside the tree."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalkit.errors import MethodError, Offence
from evalkit.exact import NOISE
from evalkit.scoring.scales import rescale, varies


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
        raise MethodError("there is no such majority", [Offence("majority", f"{majority:g}", "a share from 0 to 1")])
    x = _complete(scores, "VIKOR")
    missed = (1 - rescale(x, x.min(), x.max())) * weights.reindex(x.columns)
    group, regret = missed.sum(axis=1), missed.max(axis=1)
    found = {
        "group": group,
        "regret": regret,
        "compromise": majority * _placed(group) + (1 - majority) * _placed(regret),
    }
    return pd.DataFrame(found).reindex(scores.index)


def grey_relational_grade(scores: pd.DataFrame, weights: pd.Series, *, distinguishing: float = 0.5) -> pd.Series:
    """Give how like each row is to the ideal of all columns' best values: up to 1, more is better.

    Values are placed between the extremes of their columns; with Δ what a value misses the best by, its coefficient is
    `(Δmin + ζ Δmax)/(Δ + ζ Δmax)`, ζ being `distinguishing`, and the grade their weighted mean. Here Δmin is 0 and
    Δmax 1. Rows with a blank stay blank. Source: Deng (1982).
    Raises MethodError where a column does not vary or is infinite, or ζ is not above 0 and at most 1.

    >>> grey_relational_grade(pd.DataFrame({"a": [1, 0], "b": [0, 1]}), pd.Series({"a": 0.5, "b": 0.5})).tolist()
    [0.6666666666666666, 0.6666666666666666]
    """
    if not 0 < distinguishing <= 1:
        wrong = [Offence("distinguishing", f"{distinguishing:g}", "above 0 and at most 1")]
        raise MethodError("there is no such coefficient", wrong)
    x = _complete(scores, "a grey relational grade")
    off = 1 - rescale(x, x.min(), x.max())
    grades = (distinguishing / (off + distinguishing) * weights.reindex(x.columns)).sum(axis=1)
    return grades.reindex(scores.index).rename("grey relational grade")


def _placed(x: pd.Series) -> pd.Series:
    spread = x.max() - x.min()
    return (x - x.min()) / spread if spread > NOISE * abs(x.max()) else x * 0.0


def _complete(scores: pd.DataFrame, what: str) -> pd.DataFrame:
    rows = scores.dropna().astype(float)
    infinite = np.isinf(rows).any()
    flat = ~infinite if len(rows) < 2 else ~infinite & ~varies(rows.to_numpy())
    wrong = [Offence(str(code), "an infinite score", "a finite score, or a blank") for code in rows.columns[infinite]]
    wrong += [
        Offence(str(code), "one value only", "rows that differ, or the column left out") for code in rows.columns[flat]
    ]
    if wrong:
        raise MethodError(f"{what} needs columns that vary", wrong)
    return rows
