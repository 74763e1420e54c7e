"""Weights from the data: by entropy, by CRITIC and by principal components, as functions on arrays and as methods.

A function takes `x`, an array or a frame: one row a region (and year), one column an indicator, more is better, and no
blank; weights sum to 1.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd
from pydantic import Field

from evalkit.base.errors import MethodError, Problem
from evalkit.base.exact import above
from evalkit.base.fields import Count
from evalkit.base.model import DeclaredModel
from evalkit.index import Group, IndexSystem, Indicator
from evalkit.scoring.declared_weights import DeclaredWeights, within_parents
from evalkit.scoring.scales import varies


def entropy_weights(x) -> np.ndarray:
    """Weigh each column by `1 − e`, e the entropy of its values' shares over ln n: more where regions differ more.

    Raises MethodError where a value is below 0, or a column does not vary.

    >>> entropy_weights([[1, 4], [2, 1], [4, 2]]).tolist()
    [0.5, 0.5]
    """
    names, x = _varying(x, "entropy weights", rows=2)
    _refuse("entropy weights need values of 0 or more", names[(x < 0).any(axis=0)], "a value below 0")
    shares = x / x.sum(axis=0)
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    diversity = 1 + (shares * logs).sum(axis=0) / np.log(len(x))
    return diversity / diversity.sum()


def critic_weights(x) -> np.ndarray:
    """Weigh each column by its standard deviation and by how little it agrees with the others.

    `w ∝ σ Σ (1 − r)` on min–max values, r the correlations with every column: Diakoulaki et al. (1995).
    Raises MethodError where a column does not vary.

    >>> critic_weights([[0, 0], [1, 2], [2, 1]]).tolist()
    [0.5, 0.5]
    """
    names, x = _varying(x, "CRITIC weights")
    shares = (x - x.min(axis=0)) / np.ptp(x, axis=0)
    centred = shares - shares.mean(axis=0)
    deviation = np.sqrt((centred**2).sum(axis=0))
    unit = centred / deviation
    information = deviation * (x.shape[1] - unit.T @ unit.sum(axis=1))
    if x.shape[1] < 2 or information.sum() <= 1e-12 * deviation.sum():
        _refuse("CRITIC weights need columns that differ", names, "a column just like the others")
    return information / information.sum()


def pca_weights(x, *, factors: int | None = None, rotate: bool = True) -> np.ndarray:
    """Weigh each column by its squared loading on the factor it loads most on, and by what that factor explains.

    Principal components of the correlation matrix, with varimax unless `rotate` is false; loadings squared and scaled
    to sum 1 within each factor: OECD/JRC Handbook (2008), step 6, tables 16–17. Squares have no sign: a column that
    loads negatively, against the others of its factor, weighs as much as one that loads as strongly with them, and is
    neither turned round nor refused (`coherence` tells of it). `factors`: how many to keep; by
    default all that explain more than a tenth of the variance. Raises MethodError where a column does not vary.
    """
    _, x = _varying(x, "PCA weights")
    values, vectors = (found[..., ::-1] for found in np.linalg.eigh(np.corrcoef(x, rowvar=False)))
    keep = factors or max(1, int(above(values, 0.1 * len(values)).sum()))
    if keep > len(values):
        raise MethodError("PCA weights need their factors", [Problem("factors", f"{keep}", f"{len(values)} at most")])
    loadings = vectors[:, :keep] * np.sqrt(values[:keep].clip(min=0))
    squared = (varimax(loadings) if rotate and keep > 1 else loadings) ** 2
    explained = squared.sum(axis=0)
    weights = (squared / explained).max(axis=1, where=_largest(squared), initial=0) * explained[squared.argmax(axis=1)]
    return weights / weights.sum()


def varimax(loadings: np.ndarray, *, tolerance: float = 1e-9, rounds: int = 1000) -> np.ndarray:
    """Rotate loadings so that each column has few large ones: Kaiser (1958), with rows scaled to length 1."""
    length = np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    turned = loadings / np.where(length > 0, length, 1)
    for _ in range(rounds):
        angles = [_turn(turned, i, j) for i, j in combinations(range(turned.shape[1]), 2)]
        if max(map(abs, angles)) < tolerance:
            break
    return turned * length


def _turn(loadings: np.ndarray, i: int, j: int) -> float:
    """Turn two columns, in place, by the angle that makes the variance of their squares largest."""
    x, y = loadings[:, i].copy(), loadings[:, j].copy()
    u, v, n = x**2 - y**2, 2 * x * y, len(x)
    across = 2 * (u @ v - u.sum() * v.sum() / n)
    along = u @ u - v @ v - (u.sum() ** 2 - v.sum() ** 2) / n
    angle = np.arctan2(across, along) / 4
    loadings[:, i], loadings[:, j] = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    return float(angle)


class _FromData(DeclaredModel):
    """Weights from the scores themselves, over all rows of the panel without a blank.

    They are found among the scored children of each node that are all indicators; nodes above groups keep their
    declared weights. With `over: indicators` they are found among all scored indicators at once, and a group weighs
    what its indicators weigh together.
    """

    over: Literal["siblings", "indicators"] = "siblings"

    def __call__(self, normalised: pd.DataFrame, system: IndexSystem) -> pd.Series:
        """Give the weight of every scored node within its parent; they sum to 1.

        Raises MethodError that names the indicators for which no weight can be found.
        """
        if self.over == "indicators":
            return _over_indicators(self._of, normalised, system)
        weights = DeclaredWeights()(normalised, system)
        for group in system.scored_groups:
            codes = [child.code for child in group.scored_children if isinstance(child, Indicator)]
            if 1 < len(codes) == len(group.scored_children):
                weights[codes] = self._of(_complete(normalised[codes]))
        return weights


class EntropyWeights(_FromData):
    """More weight where regions differ more, by the entropy of their shares; scores of 0 or more only."""

    kind: Literal["entropy"] = "entropy"

    def _of(self, rows: pd.DataFrame) -> np.ndarray:
        return entropy_weights(rows)


class CriticWeights(_FromData):
    """More weight where regions differ more and where other indicators say something else (CRITIC)."""

    kind: Literal["critic"] = "critic"

    def _of(self, rows: pd.DataFrame) -> np.ndarray:
        return critic_weights(rows)


class PCAWeights(_FromData):
    """Squared loadings on principal components, weighted by what each explains; see `pca_weights`.

    A negative loading weighs like a positive one of its size.
    """

    kind: Literal["pca"] = "pca"
    factors: Count | None = Field(default=None, ge=1)
    rotate: bool = True

    def _of(self, rows: pd.DataFrame) -> np.ndarray:
        return pca_weights(rows, factors=self.factors, rotate=self.rotate)


def _over_indicators(
    kernel: Callable[[pd.DataFrame], np.ndarray], normalised: pd.DataFrame, system: IndexSystem
) -> pd.Series:
    codes = [indicator.code for indicator in system.scored]
    if len(codes) == 1:
        return DeclaredWeights()(normalised, system)
    found = dict(zip(codes, kernel(_complete(normalised[codes])), strict=True))

    def size(node: Group | Indicator) -> float:
        return sum(map(size, node.scored_children)) if isinstance(node, Group) else found[node.code]

    return within_parents(system, size)


def _complete(scores: pd.DataFrame) -> pd.DataFrame:
    empty = [
        Problem(code, "no score", "scores, or the indicator left out") for code in scores if scores[code].isna().all()
    ]
    if empty:
        raise MethodError("weights from data need scores", empty)
    return scores.dropna()


def _largest(squared: np.ndarray) -> np.ndarray:
    return np.arange(squared.shape[1]) == squared.argmax(axis=1)[:, None]


def _finite(x, rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Give the columns' names and the values."""
    names, x = getattr(x, "columns", None), np.asarray(x, dtype=float)
    if x.ndim != 2 or len(x) < rows or not x.shape[1]:
        wrong = [Problem("data", f"shape {x.shape}", f"{rows} rows without a blank at least, or another weighting")]
        raise MethodError("weights need data", wrong)
    names = np.array([f"column {c + 1}" for c in range(x.shape[1])] if names is None else names, dtype=object)
    _refuse("weights need finite values", names[~np.isfinite(x).all(axis=0)], "a blank or an infinite value")
    return names, x


def _varying(x, what: str, rows: int = 3) -> tuple[np.ndarray, np.ndarray]:
    names, x = _finite(x, rows)
    _refuse(f"{what} need values that vary", names[~varies(x)], "one value only")
    return names, x


def _refuse(title: str, names: np.ndarray, found: str) -> None:
    wrong = [Problem(f"{name}", found, "another weighting, or the indicator left out") for name in names]
    if wrong:
        raise MethodError(title, wrong)
