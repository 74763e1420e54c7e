"""Weights that stand on the tree, or are equal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pandas as pd

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


def within_parents(system: IndexSystem, size: Callable[[Group | Indicator], float]) -> pd.Series:
    """Give each scored node its share of the sizes of all that are scored beside it."""
    weights = {}
    for group in system.scored_groups:
        total = sum(size(child) for child in group.scored_children)
        weights |= {child.code: size(child) / total for child in group.scored_children}
    return pd.Series(weights, dtype=float)


def _scored_leaves(node: Group | Indicator) -> int:
    return sum(map(_scored_leaves, node.scored_children)) if isinstance(node, Group) else 1
