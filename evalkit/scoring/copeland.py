"""Outranking: regions held against each other pair by pair."""

from __future__ import annotations

import numpy as np
import pandas as pd

ROUNDING = 1e-9


def net_wins(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Give each row's wins less its losses, in pairs decided by the larger weight; a row with a blank has none.

    Shapes are those of an aggregation's `combine`: (rows, k) or (draws, rows, k), and (k,) or (draws, k).

    >>> net_wins(np.array([[3, 1], [2, 2], [1, 3]]), np.array([0.6, 0.4])).tolist()
    [2.0, 0.0, -2.0]
    """
    if scores.ndim == 2 and weights.ndim == 1:
        return _net_wins(_signs(scores), weights, scores)
    if scores.ndim == 2:
        signs = _signs(scores)
        return np.stack([_net_wins(signs, w, scores) for w in weights])
    each = np.broadcast_to(weights, (len(scores), weights.shape[-1]))
    return np.stack([_net_wins(_signs(s), w, s) for s, w in zip(scores, each, strict=True)])


def copeland(scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Give Copeland's score of every row: wins less losses against all others, from −(n − 1) to n − 1.

    A row beats another where it is better on more weight than it is worse; rows with a blank are left out.
    """
    found = net_wins(scores.to_numpy(dtype=float), weights[scores.columns].to_numpy(dtype=float))
    return pd.Series(found, index=scores.index, name="copeland")


def _signs(scores: np.ndarray) -> np.ndarray:
    """Give 1, 0 or −1 for every child and pair of rows: (k, rows × rows)."""
    columns = scores.T
    return np.sign(columns[:, :, None] - columns[:, None, :]).reshape(len(columns), -1)


def _net_wins(signs: np.ndarray, weights: np.ndarray, scores: np.ndarray) -> np.ndarray:
    margins = (weights @ signs).reshape(len(scores), len(scores))
    won = np.nan_to_num((margins > ROUNDING).astype(float) - (margins < -ROUNDING)).sum(axis=1)
    return np.where(np.isnan(scores).any(axis=1), np.nan, won)
