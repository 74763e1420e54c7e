"""Concentration: whether a service goes to the better-off or to the worse-off."""

from __future__ import annotations

import pandas as pd

from evalkit.analysis.alignment import aligned
from evalkit.analysis.inequality import Values, cross_section
from evalkit.base.errors import MethodError, Problem, unit_name


def concentration_index(values: Values, standing: Values, weights: Values | None = None) -> float:
    """Give the concentration index of values over the order of `standing` (income, say), from −1 to 1.

    Above 0 where the better-off have more, below 0 where the worse-off have, 0 also where a curve crosses the
    diagonal and both cancel. `2/μ Σ p x R − 1` with R the share of people below, and half of one's own; units of the
    same standing share one R. Ordered by the values themselves it is the Gini coefficient. Values of 0 or more with a
    true zero: of a bounded value, the index of what is missing is another one (Erreygers 2009).
    Raises MethodError as `gini` does.

    >>> round(concentration_index([4, 3, 2, 1], standing=[1, 2, 3, 4]), 4)
    -0.25
    """
    x, w = cross_section(values, weights)
    s = _standing(x, standing)
    p = w / w.sum()
    own = p.groupby(s).sum()
    rank = (own.cumsum() - own / 2).reindex(s).to_numpy()
    return float(2 * (p * x * rank).sum() / (p * x).sum() - 1)


def _standing(x: pd.Series, standing: Values) -> pd.Series:
    if not isinstance(standing, pd.Series) and len(standing) != len(x):
        raise MethodError("standing must match", [Problem("standing", f"{len(standing)}", f"{len(x)}, as the values")])
    given = standing if isinstance(standing, pd.Series) else pd.Series(standing, x.index)
    s = aligned(values=x, standing=given)["standing"]
    if s.isna().any():
        wrong = [Problem(unit_name(unit), "no standing", "one") for unit in s.index[s.isna()]]
        raise MethodError("some units have no standing", wrong)
    return s
