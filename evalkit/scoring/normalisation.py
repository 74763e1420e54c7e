"""Normalisation: from an indicator's unit to points, higher always better."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import pandas as pd
from pydantic import Discriminator

from evalkit.base.model import DeclaredModel
from evalkit.index import OFFICIAL, IndexSystem
from evalkit.scoring.distances import DistanceToLeader, DistanceToReference, DistanceToTarget
from evalkit.scoring.intervals import Categorical, Interval
from evalkit.scoring.relative import MinMax, PercentileRank, Rank, ZScore
from evalkit.scoring.scales import framed, goalpost_shares, refuse

FIXED = ("goalposts", "floor_to_target")  # the kinds that hold every region to the same declared ends


class GoalpostsScale(DeclaredModel):
    """DeclaredModel goalposts, literal and fixed: worst 0, best 100."""

    kind: Literal["goalposts"] = "goalposts"
    bounds: ClassVar[tuple[float, float]] = (0, 100)
    span: ClassVar[float] = 100

    def __call__(self, values: pd.DataFrame, system: IndexSystem) -> pd.DataFrame:
        """Give uncapped scores shaped like `values`, one column a scored indicator."""
        return framed(100 * goalpost_shares(values, system), values, system)


class FloorToTarget(DeclaredModel):
    """Floor 60, target 100, where floor (`worst`) and target (`best`) are both official; source in docs/methods.md."""

    kind: Literal["floor_to_target"] = "floor_to_target"
    floor_score: float = 60
    bounds: ClassVar[tuple[float, float]] = (0, 100)
    span: ClassVar[float] = 100

    def __call__(self, values: pd.DataFrame, system: IndexSystem) -> pd.DataFrame:
        """Give uncapped scores. Raises MethodError where a floor or a target is not official."""
        shares = goalpost_shares(values, system)
        wrong = [
            (i.code, f"{end} {status}")
            for i in system.scored
            for end, status in (("floor", i.goalposts.worst_status), ("target", i.goalposts.best_status))
            if status not in OFFICIAL
        ]
        refuse("floor-to-target needs official floors and targets", wrong, f"one of {', '.join(OFFICIAL)}")
        return framed(self.floor_score + 100 * shares * (1 - self.floor_score / 100), values, system)


Normalisation = Annotated[
    GoalpostsScale
    | FloorToTarget
    | MinMax
    | ZScore
    | Rank
    | PercentileRank
    | DistanceToTarget
    | DistanceToReference
    | DistanceToLeader
    | Interval
    | Categorical,
    Discriminator("kind"),
]
