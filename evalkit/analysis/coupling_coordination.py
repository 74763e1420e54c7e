"""Coupling coordination: how evenly a region's systems score, and how high."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalkit.base.errors import MethodError, Problem
from evalkit.scoring.scales import refuse


def coupling_coordination(scores: pd.DataFrame, weights: pd.Series | None = None) -> pd.DataFrame:
    """Give the coupling coordination degree (耦合协调度) of each row: an analysis beside the tree.

    `scores` has one column a system, on a scale from 0 to 1 with a zero of its own; `weights` sum to 1 (alike by
    default). Returns `coupling`, the geometric over the arithmetic mean (1 where all systems score alike),
    `level`, the weighted mean, and `coordination`, the root of their product. Rows with a blank stay blank.

    Coupling is evenness and no influence of one system on another: it is 1 where all are equally bad. With two
    systems of equal weight coordination is the root of their geometric mean, and so says nothing that this does not.
    Raises MethodError for scores outside of 0 and 1, fewer than two systems, and weights that do not fit.

    >>> coupling_coordination(pd.DataFrame({"town": [0.9], "country": [0.4]})).round(4).iloc[0].tolist()
    [0.9231, 0.65, 0.7746]
    """
    w = pd.Series(1 / len(scores.columns), scores.columns) if weights is None else weights
    _check(scores, w)
    level, mean = (scores * w.reindex(scores.columns)).sum(axis=1, skipna=False), scores.mean(axis=1, skipna=False)
    with np.errstate(divide="ignore"):
        geometric = np.exp(np.log(scores).mean(axis=1, skipna=False))
    coupling = (geometric / mean.where(mean > 0)).mask(mean == 0, 1.0)
    return pd.DataFrame({"coupling": coupling, "level": level, "coordination": np.sqrt(coupling * level)})


def _check(scores: pd.DataFrame, weights: pd.Series) -> None:
    odd = scores.stack()
    odd = odd[(odd < 0) | (odd > 1)]
    names = [(f"{key[-1]} of {' in '.join(map(str, key[:-1]))}", f"{score:g}") for key, score in odd.items()]
    refuse("coordination needs scores on a scale of 0 to 1", names, "a score from 0 to 1")
    wrong = []
    if len(scores.columns) < 2:
        wrong.append(Problem("systems", f"{len(scores.columns)}", "two at least"))
    if sorted(map(str, weights.index)) != sorted(map(str, scores.columns)):
        wrong.append(Problem("weights", ", ".join(map(str, weights.index)), ", ".join(map(str, scores.columns))))
    elif not (weights >= 0).all() or abs(weights.sum() - 1) > 1e-9:
        wrong.append(Problem("weights", f"a sum of {weights.sum():g}", "weights of 0 or more that sum to 1"))
    if wrong:
        raise MethodError("coordination is between systems", wrong)
