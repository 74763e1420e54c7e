"""Targets: what an indicator should reach by a year, each kind with what its own rule needs to know."""

from __future__ import annotations

from collections.abc import Iterator
from math import nan
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from evalkit.base.fields import Code, Year
from evalkit.base.model import DeclaredModel
from evalkit.base.params import ContradictionError
from evalkit.base.text import Text

TargetStatus = Literal["confirmed", "other-source", "proxy", "proposed", "absent"]
OFFICIAL: tuple[TargetStatus, ...] = ("confirmed", "other-source")
Level = Literal["province", "city", "county"]
TargetKind = Literal[
    "floor", "ceiling", "interval", "threshold_share", "annual_quota", "cumulative_quota", "range", "parity"
]
Faults = Iterator[tuple[tuple, str]]


def _with_whole_years(data: object) -> object:
    """Take years as a cell of Excel and JSON give them: as text."""
    if not isinstance(data, dict):
        return data
    return {int(key) if isinstance(key, str) and key.isdecimal() else key: value for key, value in data.items()}


ByYear = Annotated[dict[Year, float], BeforeValidator(_with_whole_years)]


class Baseline(DeclaredModel):
    """Where a target starts from: a figure with its document, or, without a value, each region's own of that year."""

    year: Year
    value: float | None = None
    status: TargetStatus | None = None
    document: Text | None = None
    by_region: dict[Code, float] = {}

    @model_validator(mode="after")
    def _sourced(self):
        given = self.value is not None or bool(self.by_region)
        wrong = [name for name in ("status", "document") if (getattr(self, name) is None) == given]
        if wrong:
            why = "beside a value" if given else "left out where there is no value"
            raise ContradictionError(((name,), f"a {name} {why}") for name in wrong)
        return self

    def at(self, region: str) -> float | None:
        """Give the declared baseline of one region; None where its own value of that year is meant."""
        return self.by_region.get(region, self.value)


class Apportionment(DeclaredModel):
    """How a province's total is split among regions: in proportion to a variable of the dataset in one year."""

    base: Code
    year: Year
    document: Text
    status: TargetStatus


class Target(DeclaredModel):
    """A level to be reached by a year, with the document that says so; some regions may have their own.

    Without a kind it is a floor where more is better and a ceiling where less is; every other kind extends it.
    Between the baseline and the year the way is linear, unless `milestones` say what a year must reach. `assessed`
    are the levels at which it is judged, and before `valid_from` nothing is due.
    """

    kind: Literal["floor", "ceiling"] | None = None
    value: float
    year: Year
    status: TargetStatus
    document: Text
    clause: str | None = None
    by_region: dict[Code, float] = {}
    baseline: Baseline | None = None
    milestones: ByYear = {}
    assessed: tuple[Level, ...] = Field(default=("city",), min_length=1)
    valid_from: Year | None = None

    _without: ClassVar[dict[str, str]] = {}

    @model_validator(mode="after")
    def _coherent(self):
        wrong = list(self._contradictions())
        if wrong:
            raise ContradictionError(wrong)
        return self

    def _contradictions(self) -> Faults:
        for name, why in self._without.items():
            if getattr(self, name):
                yield (name,), f"no {name}: {why}"
        if len(set(self.assessed)) < len(self.assessed):
            yield ("assessed",), "each level once"
        if self.valid_from is not None and self.valid_from > self.year:
            yield ("valid_from",), f"valid_from no later than the target's year, {self.year}"
        if self.baseline and self.baseline.year >= self.year:
            yield ("baseline", "year"), f"a baseline before the target's year, {self.year}"
        last = self.year - (self.kind != "annual_quota")  # elsewhere the target is its own year's milestone
        outside = [year for year in self.milestones if not self._first <= year <= last]
        if outside:
            years = ", ".join(map(str, outside))
            yield ("milestones",), f"milestones from {self._first or 'any year'} to {last}, not in {years}"

    @property
    def _first(self) -> int:
        """The first year that may have a milestone."""
        return self.baseline.year + 1 if self.baseline else self.valid_from or 0

    @property
    def is_total(self) -> bool:
        """Whether the value is the province's total, which is nobody else's target."""
        return False

    def at(self, region: str) -> float:
        """Give the target of one region; blank where the value is the province's total."""
        return self.by_region.get(region, nan if self.is_total else self.value)

    def of(self, region: str, part: float | None = None) -> Target:
        """Give the target as one region has it: its own value, or its part of a total and of its milestones."""
        if part is None:
            return self.model_copy(update={"value": self.at(region)}) if region in self.by_region else self
        scaled = {year: value * part / self.value for year, value in self.milestones.items()} if self.value else {}
        return self.model_copy(update={"value": part, "milestones": scaled})


