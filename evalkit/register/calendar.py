"""The calendar of an office's year: which step who takes, from when until when, or how soon after another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from evalkit.base import params
from evalkit.base.fields import Code, Count, Named
from evalkit.base.model import DeclaredModel
from evalkit.base.params import ContradictionError
from evalkit.base.text import Text
from evalkit.index.plain_target import TargetStatus

Duty = Literal[
    "forms", "figures", "answers", "correction", "verification", "draft", "objections",
    "reply", "opinion", "evidence", "decision", "final", "publication",
]  # fmt: skip
Who = Literal["office", "cities", "counties", "departments", "reporters", "questioned"]
PLAIN_YEAR = 2001  # of 365 days


def _month_day(text: str) -> str:
    try:
        found = date.fromisoformat(f"{PLAIN_YEAR}-{text}")
    except ValueError:
        found = None
    if found is None or f"{found:%m-%d}" != text:
        raise ValueError('a month and a day that every year has, such as "05-20"')
    return text


MonthDay = Annotated[
    str,
    AfterValidator(_month_day),
    Field(json_schema_extra={"format": "month-day", "pattern": "[0-1][0-9]-[0-3][0-9]"}),
]


class CalendarStep(DeclaredModel):
    """One step of the year: until a day of it, or so many days (of the calendar) after another step was taken."""

    step: Duty
    name: Named
    who: Who
    opens: MonthDay | None = None
    until: MonthDay | None = None
    days: Count | None = Field(default=None, gt=0)
    after: Duty | None = None
    status: TargetStatus
    source: Text

    @model_validator(mode="after")
    def _one_limit(self):
        if (self.until is None) == (self.days is None):
            raise ValueError("either a day (until), or a number of days after another step (days, after)")
        if (self.days is None) != (self.after is None):
            raise ValueError("days together with the step that they are counted from (after)")
        if self.opens and not (self.until and self.opens <= self.until):
            raise ValueError("a first day (opens) that is not after the last (until)")
        return self


class Calendar(DeclaredModel):
    """Who must do what by when, in the year after the one that the figures are of."""

    code: Code
    name: Named
    notes: tuple[Text, ...] = ()
    steps: tuple[CalendarStep, ...] = Field(min_length=1)

    @classmethod
    def load(cls, path: Path) -> Calendar:
        """Read a calendar from YAML. Raises ParamsError with every offender."""
        return params.read(cls, path)

    @model_validator(mode="after")
    def _in_order(self):
        if wrong := [*self._disorder()]:
            raise ContradictionError(wrong)
        return self

    def _disorder(self) -> Iterator[tuple[tuple, str]]:
        known: list[str] = []
        day = ""
        for place, step in enumerate(self.steps):
            if step.step in known:
                yield ("steps", place, "step"), f"the step {step.step!r} once"
            if step.after and step.after not in known:
                yield ("steps", place, "after"), f"a step that stands before it: one of {', '.join(known) or '(none)'}"
            if step.until and step.until < day:
                yield ("steps", place, "until"), f"{day}, the day of a step before it, or later"
            known.append(step.step)
            day = max(day, step.until or "")

    @cached_property
    def by_duty(self) -> dict[str, CalendarStep]:
        """Every step by what it is."""
        return {step.step: step for step in self.steps}

    def opens(self, duty: Duty, year: int) -> date | None:
        """Give the first day of a step for the figures of a year; None where none is declared."""
        step = self.by_duty.get(duty)
        return _in(year, step.opens) if step and step.opens else None

    def limit(self, duty: Duty, year: int, before: date | None = None) -> date | None:
        """Give the last day of a step for the figures of a year; None where none is declared, or none runs yet.

        `before` is the day on which the step was taken that its days are counted from.
        """
        step = self.by_duty.get(duty)
        if step is None:
            return None
        if step.until:
            return _in(year, step.until)
        return before + timedelta(days=step.days) if before else None

    def late(self, duty: Duty, year: int, day: date, before: date | None = None) -> int:
        """Give the days by which a step that is taken on a day, or not yet, is late; 0 where it is not."""
        limit = self.limit(duty, year, before)
        return max((day - limit).days, 0) if limit else 0


def _in(year: int, month_day: str) -> date:
    return date.fromisoformat(f"{year + 1:04d}-{month_day}")
