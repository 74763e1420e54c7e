"""An indicator: what is measured, on which scale, against which target, and by whom it is answered for."""

from typing import Annotated, Literal, get_args

from pydantic import Field, WithJsonSchema, model_validator

from evalkit.base.fields import Bounds, Code, Codes, Decimals, Named
from evalkit.base.model import DeclaredModel
from evalkit.base.text import Text
from evalkit.index.plain_target import Target, TargetStatus
from evalkit.index.target import AnyTarget

Layer = Literal["input", "output", "outcome", "equity"]
PopulationBase = Literal["resident", "registered", "intercensal"]
DefinitionReason = Literal["input", "snapshot", "stand-in", "context", "composite"]
DataReason = Literal["short-series", "broken", "saturated", "unresolved"]
UnscoredReason = Literal[DefinitionReason, DataReason]
# The system of a round has reasons of its data, too; a file has none.
Declarable = Annotated[UnscoredReason, WithJsonSchema({"enum": [*get_args(DefinitionReason)], "type": "string"})]


class Goalposts(DeclaredModel):
    """The two ends of an indicator's scale: literals, with their basis and its date.

    `worst` may be larger than `best`: that is how an indicator says that less is better.
    """

    worst: float
    best: float
    basis: Text
    date: str
    worst_status: TargetStatus
    best_status: TargetStatus

    @model_validator(mode="after")
    def _apart(self):
        if self.worst == self.best:
            raise ValueError(f"worst and best that differ (both are {self.best:g})")
        return self


class Indicator(DeclaredModel):
    """One indicator of an index system.

    Its value is either one `variable` of the dataset, or `numerator` over `denominator` times `per`, both in base
    units (persons, yuan, volumes). A weight of 0 needs a reason (`unscored`), and only what has a reason has it: one of
    the definition, since what the data show is for each round to say. What is scored has `goalposts`, or says which way
    is `better` and is scored on a scale that needs none. Nobody is advised to raise what
    people take up of their own will (`uptake`).
    """

    code: Code
    name: Named
    unit: Text
    layer: Layer
    variable: Code | None = None
    numerator: Code | None = None
    denominator: Code | None = None
    per: float = Field(default=1, gt=0)
    population_base: PopulationBase | None = None
    better: Literal["higher", "lower"] | None = None
    transform: Literal["none", "log"] = "none"
    goalposts: Goalposts | None = None
    target: AnyTarget | None = None
    weight: float = Field(default=1, ge=0)
    weight_status: TargetStatus = "proposed"
    unscored: Declarable | None = None
    note: Text | None = None
    valid: Bounds | None = None
    decimals: Decimals = 2
    responsible: Codes = ()
    uptake: Literal["due", "voluntary"] = "due"

    def __hash__(self) -> int:
        return hash(self.code)

    @model_validator(mode="before")
    @classmethod
    def _unscored_weighs_nothing(cls, data):
        if isinstance(data, dict) and data.get("unscored"):
            return {"weight": 0, **data}
        return data

    @model_validator(mode="after")
    def _coherent(self):
        wrong = list(self._contradictions())
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def _contradictions(self):
        ratio = self.numerator is not None and self.denominator is not None
        if ratio == (self.variable is not None) or (self.numerator is None) != (self.denominator is None):
            yield "either `variable`, or `numerator` and `denominator`"
        if self.unscored in get_args(DataReason):
            yield f"a reason of the definition: {self.unscored!r} is one of a round's data, for `unscored` in the study"
        if self.unscored and self.weight:
            yield f"a weight of 0 where `unscored` is {self.unscored!r}"
        if not self.unscored and not self.weight:
            yield "a reason in `unscored` where the weight is 0"
        if self.weight and self.higher_is_better is None:
            yield "`goalposts` on a scored indicator (or `better`, for a scale that takes its ends from the data)"
        if self.weight and self.layer == "input":
            yield "a layer other than input on a scored indicator: money never raises a service score"
        if self.goalposts and self.better and (self.better == "higher") != self._ascending:
            yield f"goalposts that agree with `better: {self.better}`"
        if self.valid and self.valid[0] > self.valid[1]:
            yield f"a valid range from low to high, not {list(self.valid)}"
        if self.transform == "log" and self.goalposts and min(self.goalposts.worst, self.goalposts.best) <= 0:
            yield "goalposts above 0 under `transform: log`"
        if self.target and self.target.kind is None and self.higher_is_better is None:
            yield "`better`, goalposts or a kind of target: is the target a floor or a ceiling?"
        if self.target and (self.target.kind, self.higher_is_better) in (("floor", False), ("ceiling", True)):
            yield f"a target that agrees with the direction, not a {self.target.kind}"

    @property
    def _ascending(self) -> bool:
        return self.goalposts.best > self.goalposts.worst

    @property
    def higher_is_better(self) -> bool | None:
        """Whether more is better; None where neither is."""
        if self.goalposts:
            return self._ascending
        return None if self.better is None else self.better == "higher"

    @property
    def is_gap(self) -> bool:
        """Whether it says how equal something is: what is to narrow."""
        return self.layer == "equity"

    @property
    def terms(self) -> tuple[str, ...]:
        """The variables that the value rests on, the numerator first."""
        return (self.variable,) if self.variable else (self.numerator, self.denominator)

    @property
    def aim(self) -> Target | None:
        """The target under its kind: a plain one is a floor where more is better, and a ceiling where less is."""
        if self.target is None or self.target.kind:
            return self.target
        return self.target.model_copy(update={"kind": "floor" if self.higher_is_better else "ceiling"})

    @property
    def target_status(self) -> TargetStatus:
        """How sure the target is; `absent` where there is none."""
        return self.target.status if self.target else "absent"
