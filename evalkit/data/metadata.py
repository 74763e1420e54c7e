"""What a dataset declares of its variables and of the publications that they are from."""

from typing import Literal

from pydantic import Field, model_validator

from evalkit.fields import Code, Codes, Named, Span, Year, Years
from evalkit.params import ContradictionError
from evalkit.text import Declared, Text


class Publication(Declared):
    """Where a figure was published; `stated` is false where the compilation does not say, or names one of two."""

    title: Named
    stated: bool
    note: Text | None = None


class Break(Declared):
    """A year in which a series changes its meaning, in one region or (region left out) in all of them."""

    year: Year
    region: Code | None = None
    note: Text


class Variable(Declared):
    """A published figure: what it counts, in which unit, where, from when to when.

    `oddities` are doubts, `checks` are comparisons that the figures passed.
    `scale` turns the printed unit into the base unit (persons, yuan, volumes): 10000 where 万人 is printed.
    `every` is the number of years from one figure to the next: 10 for a census. Of the kind `facility`, every facility
    of a region has a figure of its own.
    """

    name: Named
    unit: Text
    scale: float = Field(default=1, gt=0)
    definition: Text
    kind: Literal["count", "amount", "rate", "average", "facility"]
    scope: Text
    levels: Codes = ("city",)
    years: Years
    every: Span = Field(default=1, gt=0)
    population_base: Literal["resident", "registered"] | None = None
    valid: tuple[float | None, float | None] = (0, None)
    breaks: tuple[Break, ...] = ()
    oddities: tuple[Text, ...] = ()
    checks: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _in_order(self):
        if self.years[0] > self.years[1]:
            raise ValueError(f"a first year that is not after the last (years is {list(self.years)})")
        if None not in self.valid and self.valid[0] > self.valid[1]:
            raise ValueError(f"a valid range from low to high (valid is {list(self.valid)})")
        first, last = self.years
        outside = [place for place, one in enumerate(self.breaks) if not first <= one.year <= last]
        if outside:
            raise ContradictionError((("breaks", place, "year"), f"a year from {first} to {last}") for place in outside)
        return self

    @property
    def calendar(self) -> range:
        """The years that have a figure."""
        return range(self.years[0], self.years[1] + 1, self.every)


class Metadata(Declared):
    """What a dataset declares of itself; `synthetic` is what stands on all that is made of figures that are made up."""

    title: Named
    licence: Text
    synthetic: Text | None = None
    publications: dict[Code, Publication]
    variables: dict[Code, Variable]