class IntervalTarget(Target):
    """Full from `value` to `upper`, and from there linear to 0 at the two permitted bounds."""

    kind: Literal["interval"]
    upper: float
    permitted: tuple[float, float]

    _without: ClassVar = dict.fromkeys(("by_region", "baseline", "milestones"), "the permitted bounds judge it")

    def _contradictions(self) -> Faults:
        yield from super()._contradictions()
        low, high = self.permitted
        if not low <= self.value <= self.upper <= high:
            order = f"{low:g} ≤ {self.value:g} ≤ {self.upper:g} ≤ {high:g}"
            yield ("permitted",), f"bounds in order (lowest permitted ≤ value ≤ upper ≤ highest permitted), not {order}"


class ThresholdShare(Target):
    """The share of units (in %) that reach a threshold: each facility is judged by itself, never an average."""

    kind: Literal["threshold_share"]
    threshold: float
    threshold_unit: Text

    def _contradictions(self) -> Faults:
        yield from super()._contradictions()
        if not all(0 < value <= 100 for value in (self.value, *self.by_region.values())):
            yield ("value",), "a share of units above 0 and at most 100 %"


class Quota(Target):
    """What both quotas share: a number of things to be done, which a declared rule may split among regions."""

    apportionment: Apportionment | None = None

    @property
    def is_total(self) -> bool:
        """Whether the value is the province's total, which is nobody else's target."""
        return "province" in self.assessed

    def _contradictions(self) -> Faults:
        yield from super()._contradictions()
        given = {"value": (self.value,), "by_region": self.by_region.values(), "milestones": self.milestones.values()}
        for name, values in given.items():
            if any(value < 0 for value in values):
                yield (name,), "a quota of 0 or more"
        yield from self._unsplit()

    def _unsplit(self) -> Faults:
        below = len(self.assessed) > ("province" in self.assessed)
        rule = self.apportionment
        if rule and self.by_region:
            yield ("apportionment",), "either an apportionment or by_region"
        if rule and not ("province" in self.assessed and below):
            yield ("assessed",), "the province and the level among which its total is split, beside an apportionment"
        if rule and self.baseline and self.baseline.value is not None:
            yield ("baseline", "value"), "the regions' own baselines beside an apportionment, not the province's"
        if rule and self.value != int(self.value):
            yield ("value",), "a whole number, to be split so that the parts add up to it"
        if "province" in self.assessed and below and not (rule or self.by_region):
            yield ("assessed",), "province alone, an apportionment, or by_region: its total is nobody else's target"


class AnnualQuota(Quota):
    """A number for each year to `year`, judged by the year and by the sum so far; `milestones` are single years'."""

    kind: Literal["annual_quota"]

    _without: ClassVar = {"baseline": "an annual quota starts from nothing every year"}


class CumulativeQuota(Quota):
    """A total to be reached by `year`; the indicator counts what has been done so far, and starts from 0."""

    kind: Literal["cumulative_quota"]

    def _contradictions(self) -> Faults:
        yield from super()._contradictions()
        path = [self.milestones[year] for year in sorted(self.milestones)] + [self.value]
        if path != sorted(path):
            yield ("milestones",), f"milestones that do not fall on the way to {self.value:g}"


class Range(Target):
    """Full from `value` on; what exceeds `upper` is reported and not rewarded."""

    kind: Literal["range"]
    upper: float

    def _contradictions(self) -> Faults:
        yield from super()._contradictions()
        if any(value > self.upper for value in (self.value, *self.by_region.values())):
            yield ("upper",), f"an upper bound of at least the lower one, not {self.upper:g}"


class Parity(Target):
    """Equality of two groups: a ratio of 1, or of 100 %, from either side, within a tolerance."""

    kind: Literal["parity"]
    tolerance: float = Field(default=0, ge=0)

    _without: ClassVar = {"by_region": "parity is the same everywhere"}

    def _contradictions(self) -> Faults:
        yield from super()._contradictions()
        if self.value not in (1, 100):
            yield ("value",), f"parity at 1 or at 100 (%), not {self.value:g}"


def _kind(target: object) -> object:
    kind = target.get("kind") if isinstance(target, dict) else getattr(target, "kind", None)
    return "floor" if kind is None else kind


AnyTarget = Annotated[
    Annotated[Target, Tag("floor")]
    | Annotated[Target, Tag("ceiling")]
    | Annotated[IntervalTarget, Tag("interval")]
    | Annotated[ThresholdShare, Tag("threshold_share")]
    | Annotated[AnnualQuota, Tag("annual_quota")]
    | Annotated[CumulativeQuota, Tag("cumulative_quota")]
    | Annotated[Range, Tag("range")]
    | Annotated[Parity, Tag("parity")],
    Discriminator(_kind),
]
