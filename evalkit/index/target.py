"""The kinds of target beside a plain floor or ceiling, each with its own rule where it has one."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Discriminator, Field, Tag

from evalkit.base.exact import at_least, at_most
from evalkit.base.fields import Bounds
from evalkit.base.text import Text
from evalkit.index.plain_target import Apportionment, Faults, Target

TargetKind = Literal[
    "floor", "ceiling", "interval", "threshold_share", "annual_quota", "cumulative_quota", "range", "parity"
]
# what a workbook says of each, for who fills it in
IN_BRIEF: dict[TargetKind, str] = {
    "floor": "下限",
    "ceiling": "上限",
    "interval": "区间",
    "threshold_share": "达标单位比例",
    "annual_quota": "年度数量",
    "cumulative_quota": "累计数量",
    "range": "数量幅度",
    "parity": "均等",
}


class IntervalTarget(Target):
    """Full from `value` to `upper`, and from there linear to 0 at the two permitted bounds."""

    kind: Literal["interval"]
    upper: float
    permitted: Bounds

    is_band: ClassVar = True
    _without: ClassVar = dict.fromkeys(("by_region", "baseline", "milestones"), "the permitted bounds judge it")

    def _contradictions(self) -> Faults:
        yield from super()._contradictions()
        low, high = self.permitted
        if not low <= self.value <= self.upper <= high:
            order = f"{low:g} ≤ {self.value:g} ≤ {self.upper:g} ≤ {high:g}"
            yield ("permitted",), f"bounds in order (lowest permitted ≤ value ≤ upper ≤ highest permitted), not {order}"

    @property
    def rises(self) -> bool:
        """Less of the distance from the interval is better."""
        return False

    @property
    def ends(self) -> dict[str, float]:
        """Both bounds of the interval."""
        return {"value": self.value, "upper": self.upper}

    def distance(self, x):
        """Give how far a value is from the interval; 0 inside."""
        outside = np.maximum(self.value - x, x - self.upper)
        return np.where(at_least(x, self.value) & at_most(x, self.upper), 0, outside)

    def way(self, years: np.ndarray, baseline: float, *, since: int) -> np.ndarray:
        """Give the lower bound, which holds from the first year on."""
        return np.where(since < years, self.value, np.nan)


class ThresholdShare(Target):
    """The share of units (in %) that reach a threshold: each facility is judged by itself, never an average."""

    kind: Literal["threshold_share"]
    threshold: float
    threshold_unit: Text

    by_unit: ClassVar = True

    @property
    def ends(self) -> dict[str, float]:
        """The share, and the threshold that each unit is held against."""
        return {"value": self.value, "threshold": self.threshold}

    def unit(self, own: Text) -> Text:
        """Give the unit of the threshold."""
        return self.threshold_unit

    def _contradictions(self) -> Faults:
        yield from super()._contradictions()
        if not all(0 < value <= 100 for value in (self.value, *self.by_region.values())):
            yield ("value",), "a share of units above 0 and at most 100 %"


class Quota(Target):
    """What both quotas share: a number of things to be done, which a declared rule may split among regions."""

    apportionment: Apportionment | None = None

    is_count: ClassVar = True
    adds_up: ClassVar = True

    @property
    def split(self) -> Apportionment | None:
        """The rule by which the province's total is split among regions."""
        return self.apportionment

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

    judged_by_year: ClassVar = True
    _without: ClassVar = {"baseline": "an annual quota starts from nothing every year"}

    def way(self, years: np.ndarray, baseline: float, *, since: int) -> np.ndarray:
        """Give each year's own quota; blank after the last one."""
        quotas = [self.milestones.get(year, self.value) for year in years.tolist()]
        return np.where((since < years) & (years <= self.year), quotas, np.nan)


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

    adds_up: ClassVar = True

    def _contradictions(self) -> Faults:
        yield from super()._contradictions()
        if any(value > self.upper for value in (self.value, *self.by_region.values())):
            yield ("upper",), f"an upper bound of at least the lower one, not {self.upper:g}"

    @property
    def ends(self) -> dict[str, float]:
        """Both bounds of the range."""
        return {"value": self.value, "upper": self.upper}

    @property
    def most(self) -> float:
        """The upper bound."""
        return self.upper


class Parity(Target):
    """Equality of two groups: a ratio of 1, or of 100 %, from either side, within a tolerance."""

    kind: Literal["parity"]
    tolerance: float = Field(default=0, ge=0)

    _without: ClassVar = {"by_region": "parity is the same everywhere"}

    def _contradictions(self) -> Faults:
        yield from super()._contradictions()
        if self.value not in (1, 100):
            yield ("value",), f"parity at 1 or at 100 (%), not {self.value:g}"

    @property
    def rises(self) -> bool:
        """Less of the distance from parity is better."""
        return False

    @property
    def leeway(self) -> float:
        """The tolerance."""
        return self.tolerance

    def margin(self, milestone: float) -> float:
        """Give what the year's milestone lets a value differ from parity, or the tolerance where that is more."""
        return max(abs(milestone - self.value), self.tolerance)

    def distance(self, x):
        """Give how far a value is from parity, on either side and beyond the tolerance."""
        gap = abs(x - self.value) - self.tolerance
        return np.where(at_most(gap, 0), 0, gap)


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
