"""A plain target: a floor or a ceiling to be reached by a year, and the rules that every kind of target starts from."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf, nan
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import BeforeValidator, Field, model_validator

from evalkit.base.exact import reached
from evalkit.base.fields import Code, Year
from evalkit.base.model import DeclaredModel
from evalkit.base.params import ContradictionError
from evalkit.base.text import Text

TargetStatus = Literal["confirmed", "other-source", "proxy", "proposed", "absent"]
OFFICIAL: tuple[TargetStatus, ...] = ("confirmed", "other-source")
Level = Literal["province", "city", "county"]
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

    What a kind says of itself: `is_count`, that the value is a number of things done, from nothing on;
    `judged_by_year`, that every year is judged by itself and by the sum so far; `by_unit`, that each unit is judged
    by itself; `is_band`, that two bounds judge the value, and no way leads to them; `adds_up`, that the numbers of
    regions add up to the province's.
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

    is_count: ClassVar[bool] = False
    judged_by_year: ClassVar[bool] = False
    by_unit: ClassVar[bool] = False
    is_band: ClassVar[bool] = False
    adds_up: ClassVar[bool] = False
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
        last = self.year - (not self.judged_by_year)  # elsewhere the target is its own year's milestone
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

    @property
    def rises(self) -> bool:
        """Whether more of `distance` is better."""
        return self.kind != "ceiling"

    @property
    def ends(self) -> dict[str, float]:
        """The numbers that the target names, by the key under which each is declared."""
        return {"value": self.value}

    @property
    def line(self) -> float | None:
        """The one level from which or up to which the target is met; None where it is no level."""
        return self.value if self.kind in ("floor", "ceiling") else None

    @property
    def leeway(self) -> float:
        """By how much a value may differ from the target and still reach it."""
        return 0

    def margin(self, milestone: float) -> float | None:
        """Give by how much a year lets a value differ from the target on either side; None where one side is asked."""
        return None

    @property
    def most(self) -> float:
        """Above which number a value is reported and not rewarded."""
        return inf

    @property
    def split(self) -> Apportionment | None:
        """The rule by which a total is split among regions; None where there is none."""
        return None

    def unit(self, own: Text) -> Text:
        """Give the unit of `ends`, for an indicator with that unit of its own."""
        return own

    def distance(self, x):
        """Give what is judged of a value: the value itself, or how far it is from where it should be."""
        return x

    def reaches(self, x, level):
        """Say whether values are as good as others, noise aside; a blank reaches nothing."""
        return reached(self.distance(x), self.distance(level), rises=self.rises)

    def better_by(self, x, *, than):
        """Give by how much a value is better than another, in its own unit; below 0 where it is worse."""
        x, other = self.distance(x), self.distance(than)
        return x - other if self.rises else other - x

    def base_year(self, first: int) -> int:
        """Give the year from which the target is on its way: its baseline's, or the one before it is first due.

        `first` is the first year of the round.
        """
        return self.baseline.year if self.baseline else max(first, self.valid_from or first) - 1

    def way(self, years: np.ndarray, baseline: float, *, since: int) -> np.ndarray:
        """Give what each year must reach, in the indicator's unit; blank up to `since`, the year of the baseline.

        Linear from the baseline to the target, through the declared milestones; the target itself after its year.
        Where the baseline is at the target already, the target is to be held. An unknown baseline leaves it open.

        >>> floor = Target(kind="floor", value=90, year=2012, status="proxy", document=Text(zh="", en=""))
        >>> floor.way(np.arange(2008, 2014), 80, since=2007).tolist()
        [82.0, 84.0, 86.0, 88.0, 90.0, 90.0]
        """
        bends = dict(sorted({since: baseline, **self.milestones, self.year: self.value}.items()))
        held = self.reaches(baseline, self.value)
        level = self.value if held else np.interp(years, list(bends), list(bends.values()))
        return np.where(since < years, level, nan)
