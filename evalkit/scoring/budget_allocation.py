"""Budget allocation: weights from the points that experts allocate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import pandas as pd
from pydantic import Field

from evalkit.base.errors import MethodError, Problem, one_of
from evalkit.base.fields import Code
from evalkit.base.model import DeclaredModel
from evalkit.index import IndexSystem
from evalkit.scoring.declared_weights import DeclaredWeights

Points = Annotated[float, Field(ge=0)]


class BudgetAllocation(DeclaredModel):
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

    def _unusable(self, system: IndexSystem) -> Iterator[Problem]:
        siblings = [[child.code for child in group.scored_children] for group in system.scored_groups]
        known = [code for codes in siblings for code in codes]
        for expert, points in self.experts.items():
            yield from (Problem(expert, repr(code), one_of(code, known)) for code in points if code not in known)
            for codes in siblings:
                given = [code for code in codes if code in points]
                if given and given != codes:
                    missing = ", ".join(code for code in codes if code not in points)
                    yield Problem(expert, f"no points for {missing}", f"points for all of {', '.join(codes)}")
                elif given and not sum(points[code] for code in codes):
                    yield Problem(expert, f"0 points for {', '.join(codes)}", "points above 0 for one of them")
        for code in known:
            given = [points[code] for points in self.experts.values() if code in points]
            if given and not any(given):
                yield Problem(code, "0 points from everyone", "points, or a reason in `unscored` on the indicator")
