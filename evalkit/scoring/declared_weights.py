"""Weights that stand on the tree, are equal, or are given in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Literal

import pandas as pd
from pydantic import Field

from evalkit.base.errors import MethodError, Problem, one_of
from evalkit.base.fields import Code
from evalkit.base.model import DeclaredModel
from evalkit.index import Group, IndexSystem, Indicator


class DeclaredWeights(DeclaredModel):
    """The weights that stand on the tree's nodes."""

    kind: Literal["declared"] = "declared"

    def __call__(self, normalised: pd.DataFrame, system: IndexSystem) -> pd.Series:
        """Give the weight of every scored node within its parent; they sum to 1."""
        return within_parents(system, lambda node: node.weight)


class EqualWeights(DeclaredModel):
    """Equal weights: among the children of each node, or (`over: indicators`) among all scored indicators."""

    kind: Literal["equal"] = "equal"
    over: Literal["siblings", "indicators"] = "siblings"

    def __call__(self, normalised: pd.DataFrame, system: IndexSystem) -> pd.Series:
        """Give the weight of every scored node within its parent; they sum to 1."""
        return within_parents(system, _scored_leaves if self.over == "indicators" else lambda node: 1.0)


class GivenWeights(DeclaredModel):
    """Weights that are given for all children of some nodes; the others keep their declared ones.

    They count in proportion to those beside them, and may be 0.
    """

    kind: Literal["given"] = "given"
    weights: dict[Code, Annotated[float, Field(ge=0, allow_inf_nan=False)]] = Field(min_length=1)

    def __call__(self, normalised: pd.DataFrame, system: IndexSystem) -> pd.Series:
        """Give the weight of every scored node within its parent; they sum to 1.

        Raises MethodError that names every unknown code, gap among siblings, and siblings that all have 0.
        """
        wrong = list(self._unusable(system))
        if wrong:
            raise MethodError("the given weights do not fit the index system", wrong)
        return within_parents(system, lambda node: self.weights.get(node.code, node.weight))

    def _unusable(self, system: IndexSystem) -> Iterator[Problem]:
        siblings = [[child.code for child in group.scored_children] for group in system.scored_groups]
        known = [code for codes in siblings for code in codes]
        yield from (Problem("weights", repr(code), one_of(code, known)) for code in self.weights if code not in known)
        for codes in siblings:
            given = {code: self.weights[code] for code in codes if code in self.weights}
            if given and len(given) < len(codes):
                missing = ", ".join(code for code in codes if code not in given)
                yield Problem("weights", f"none for {missing}", f"weights for all of {', '.join(codes)}")
            elif given and not any(given.values()):
                yield Problem("weights", f"0 for {', '.join(codes)}", "a weight above 0 for one of them")


def within_parents(system: IndexSystem, size: Callable[[Group | Indicator], float]) -> pd.Series:
    """Give each scored node its share of the sizes of all that are scored beside it."""
    weights = {}
    for group in system.scored_groups:
        total = sum(size(child) for child in group.scored_children)
        weights |= {child.code: size(child) / total for child in group.scored_children}
    return pd.Series(weights, dtype=float)


def _scored_leaves(node: Group | Indicator) -> int:
    return sum(map(_scored_leaves, node.scored_children)) if isinstance(node, Group) else 1
