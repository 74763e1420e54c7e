"""What a dataset declares of its variables and of the publications that they are from."""

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from evalkit.base import params
from evalkit.base.errors import one_of
from evalkit.base.fields import Code, Codes, Named, OpenBounds, Span, Year, Years
from evalkit.base.model import DeclaredModel
from evalkit.base.params import ContradictionError
from evalkit.base.text import Text
from evalkit.index.indicator import PopulationBase

METADATA = "metadata.yaml"  # the file of a dataset's folder
DATED = ("breaks", "doubts")  # remarks of a variable on one year


class Publication(DeclaredModel):
    """Where a figure was published; `stated` is false where the compilation does not say, or names one of two."""

    title: Named
    stated: bool
    note: Text | None = None


class Break(DeclaredModel):
    """A year in which a series changes its meaning or is in doubt, in one region or (region left out) all."""

    year: Year
    region: Code | None = None
    note: Text


class Variable(DeclaredModel):
    """A published figure: what it counts, in which unit, where, from when to when.

    `oddities` are doubts of the whole series and `doubts` those of one year; `checks` are comparisons that the figures
    passed.
    `scale` turns the printed unit into the base unit (persons, yuan, volumes): 10000 where 万人 is printed.
    `every` is the number of years from one figure to the next: 10 for a census. Of the kind `facility`, every facility
    of a region has a figure of its own. `weight` is the count by which regions are weighed where a rate or an average
    is taken over several of them: households, for floor space per household.
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
    population_base: PopulationBase | None = None
    weight: Code | None = None
    valid: OpenBounds = (0, None)
    breaks: tuple[Break, ...] = ()
    doubts: tuple[Break, ...] = ()
    oddities: tuple[Text, ...] = ()
    checks: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _in_order(self):
        if self.years[0] > self.years[1]:
            raise ValueError(f"a first year that is not after the last (years is {list(self.years)})")
        if None not in self.valid and self.valid[0] > self.valid[1]:
            raise ValueError(f"a valid range from low to high (valid is {list(self.valid)})")
        first, last = self.years
        dated = [(kind, place, one.year) for kind in DATED for place, one in enumerate(getattr(self, kind))]
        outside = [at for *at, year in dated if not first <= year <= last]
        wrong = [((*at, "year"), f"a year from {first} to {last}") for at in outside]
        if self.weight is not None and not self.is_mean:
            wrong.append((("weight",), f"no weight on the kind {self.kind}: it is for rates and averages"))
        if wrong:
            raise ContradictionError(wrong)
        return self

    @property
    def is_sum(self) -> bool:
        """Whether the figures of regions add up to that of all of them."""
        return self.kind in ("count", "amount")

    @property
    def is_mean(self) -> bool:
        """Whether the figure of several regions is a mean, by what they are weighed by."""
        return self.kind in ("rate", "average")

    @property
    def calendar(self) -> range:
        """The years that have a figure."""
        return range(self.years[0], self.years[1] + 1, self.every)


class Metadata(DeclaredModel):
    """What a dataset declares of itself; `synthetic` is what stands on all that is made of figures that are made up."""

    title: Named
    licence: Text
    synthetic: Text | None = None
    publications: dict[Code, Publication]
    variables: dict[Code, Variable]

    @classmethod
    def load(cls, path: Path) -> "Metadata":
        """Read the metadata of a dataset from YAML. Raises ParamsError with every offender."""
        return params.read(cls, path)

    @model_validator(mode="after")
    def _weighed_by_counts(self):
        weighed = {code: variable for code, variable in self.variables.items() if variable.weight is not None}
        wrong = [
            (("variables", code, "weight"), expected)
            for code, variable in weighed.items()
            if (expected := self._no_weight(variable))
        ]
        if wrong:
            raise ContradictionError(wrong)
        return self

    def _no_weight(self, variable: Variable) -> str | None:
        """Say what was expected of the weight of a variable; None where it will do."""
        by = self.variables.get(variable.weight)
        if by is None:
            counts = [code for code, each in self.variables.items() if each.kind == "count"]
            return f"a count, not {variable.weight!r} ({one_of(variable.weight, counts)})"
        if by.kind != "count":
            return f"a count, not {variable.weight!r}, which is of the kind {by.kind}"
        same = by.scope == variable.scope and set(variable.levels) <= set(by.levels)
        return None if same else f"a count of the same scope and levels, which {variable.weight!r} is not"
