"""Rank mobility: how far the order of regions changed between two years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalkit.base.errors import MethodError, Problem

FEWEST = 3


@dataclass(frozen=True)
class Mobility:
    """How far an order of regions changed.

    Attributes
    ----------
    n : number of regions.
    spearman : rank correlation of the two years: 1 the same order, −1 the reverse.
    kendall : tau-b of the two years: among pairs of regions, the share in the same order less the share in the
        reverse, corrected for ties.
    mean_rank_change : mean of the absolute changes of rank, in places.
    ranks : one row a region, who moved most first: before, after, change (places gained).
    """

    n: int
    spearman: float
    kendall: float
    mean_rank_change: float
    ranks: pd.DataFrame

    @property
    def movers(self) -> pd.DataFrame:
        """The rows of the regions that moved most: none where nobody moved, several where they tie."""
        size = self.ranks.change.abs()
        return self.ranks[(size == size.max()) & (size > 0)]


def mobility(before: pd.Series, after: pd.Series, *, higher_is_better: bool = True) -> Mobility:
    """Compare the ranks of regions in two years; the best is first, ties share the better rank (1, 2, 2, 4).

    Both Series have one value a region. Spearman's correlation takes the mean rank of ties, as is usual.

    >>> mobility(pd.Series({"a": 3, "b": 2, "c": 1}), pd.Series({"a": 2, "b": 3, "c": 1})).mean_rank_change
    0.6666666666666666

    Raises
    ------
    MethodError
        Regions are repeated, stand in one year only or have no finite value; all values of a year are equal; fewer
        than 3 regions.
    """
    _check(before, after)
    values = pd.DataFrame({"before": before, "after": after.reindex(before.index)}).astype(float)
    ranks = values.rank(method="min", ascending=not higher_is_better).astype(int)
    ranks["change"] = ranks.before - ranks.after
    order = ranks.change.abs().sort_values(ascending=False, kind="stable").index
    return Mobility(
        n=len(values),
        spearman=float(values.rank().corr().loc["before", "after"]),
        kendall=_tau_b(values),
        mean_rank_change=float(ranks.change.abs().mean()),
        ranks=ranks.loc[order],
    )


def _tau_b(values: pd.DataFrame) -> float:
    first, second = (np.sign(np.subtract.outer(x, x)) for x in values.to_numpy().T)
    return float((first * second).sum() / np.sqrt((first**2).sum() * (second**2).sum()))


def _check(before: pd.Series, after: pd.Series) -> None:
    both, wrong = {"before": before, "after": after}, []
    for name, values in both.items():
        repeated = values.index[values.index.duplicated()].unique()
        blank = values.index[~np.isfinite(values.to_numpy(dtype=float))]
        wrong += [Problem(f"{region} {name}", "more than one value", "one") for region in repeated]
        wrong += [Problem(f"{region} {name}", "no finite value", "a value in both years") for region in blank]
    for name, own, other in (("before", before, after), ("after", after, before)):
        alone = own.index.difference(other.index, sort=False)
        wrong += [Problem(str(region), f"a value {name} only", "a value in both years") for region in alone]
    if not wrong and len(before) < FEWEST:
        wrong.append(Problem("regions", f"{len(before)}", f"{FEWEST} at least"))
    if not wrong:
        wrong = [
            Problem(f"all regions {name}", f"{values.iloc[0]:g}", "values that differ, so that there is an order")
            for name, values in both.items()
            if (values == values.iloc[0]).all()
        ]
    if wrong:
        raise MethodError("the two years cannot be compared", wrong)
