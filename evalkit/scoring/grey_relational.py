"""Grey relational grades: likeness to the ideal, an analysis beside the tree."""

from __future__ import annotations

import pandas as pd

from evalkit.base.errors import MethodError, Problem
from evalkit.scoring.scales import comparable, rescale


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
        wrong = [Problem("distinguishing", f"{distinguishing:g}", "above 0 and at most 1")]
        raise MethodError("there is no such coefficient", wrong)
    x = comparable(scores, "a grey relational grade")
    off = 1 - rescale(x, x.min(), x.max())
    grades = (distinguishing / (off + distinguishing) * weights.reindex(x.columns)).sum(axis=1)
    return grades.reindex(scores.index).rename("grey relational grade")
