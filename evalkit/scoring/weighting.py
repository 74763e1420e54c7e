"""Weighting: how much each node counts within its parent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Literal, Self

import numpy as np
import pandas as pd
from pydantic import Discriminator, Field, model_validator

from evalkit.errors import MethodError, Offence, one_of
from evalkit.exact import above
from evalkit.fields import Code, Codes, Count
from evalkit.index import Group, IndexSystem, Indicator
from evalkit.scoring.data_weights import ahp_weights, critic_weights, entropy_weights, pca_weights
from evalkit.text import Declared

Points = Annotated[float, Field(ge=0)]


class DeclaredWeights(Declared):
    """The weights that stand on the tree's nodes."""

    kind: Literal["declared"] = "declared"

    def __call__(self, normalised: pd.DataFrame, system: IndexSystem) -> pd.Series:
        """Give the weight of every scored node within its parent; they sum to 1."""
        return _within_parents(system, lambda node: node.weight)


class EqualWeights(Declared):
    """Equal weights: among the children of each node, or (`over: indicators`) among all scored indicators."""

    kind: Literal["equal"] = "equal"
    over: Literal["siblings", "indicators"] = "siblings"

    def __call__(self, normalised: pd.DataFrame, system: IndexSystem) -> pd.Series:
        """Give the weight of every scored node within its parent; they sum to 1."""
        return _within_parents(system, _scored_leaves if self.over == "indicators" else lambda node: 1.0)


class BudgetAllocation(Declared):
    """Points that experts allocate: the mean of their shares among the children of each node.

    `experts` gives the points of each by code. An expert allocates to all children of a node or to none; a node on
    whose children nobody has an opinion keeps its declared weights.
    """

    kind: Literal["budget_allocation"] = "budget_allocation"
    experts: dict[str, dict[Code, Points]] = Field(min_length=1)

    def __call__(self, normalised: pd.DataFrame, system: IndexSystem) -> pd.Series:
        """Give the weight of every scored node within its parent; they sum to 1.

        Raises MethodError that names every unknown code, gap, and node without a point.
        """
        wrong = list(self._unusable(system))
        if wrong:
            raise MethodError("the budget allocation does not fit the index system", wrong)
        weights = DeclaredWeights()(normalised, system)
        for group in system.scored_groups:
            codes = [child.code for child in group.scored_children]
            given = pd.DataFrame([p for p in self.experts.values() if codes[0] in p], columns=codes)
            if len(given):
                weights[codes] = given.div(given.sum(axis=1), axis=0).mean()
        return weights

    def _unusable(self, system: IndexSystem) -> Iterator[Offence]:
        siblings = [[child.code for child in group.scored_children] for group in system.scored_groups]
        known = [code for codes in siblings for code in codes]
        for expert, points in self.experts.items():
            yield from (Offence(expert, repr(code), one_of(code, known)) for code in points if code not in known)
            for codes in siblings:
                given = [code for code in codes if code in points]
                if given and given != codes:
                    missing = ", ".join(code for code in codes if code not in points)
                    yield Offence(expert, f"no points for {missing}", f"points for all of {', '.join(codes)}")
                elif given and not sum(points[code] for code in codes):
                    yield Offence(expert, f"0 points for {', '.join(codes)}", "points above 0 for one of them")
        for code in known:
            given = [points[code] for points in self.experts.values() if code in points]
            if given and not any(given):
                yield Offence(code, "0 points from everyone", "points, or a reason in `unscored` on the indicator")


class Judgements(Declared):
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


class AnalyticHierarchy(Declared):
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
            Offence(
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
            Offence("judgements", repr(node), one_of(node, children))
            for node in self.judgements
            if node not in children
        ]
        wrong += [
            Offence(f"judgements of {node}", ", ".join(judged.children), f"its children {', '.join(children[node])}")
            for node, judged in self.judgements.items()
            if node in children and sorted(judged.children) != sorted(children[node])
        ]
        if wrong:
            raise MethodError("the judgements do not fit the index system", wrong)


class _FromData(Declared):
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


Weighting = Annotated[
    DeclaredWeights | EqualWeights | BudgetAllocation | AnalyticHierarchy | EntropyWeights | CriticWeights | PCAWeights,
    Discriminator("kind"),
]


def effective_weights(weights: pd.Series, system: IndexSystem) -> pd.Series:
    """Give each scored indicator's share of the root: the product of the weights above it; they sum to 1."""
    shares = system.root_shares(weights)
    return pd.Series({i.code: shares[i.code] for i in system.scored}, dtype=float)


def _within_parents(system: IndexSystem, size: Callable[[Group | Indicator], float]) -> pd.Series:
    weights = {}
    for group in system.scored_groups:
        total = sum(size(child) for child in group.scored_children)
        weights |= {child.code: size(child) / total for child in group.scored_children}
    return pd.Series(weights, dtype=float)


def _over_indicators(
    kernel: Callable[[pd.DataFrame], np.ndarray], normalised: pd.DataFrame, system: IndexSystem
) -> pd.Series:
    codes = [indicator.code for indicator in system.scored]
    if len(codes) == 1:
        return DeclaredWeights()(normalised, system)
    found = dict(zip(codes, kernel(_complete(normalised[codes])), strict=True))

    def size(node: Group | Indicator) -> float:
        return sum(map(size, node.scored_children)) if isinstance(node, Group) else found[node.code]

    return _within_parents(system, size)


def _complete(scores: pd.DataFrame) -> pd.DataFrame:
    empty = [
        Offence(code, "no score", "scores, or the indicator left out") for code in scores if scores[code].isna().all()
    ]
    if empty:
        raise MethodError("weights from data need scores", empty)
    return scores.dropna()


def _scored_leaves(node: Group | Indicator) -> int:
    return sum(map(_scored_leaves, node.scored_children)) if isinstance(node, Group) else 1
