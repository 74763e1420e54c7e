"""What a round declares of its readings beside the score: which series are read, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal

from pydantic import Field, field_validator, model_validator

from evalkit.analysis.quality_design import QualityDesign
from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.base.fields import Code, Codes, Draws, Named
from evalkit.base.model import DeclaredModel
from evalkit.base.text import Text
from evalkit.index import IndexSystem


class Total(DeclaredModel):
    """An amount that is one published figure, or the sum of several in the unit of the first."""

    code: Code
    name: Named
    unit: Text
    variables: Codes = Field(min_length=1)


class EfficiencyDesign(DeclaredModel):
    """Which amounts the efficiency of a city is read from, and how."""

    inputs: tuple[Total, ...] = Field(min_length=1)
    outputs: tuple[Total, ...] = Field(min_length=1)
    returns: Literal["constant", "variable", "non_increasing"] = "variable"
    orientation: Literal["input", "output"] = "output"


class Regressor(DeclaredModel):
    """What may go with the level of services: a figure, or a ratio of two in base units, as it is or in logarithms."""

    code: Code
    name: Named
    numerator: Code
    denominator: Code | None = None
    log: bool = False


class Comparables(DeclaredModel):
    """Which `count` cities are most like a city: the nearest in the figures of their structure, none of them a result.

    `source` says where the way of choosing, and the choice of figures, come from.
    """

    source: Text
    structure: tuple[Regressor, ...] = Field(min_length=1)
    count: int = Field(default=3, ge=1, le=10)


class FiscalDesign(DeclaredModel):
    """The figures of spending and of own revenue; `livelihood` names the list of functions in params/livelihood."""

    expenditure: Code
    revenue: Code
    livelihood: Code


Chapter = Literal["summary", "equality", "groups", "counties", "convergence", "efficiency"]


class Readings(DeclaredModel):
    """The readings of a round: indicators whose inequality and convergence are shown, efficiency, what goes along.

    `money` are inputs, whose inequality is read beside that of the services; `county_population` is the figure by which
    counties are weighed. `level` is that of every interval and of tiers; `bands` are the scores, rising, at which bands
    start, for the stability of a score under the draws in a round whose rules declare none. `notes` are what a reader
    of a chapter must know of the data behind it.
    """

    services: Codes = ()
    money: Codes = ()
    draws: Draws = Field(default=1000, ge=100)
    level: float = Field(default=0.9, gt=0.5, lt=1)
    bands: tuple[float, ...] = ()
    efficiency: EfficiencyDesign | None = None
    regressors: tuple[Regressor, ...] = ()
    comparables: Comparables | None = None
    fiscal: FiscalDesign | None = None
    county_population: Code | None = None
    quality: QualityDesign = QualityDesign()
    notes: dict[Chapter, tuple[Text, ...]] = {}

    @field_validator("bands")
    @classmethod
    def _rise(cls, bands: tuple[float, ...]) -> tuple[float, ...]:
        if any(not low < high for low, high in pairwise(bands)):
            raise ValueError(f"bands that rise, not {', '.join(f'{band:g}' for band in bands)}")
        return bands

    @model_validator(mode="after")
    def _each_once(self):
        design = self.efficiency
        totals = [*design.inputs, *design.outputs] if design else []
        structure = self.comparables.structure if self.comparables else ()
        ratios = [[one.code for one in declared] for declared in (self.regressors, structure)]
        for codes in ([t.code for t in totals], *ratios, [*self.services, *self.money]):
            if twice := sorted({code for code in codes if codes.count(code) > 1}):
                raise ValueError(f"every code once, not {', '.join(twice)} again")
        return self

    def check(self, system: IndexSystem, variables: Iterable[str]) -> None:
        """Raise ParamsError with every indicator and variable that the study does not have, the residents included."""
        indicators, variables = [indicator.code for indicator in system.indicators], list(variables)
        named = [("services", code, indicators) for code in self.services]
        named += [("money", code, indicators) for code in self.money]
        named += [(where, variable, variables) for where, variable in (*self._terms(), *self.quality.terms())]
        wrong = [
            Problem(f"readings, {where}", repr(found), one_of(found, known))
            for where, found, known in named
            if found not in known
        ]
        if (self.services or self.money or self.efficiency or self.fiscal) and "resident" not in system.population:
            expected = "the variable of residents, by whom readings are weighed and divided"
            wrong.append(Problem(f"population of {system.code}", "no resident", expected))
        if wrong:
            raise ParamsError("the readings name what the study does not have", wrong)

    @property
    def variables(self) -> tuple[str, ...]:
        """The figures that the readings rest on, each once."""
        return tuple(dict.fromkeys(variable for _, variable in self._terms()))

    def _terms(self) -> Iterator[tuple[str, str]]:
        totals = (*self.efficiency.inputs, *self.efficiency.outputs) if self.efficiency else ()
        yield from ((f"efficiency {total.code}", variable) for total in totals for variable in total.variables)
        structure = self.comparables.structure if self.comparables else ()
        for where, declared in (("regressor", self.regressors), ("comparables", structure)):
            named = ((one.code, term) for one in declared for term in (one.numerator, one.denominator) if term)
            yield from ((f"{where} {code}", term) for code, term in named)
        if self.fiscal:
            yield from (("fiscal", term) for term in (self.fiscal.expenditure, self.fiscal.revenue))
        if self.county_population:
            yield "county_population", self.county_population
