"""Accountability: what is called to account, by when it is to be put right, and what follows if it is not."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field, field_validator, model_validator

from evalkit.assessment.findings.inspections import DISPUTING
from evalkit.assessment.grading.bands import Sourced
from evalkit.base import params
from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.base.exact import at_least
from evalkit.base.fields import Code, Months, Named, Span
from evalkit.base.model import DeclaredModel
from evalkit.base.params import ContradictionError
from evalkit.base.text import Text
from evalkit.index.plain_target import TargetStatus

Fault = Literal["behind", "project", "earmark", "missing", "contradicted", "falsified"]
FAULTS: tuple[Fault, ...] = get_args(Fault)
OTHERWISE = "otherwise"


class Term(Sourced):
    """A term in months, of which each ends on the last day of its month."""

    months: Months

    @field_validator("months")
    @classmethod
    def _after_the_round(cls, months):
        if months < 1:
            raise ContradictionError([((), "1 month or more: no notice and no deadline lies before its round is over")])
        return months


class Ground(Term):
    """A fault that is called to account, and the term after the notice by which it is to be put right.

    `at_once` is a step of escalation that the fault has from the start. A year counts towards the next step only where
    the completion (%) is under `counts_below`, and one that does not count starts the count anew; without a bound or a
    completion every year counts.
    """

    name: Named
    at_once: Code | None = None
    counts_below: float | None = Field(default=None, gt=0, le=100)


class Step(Sourced):
    """A step of escalation, taken from so many years behind on."""

    code: Code
    name: Named
    years: Span


class Advice(Sourced):
    """What stands in the place of a step where a target has not the standing to call anybody to account.

    `binding` are the statuses of the targets that have it.
    """

    code: Code
    name: Named
    binding: tuple[TargetStatus, ...] = Field(min_length=1)


class Accountability(DeclaredModel):
    """What `params/accountability/<code>.yaml` declares.

    `notice` is the term from the end of the year that is assessed to the notice; `reports` the term from there to the
    written report, by the region's grade, or `otherwise`. A ground that is left out is not called to account. Without
    `advice` every target is binding.
    """

    code: Code
    version: str
    name: Named
    notes: tuple[Text, ...] = ()
    notice: Term
    reports: dict[Code, Term]
    grounds: dict[Fault, Ground] = Field(min_length=1)
    steps: tuple[Step, ...] = Field(min_length=1)
    advice: Advice | None = None

    @classmethod
    def load(cls, path: Path) -> Accountability:
        """Read the rules from YAML. Raises ParamsError with every offender."""
        return params.read(cls, path)

    @field_validator("reports")
    @classmethod
    def _every_grade_has_a_term(cls, reports):
        if OTHERWISE not in reports:
            raise ContradictionError([((), f"a term for every grade, under {OTHERWISE!r}")])
        return reports

    @field_validator("steps")
    @classmethod
    def _steps_follow_one_another(cls, steps):
        wrong = [] if steps[0].years == 1 else [((0, "years"), "1 for the first step, so that every year has one")]
        for place, step in enumerate(steps[1:], start=1):
            before = steps[place - 1].years
            if step.years <= before:
                wrong.append(((place, "years"), f"more than {before}, where the step before begins: no two overlap"))
            if step.code in [other.code for other in steps[:place]]:
                wrong.append(((place, "code"), "a code of its own"))
        if wrong:
            raise ContradictionError(wrong)
        return steps

    @model_validator(mode="after")
    def _steps_at_once_are_known(self):
        known = [step.code for step in self.steps]
        wrong = [(("advice", "code"), "a code of its own")] if self.advice and self.advice.code in known else []
        wrong += [
            (("grounds", fault, "at_once"), one_of(ground.at_once, known))
            for fault, ground in self.grounds.items()
            if ground.at_once not in {None, *known}
        ]
        if wrong:
            raise ContradictionError(wrong)
        return self

    def check(self, grades: Iterable[str]) -> None:
        """Raise ParamsError with every grade of `reports` that the round does not have."""
        if wrong := self.problems(grades):
            raise ParamsError(f"the rules of accountability {self.code} do not fit the round's grades", wrong)

    def problems(self, grades: Iterable[str]) -> list[Problem]:
        """Give what `check` raises."""
        known, where = [*grades, OTHERWISE], f"reports of {self.code}, accountability"
        return [Problem(where, repr(grade), one_of(grade, known)) for grade in self.reports if grade not in known]

    def counts(self, fault: Fault, completion: float) -> bool:
        """Whether a year that shows a fault at that completion, blank where it has none, counts towards escalation."""
        bound = self.grounds[fault].counts_below
        return bound is None or not at_least(completion, bound)

    @property
    def measures(self) -> tuple[Advice | Step, ...]:
        """What an item may be met with, the mildest first."""
        return (*((self.advice,) if self.advice else ()), *self.steps)

    def beyond_the_first(self) -> list[str]:
        """Give the codes of the steps after the first."""
        return [step.code for step in self.steps[1:]]

    def step(self, fault: Fault, years: int, status: TargetStatus) -> str:
        """Give the code of the step that a fault has after so many counted years: its first, or further on.

        A figure that is not true has its step whatever the `status` of its target; all else on a target that is not
        binding is advice.
        """
        if self.advice and fault not in DISPUTING and status not in self.advice.binding:
            return self.advice.code
        codes = [step.code for step in self.steps]
        reached = max(sum(step.years <= years for step in self.steps) - 1, 0)
        at_once = self.grounds[fault].at_once
        return codes[max(reached, codes.index(at_once) if at_once else 0)]

    def noticed(self, year: int) -> date:
        """Give the day of the notice about a year's figures."""
        return month_end(year, self.notice.months)

    def deadline(self, fault: Fault, year: int) -> date:
        """Give the day by which a fault of a year's figures is to be put right."""
        return month_end(year, self.notice.months + self.grounds[fault].months)

    def report_by(self, grade: str, year: int) -> date:
        """Give the day by which a region with that grade reports in writing what it will do."""
        return month_end(year, self.notice.months + self.reports.get(grade, self.reports[OTHERWISE]).months)


def month_end(year: int, months: int) -> date:
    """Give the last day of the month that lies so many months after the end of a year.

    >>> month_end(2009, 14)
    datetime.date(2011, 2, 28)
    """
    years, month = divmod(months - 1, 12)
    year += 1 + years
    return date(year, month + 1, monthrange(year, month + 1)[1])
