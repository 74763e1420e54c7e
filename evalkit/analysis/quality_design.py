"""What a round declares of the look at its data: from when on a figure is asked about."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field, model_validator

from evalkit.base.fields import Code, Codes, Count
from evalkit.base.model import DeclaredModel


class PartsOfWhole(DeclaredModel):
    """Figures that add up to another, in base units; with a `rest` that has no figure they come to no more than it."""

    whole: Code
    parts: Codes = Field(min_length=1)
    rest: bool = False


class UnitsCounted(DeclaredModel):
    """A figure that counts what the register of `facilities` has one by one."""

    facilities: Code
    count: Code


class QualityDesign(DeclaredModel):
    """The bounds of the look at the data.

    `flag_chance` is the probability with which one figure that is right is flagged by one of the tests of changes; what
    is flagged is also off the others by a share `apart` or more, among `least` others or more. A change by the factor
    `large` is grave, and is asked about where there is nothing to hold it against. `level` is the factor by which a
    rate or an average is off the peers' median. A figure that is the same to the last digit as the year before, or as
    that of another region, is asked about where the probability of it by chance is at most `same`, or `copied`. Sums
    agree within a share `tolerance`; a slip of the unit is a power of ten but for a factor `slip`. Registers of
    `digits_least` figures have their last digits tested, and those of `benford_least` over `benford_orders` of
    magnitude their first ones, against `digits_chance`.
    """

    flag_chance: float = Field(default=0.005, ge=0.0001, le=0.1)
    apart: float = Field(default=0.1, ge=0, le=10)
    least: Count = Field(default=4, ge=3)
    large: float = Field(default=1.6, gt=1, le=1000)
    level: float = Field(default=2, gt=1, le=1000)
    same: float = Field(default=0.01, ge=0, le=0.5)
    copied: float = Field(default=0.005, ge=0, le=0.5)
    tolerance: float = Field(default=0.005, ge=0, lt=1)
    slip: float = Field(default=1.6, gt=1, lt=3)
    digits_least: Count = Field(default=100, ge=50)
    benford_least: Count = Field(default=300, ge=50)
    benford_orders: float = Field(default=3, ge=1, le=12)
    digits_chance: float = Field(default=0.001, ge=0.0005, le=0.1)
    parts: tuple[PartsOfWhole, ...] = ()
    units: tuple[UnitsCounted, ...] = ()

    @model_validator(mode="after")
    def _no_part_of_itself(self):
        for declared in self.parts:
            if declared.whole in declared.parts or len(set(declared.parts)) < len(declared.parts):
                raise ValueError(f"parts of {declared.whole} that are each another figure, named once")
        return self

    def terms(self) -> Iterator[tuple[str, str]]:
        """Give every figure that is named, with where."""
        for declared in self.parts:
            yield from ((f"quality parts of {declared.whole}", code) for code in (declared.whole, *declared.parts))
        for declared in self.units:
            yield from ((f"quality units of {declared.count}", code) for code in (declared.facilities, declared.count))
