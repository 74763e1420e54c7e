"""The method: every choice between the data and the score, as one immutable value."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, ValidationError

from evalkit.base.errors import ParamsError
from evalkit.base.exact import decimals_of
from evalkit.base.fields import Code
from evalkit.base.model import DeclaredModel
from evalkit.base.params import problems
from evalkit.data.imputation import Imputation, NoImputation
from evalkit.scoring.aggregation import Aggregation, Arithmetic
from evalkit.scoring.declared_weights import DeclaredWeights
from evalkit.scoring.normalisation import GoalpostsScale, Normalisation
from evalkit.scoring.treatment import NoTreatment, Treatment
from evalkit.scoring.weighting import Weighting


class Method(DeclaredModel):
    """How a panel is scored.

    Attributes
    ----------
    imputation, treatment : of missing values and of outliers; neither, by default.
    aggregation_at : aggregation of single nodes, by code, where it differs from `aggregation`.
    cap : whether scores are held within the normalisation's range (0–100) before they are aggregated.
    min_weight : the share of weight that must have data for a score. Below 1, the weights that have data are rescaled
        within their parent, and the evaluation's `coverage` says so.
    min_weight_of : of which weight that is a share. Of every `node`, from its children: a project that falls short is
        blank in the node above, whatever it has. Of the `index` as a whole: only the missing indicator leaves, and a
        group is scored on what it has.
    """

    imputation: Imputation = NoImputation()
    treatment: Treatment = NoTreatment()
    normalisation: Normalisation = GoalpostsScale()
    weighting: Weighting = DeclaredWeights()
    aggregation: Aggregation = Arithmetic()
    aggregation_at: dict[Code, Aggregation] = {}
    cap: bool = True
    min_weight: float = Field(default=1, gt=0, le=1)
    min_weight_of: Literal["node", "index"] = "node"

    def but(self, **changes) -> Method:
        """Give the same method with some choices changed, validated like the first. Raises ParamsError."""
        try:
            return Method.model_validate({**dict(self), **changes})
        except ValidationError as error:
            raise ParamsError("the changed method is not valid", problems(error, Method, changes)) from None

    def at(self, node: str) -> Aggregation:
        """Give the aggregation of one node."""
        return self.aggregation_at.get(node, self.aggregation)

    def decimals(self, node: str) -> int:
        """Give the decimals with which a group's scores are published: two on a scale of 100 points, four on one of 1.

        They follow from the declared range of the normalisation, so that a scale has 10,000 steps at least; an
        aggregation with a scale of its own (Copeland's) has those of that.
        """
        return decimals_of(self.at(node).span or self.normalisation.span)
