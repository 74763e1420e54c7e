"""Incentives: the rules by which a fund is shared out, and what a grade earns or costs beside money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import pandas as pd
from pydantic import BeforeValidator, Field, field_validator, model_validator

from evalkit.assessment.findings.inspections import NO_FINDINGS, Findings, Verdict
from evalkit.assessment.grading.assessment import Assessment
from evalkit.assessment.grading.bands import UNRATED, Sourced
from evalkit.base import params
from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.base.fields import Code, Codes, Named, Span
from evalkit.base.model import DeclaredModel
from evalkit.base.params import ContradictionError
from evalkit.base.text import Text

SharedBy = Literal["performance", "progress", "need"]
CENTS = Decimal("0.01")


def _as_written(number: object) -> object:
    """Take a number as the decimal that was written."""
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    return Decimal(str(number)) if is_number else number


Exact = Annotated[Decimal, BeforeValidator(_as_written), Field(ge=0, le=10**15, strict=False)]


class Pot(Sourced):
    """A part of a fund, as a share of it."""

    name: Named
    share: Exact


class Need(Sourced):
    """What need is: the `gap` of the mean completion to 100, a `variable` of the dataset, or its `inverse`.

    The variable is divided by another one where `per` is given.
    """

    measure: Literal["gap", "variable", "inverse"]
    variable: Code | None = None
    per: Code | None = None

    @model_validator(mode="after")
    def _of_something(self):
        if (self.measure == "gap") != (self.variable is None) or (self.per and not self.variable):
            raise ContradictionError(
                [(("variable",), "a variable beside `variable` and `inverse`, and beside them only")]
            )
        return self


class Limit(Sourced):
    """The least or the most that a region gets: an amount in yuan, or a share of the fund; some have their own."""

    of: Literal["amount", "share"]
    value: Exact
    by_region: dict[Code, Exact] = {}

    @model_validator(mode="after")
    def _payable(self):
        given = {("value",): self.value} | {("by_region", region): x for region, x in self.by_region.items()}
        if self.of == "amount":
            wrong = [(at, "whole cents") for at, x in given.items() if x != x.quantize(CENTS)]
        else:
            wrong = [(at, "a share of the fund, at most 1") for at, x in given.items() if x > 1]
        if wrong:
            raise ContradictionError(wrong)
        return self

    def at(self, region: str) -> Decimal:
        """Give the limit of one region."""
        return self.by_region.get(region, self.value)


class Payment(Sourced):
    """Who is paid from which budget line, with which regions the province settles `apart`, and what counties get how.

    It changes no amount. What is not declared is left to be filled in.
    """

    payee: Named | None = None
    budget_line: Named | None = None
    apart: dict[Code, Named] = {}
    counties: Named | None = None


class Fund(Sourced):
    """A fund, and the rule by which it is shared out.

    `base` is the variable by which every part is weighted, such as the population; without it regions count alike.
    `floor_only` are those who get their floor and nothing else; other regions without a score have a performance of 0.
    """

    name: Named
    amount: Exact
    parts: dict[SharedBy, Pot] = Field(min_length=1)
    base: Code | None = None
    need: Need | None = None
    floor: Limit | None = None
    cap: Limit | None = None
    floor_only: tuple[Literal["unrated", "vetoed"], ...] = ()
    payment: Payment | None = None

    @field_validator("amount")
    @classmethod
    def _in_whole_cents(cls, amount):
        if not amount or amount != amount.quantize(CENTS):
            raise ContradictionError([((), "yuan above 0, in whole cents")])
        return amount

    @field_validator("parts")
    @classmethod
    def _parts_sum_to_1(cls, parts):
        total = sum(pot.share for pot in parts.values())
        if total != 1:
            raise ContradictionError([((part, "share"), f"shares that sum to 1, not {total}") for part in parts])
        return parts

    @model_validator(mode="after")
    def _need_is_declared(self):
        if ("need" in self.parts) != (self.need is not None):
            raise ContradictionError([(("need",), "what need is, where a part is shared by need, and only there")])
        return self


class Measure(Sourced):
    """What a region earns, or is denied, without money.

    It follows from one of `grades` in each of the last `years` rated years, this one among them, or from a finding
    with one of `verdicts` about the year. A restriction bars the commendations that it names.
    """

    code: Code
    name: Named
    kind: Literal["commendation", "restriction"]
    grades: Codes = ()
    years: Span = Field(default=1, ge=1)
    verdicts: tuple[Verdict, ...] = ()
    bars: Codes = ()


class Incentives(DeclaredModel):
    """What `params/incentives/<code>.yaml` declares."""

    code: Code
    version: str
    name: Named
    notes: tuple[Text, ...] = ()
    funds: dict[Code, Fund] = {}
    measures: tuple[Measure, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Incentives:
        """Read the rules from YAML. Raises ParamsError with every offender."""
        return params.read(cls, path)

    @field_validator("measures")
    @classmethod
    def _measures_are_coherent(cls, measures):
        wrong = [found for place, one in enumerate(measures) for found in _contradictions(place, one, measures)]
        if wrong:
            raise ContradictionError(wrong)
        return measures

    def check(self, grades: Iterable[str]) -> None:
        """Raise ParamsError with every grade of a measure that the round does not have."""
        if wrong := self.problems(grades):
            raise ParamsError(f"the rules of incentives {self.code} do not fit the round's grades", wrong)

    def problems(self, grades: Iterable[str]) -> list[Problem]:
        """Give what `check` raises."""
        known = list(grades)
        return [
            Problem(f"grades of the measure {one.code} of {self.code}, incentives", repr(grade), one_of(grade, known))
            for one in self.measures
            for grade in one.grades
            if grade not in known
        ]


class Cause(NamedTuple):
    """What a measure follows from: the `grade` of a `year`, or the `finding` of that code."""

    year: int | None = None
    grade: str = ""
    finding: str = ""


class Consequence(NamedTuple):
    """One measure for one region: `why` are the years and grades, or the findings, from which it follows.

    `barred_by` is the restriction that keeps a commendation from it, "" where there is none.
    """

    region: str
    measure: str
    kind: str
    why: tuple[Cause, ...]
    barred_by: str
    rule: str
    status: str
    source: Text


def measures(assessment: Assessment, year: int, rules: Incentives, findings: Findings = NO_FINDINGS) -> pd.DataFrame:
    """Give every commendation and restriction that follows from a year: a row each, the columns of `Consequence`.

    A year that is not rated is passed over: it is no grade, and interrupts no run of them.
    Raises ParamsError for a year that is not assessed and for grades that the round does not have.
    """
    rules.check(assessment.rules.bands.codes)
    years = assessment.results.index.unique("year")
    if year not in years:
        raise ParamsError("no measures follow from that year", [Problem("year", repr(year), one_of(year, years))])
    rows = []
    for region, grades in assessment.results.grade.groupby(level="region", sort=False):
        run = grades.droplevel("region").sort_index().loc[:year]
        found = {one.code: _why(one, run[run != UNRATED], year, findings.of(region, year)) for one in rules.measures}
        rows += _consequences(region, {code: why for code, why in found.items() if why}, rules)
    return pd.DataFrame(rows, columns=list(Consequence._fields))


def _why(measure: Measure, run: pd.Series, year: int, findings: Iterable) -> tuple[Cause, ...]:
    """Give what a measure follows from; nothing where it does not."""
    last = run.tail(measure.years)
    earned = len(last) == measure.years and last.index[-1] == year and last.isin(measure.grades).all()
    graded = [Cause(year=then, grade=grade) for then, grade in last.items()] if earned else []
    return (*graded, *(Cause(finding=one.code) for one in findings if one.verdict in measure.verdicts))


def _consequences(region: str, found: dict[str, tuple[Cause, ...]], rules: Incentives) -> Iterator[Consequence]:
    due = [one for one in rules.measures if one.code in found]
    for one in due:
        bar = next((other.code for other in due if one.code in other.bars), "")
        rule = (f"{rules.code} {rules.version}", one.status, one.source)
        yield Consequence(region, one.code, one.kind, found[one.code], bar, *rule)


def _contradictions(place: int, one: Measure, measures: tuple[Measure, ...]) -> Iterator[tuple[tuple, str]]:
    if one.code in [other.code for other in measures[:place]]:
        yield (place, "code"), "every measure once, under a code of its own"
    if not one.grades and not one.verdicts:
        yield (place, "grades"), "grades or verdicts from which the measure follows"
    commendations = [other.code for other in measures if other.kind == "commendation"]
    for bar in one.bars:
        if one.kind != "restriction" or bar not in commendations:
            yield (place, "bars"), f"a restriction that bars {one_of(bar, commendations)}"
