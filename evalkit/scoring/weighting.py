"""Weighting: how much each node counts within its parent."""

from __future__ import annotations

from typing import Annotated

import pandas as pd
from pydantic import Discriminator

from evalkit.index import IndexSystem
from evalkit.scoring.ahp import AnalyticHierarchy
from evalkit.scoring.budget_allocation import BudgetAllocation
from evalkit.scoring.data_weights import CriticWeights, EntropyWeights, PCAWeights
from evalkit.scoring.declared_weights import DeclaredWeights, EqualWeights, GivenWeights

Weighting = Annotated[
    DeclaredWeights
    | EqualWeights
    | GivenWeights
    | BudgetAllocation
    | AnalyticHierarchy
    | EntropyWeights
    | CriticWeights
    | PCAWeights,
    Discriminator("kind"),
]


def effective_weights(weights: pd.Series, system: IndexSystem) -> pd.Series:
    """Give each scored indicator's share of the root: the product of the weights above it; they sum to 1."""
    shares = system.root_shares(weights)
    return pd.Series({i.code: shares[i.code] for i in system.scored}, dtype=float)
