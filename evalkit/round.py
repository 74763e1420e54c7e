"""What the file of a study declares: one round of assessment."""

from __future__ import annotations

import warnings
from typing import Literal

from pydantic import model_validator

from evalkit.analysis.readings_design import Readings
from evalkit.assessment.assessment_design import AssessmentDesign
from evalkit.base.errors import ParamsError
from evalkit.base.fields import Code, Codes, Day, Named, Seed, Year, Years
from evalkit.base.model import DeclaredModel
from evalkit.base.text import Language, Text
from evalkit.index.indicator import DataReason, PopulationBase
from evalkit.register.design import RegisterDesign
from evalkit.scoring import Method
from evalkit.scoring.composition import Limits
from evalkit.scoring.uncertainty_sources import Uncertainty

# a method of that name, which classes of pydantic have from abc, is of no use to a round
warnings.filterwarnings("ignore", 'Field name "register" in "Round"', UserWarning)


class Alternative(DeclaredModel):
    """Another defensible way of scoring: choices of the method that differ, or the other population base."""

    code: Code
    name: Named
    method: dict = {}
    population_base: PopulationBase | None = None


class SignOff(DeclaredModel):
    """Who issues the reports, under which number and on which day, and who prepared, reviewed and approved them.

    Where one is not declared, reports have room to fill it in, or to sign. Until a day figures may be objected to.
    `previous` is the day as of which the edition before this one was made: reports list what changed since.
    """

    office: Named | None = None
    number: str = ""
    issued: Day | None = None
    prepared: str = ""
    reviewed: str = ""
    approved: str = ""
    objections_until: Day | None = None
    previous: Day | None = None


class Boundaries(DeclaredModel):
    """A GeoJSON file of the user's own, by its path in the project; `key` is its property with a region's code."""

    file: str
    key: str = "code"


class Round(DeclaredModel):
    """What `params/studies/<study>.yaml` declares.

    Its figures are those of a `dataset`, or those on record in a `register`.
    `composition` has the limits that the figures of a scored indicator keep to, and `unscored` the reason why the
    round's data do not carry one that its index system means to score; `uncertainty` is a design that is drawn with
    `seed`; `leave_out` names the chapters that reports do without, by notebook, and `words` the file that has
    sentences of theirs in other words.
    """

    code: Code
    title: Named
    index: Code
    regions: Code
    dataset: str | None = None
    register: RegisterDesign | None = None
    years: Years
    report_year: Year
    language: Language = "zh"
    status: Literal["preliminary", "final"] = "preliminary"
    sign_off: SignOff = SignOff()
    method: Method = Method()
    composition: Limits = Limits()
    unscored: dict[Code, DataReason] = {}
    alternatives: tuple[Alternative, ...] = ()
    seed: Seed = 20081231
    uncertainty: Uncertainty | None = None
    readings: Readings = Readings()
    boundaries: Boundaries | None = None
    assessment: AssessmentDesign | None = None
    notes: tuple[Text, ...] = ()
    leave_out: dict[Code, Codes] = {}
    words: Code | None = None

    @model_validator(mode="after")
    def _coherent(self):
        if (self.dataset is None) == (self.register is None):
            found = "neither" if self.dataset is None else "both"
            raise ValueError(f"either a dataset or a register, not {found}")
        if self.sign_off.previous and not self.register:
            raise ValueError("a register, for what stood on the day of sign_off.previous")
        if self.years[0] > self.years[1]:
            raise ValueError(f"a first year that is not after the last (years is {list(self.years)})")
        if not self.years[0] <= self.report_year <= self.years[1]:
            raise ValueError(f"a report_year within {self.years[0]}–{self.years[1]}, not {self.report_year}")
        codes = [alternative.code for alternative in self.alternatives]
        if len(set(codes)) < len(codes):
            raise ValueError(f"every alternative under a code of its own, not {', '.join(codes)}")
        for alternative in self.alternatives:
            try:
                self.method.but(**alternative.method)
            except ParamsError as error:
                raise ValueError(f"a valid method in the alternative {alternative.code!r}: {error}") from None
        return self

    @property
    def variables(self) -> str:
        """The dataset whose metadata declare the variables, wherever the figures are from."""
        return self.register.variables if self.register else self.dataset
