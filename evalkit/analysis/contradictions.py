"""Contradictions: figures that cannot all be right, since they belong together."""

from __future__ import annotations

import numpy as np

from evalkit.base.exact import above, below


def sums_apart(whole: np.ndarray, parts: np.ndarray, *, slack: np.ndarray | float, rest: bool = False) -> np.ndarray:
    """Say where parts (first axis of `parts`) do not come to the whole, by more than a slack.

    With a `rest` that is not among the parts they may fall short of it. Where a part or the whole is blank nothing is
    said; but parts that are known and alone come to more than the whole contradict it.

    >>> sums_apart(np.array([10.0, 10.0]), np.array([[4.0, 4.0], [6.0, 5.0]]), slack=0.1).tolist()
    [False, True]
    """
    known = np.isfinite(parts)
    total = np.where(known, parts, 0.0).sum(axis=0)
    over = above(total, whole + slack) & known.any(axis=0)
    short = below(total, whole - slack) & known.all(axis=0) & (not rest)
    return np.isfinite(whole) & (over | short)


def outside_range(whole: np.ndarray, parts: np.ndarray, *, tolerance: float) -> np.ndarray:
    """Say where a mean lies outside the range of all of its parts (first axis), by more than a share of itself."""
    known = np.isfinite(parts).all(axis=0) & np.isfinite(whole) if len(parts) else np.zeros(whole.shape, dtype=bool)
    if not known.any():
        return known
    slack = tolerance * np.abs(whole)
    return known & (above(whole, parts.max(axis=0) + slack) | below(whole, parts.min(axis=0) - slack))
