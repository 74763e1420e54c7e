"""The analytic hierarchy process: weights from pairwise judgements."""

from __future__ import annotations

from typing import Literal, NamedTuple, Self

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from evalkit.base.errors import MethodError, Problem, one_of
from evalkit.base.exact import above
from evalkit.base.fields import Code, Codes
from evalkit.base.model import DeclaredModel
from evalkit.index import IndexSystem
from evalkit.scoring.declared_weights import DeclaredWeights

# Saaty (1980): mean consistency index of random matrices, by order 1 to 15.
RANDOM_INDEX = (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
RECIPROCAL = 0.05  # what rounding to two decimals leaves: 0.13 × 8 = 1.04


class AHP(NamedTuple):
    """Weights from a matrix of pairwise judgements, with its principal eigenvalue and two measures of consistency."""

    weights: np.ndarray
    lambda_max: float
    ci: float
    cr: float


def ahp_weights(matrix) -> AHP:
    """Weigh by the principal eigenvector of a positive, reciprocal matrix: how many times row i matters as column j.

    CI is `(λmax − n) / (n − 1)`, CR is CI over Saaty's random index (0 for fewer than 3 rows): Saaty (1980, 1990).
    Raises MethodError where the matrix is not square, positive and reciprocal (within 5 %, for rounded entries).

    >>> ahp_weights([[1, 3], [1 / 3, 1]]).weights.tolist()
    [0.75, 0.25]
    """
    a = np.asarray(matrix, dtype=float)
    _check_judgements(a, getattr(matrix, "columns", range(1, len(a) + 1)))
    values, vectors = np.linalg.eig(a)
    at = values.real.argmax()
    weights, n = np.abs(vectors[:, at].real), len(a)
    ci = (values[at].real - n) / (n - 1) if n > 2 else 0.0
    return AHP(
        weights / weights.sum(), float(values[at].real), float(ci), float(ci / RANDOM_INDEX[n - 1]) if ci else 0.0
    )


class Judgements(DeclaredModel):
    """Pairwise judgements among a node's children: row by row, how many times a child matters as the other does."""

    children: Codes
    matrix: tuple[tuple[float, ...], ...]

    @model_validator(mode="after")
    def _square(self) -> Self:
        n = len(self.children)
        if len(self.matrix) != n or any(len(row) != n for row in self.matrix):
            raise ValueError(f"{n} rows of {n} judgements, one for each of {', '.join(self.children)}")
        return self

    @property
    def table(self) -> pd.DataFrame:
        """The matrix, with the children's codes on both sides."""
        return pd.DataFrame(self.matrix, index=self.children, columns=self.children)


class AnalyticHierarchy(DeclaredModel):
    """Weights from pairwise judgements (AHP), by node; a node without judgements keeps its declared weights.

    Judgements whose consistency ratio is above `limit` are refused.
    """

    kind: Literal["ahp"] = "ahp"
    judgements: dict[Code, Judgements] = Field(min_length=1)
    limit: float = Field(default=0.1, ge=0)

    def __call__(self, normalised: pd.DataFrame, system: IndexSystem) -> pd.Series:
        """Give the weight of every scored node within its parent; they sum to 1.

        Raises MethodError where judgements are not positive and reciprocal, not consistent, or of other nodes.
        """
        self._check_nodes(system)
        found = {node: ahp_weights(judged.table) for node, judged in self.judgements.items()}
        wrong = [
            Problem(
                node, f"a consistency ratio of {ahp.cr:.3f}", f"{self.limit:g} at most: judge again, or set `limit`"
            )
            for node, ahp in found.items()
            if above(ahp.cr, self.limit)
        ]
        if wrong:
            raise MethodError("judgements are not consistent", wrong)
        weights = DeclaredWeights()(normalised, system)
        for node, ahp in found.items():
            weights[list(self.judgements[node].children)] = ahp.weights
        return weights

    def _check_nodes(self, system: IndexSystem) -> None:
        children = {group.code: [child.code for child in group.scored_children] for group in system.scored_groups}
        wrong = [
            Problem("judgements", repr(node), one_of(node, children))
            for node in self.judgements
            if node not in children
        ]
        wrong += [
            Problem(f"judgements of {node}", ", ".join(judged.children), f"its children {', '.join(children[node])}")
            for node, judged in self.judgements.items()
            if node in children and sorted(judged.children) != sorted(children[node])
        ]
        if wrong:
            raise MethodError("the judgements do not fit the index system", wrong)


def _check_judgements(a: np.ndarray, names) -> None:
    if a.ndim != 2 or a.shape[0] != a.shape[1] or not 0 < len(a) <= len(RANDOM_INDEX):
        wrong = [Problem("matrix", f"shape {a.shape}", f"as many rows as columns, {len(RANDOM_INDEX)} at most")]
        raise MethodError("judgements need a square matrix", wrong)
    wrong = [(i, j, "a number above 0") for i, j in np.argwhere(~(np.isfinite(a) & (a > 0)))]
    if not wrong:
        off = np.argwhere(np.triu(above(np.abs(a * a.T - 1), RECIPROCAL)))
        wrong = [(i, j, f"{1 / a[j, i]:.3g}, as {names[j]} to {names[i]} is {a[j, i]:.3g}") for i, j in off]
    if wrong:
        problems = [Problem(f"{names[i]} to {names[j]}", f"{a[i, j]:.3g}", expected) for i, j, expected in wrong]
        raise MethodError("judgements must be positive and reciprocal", problems)
