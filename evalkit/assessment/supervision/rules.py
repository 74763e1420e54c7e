"""The declared rules of supervision: what raises a risk, how visits are chosen, and what is looked at on the spot."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Discriminator, Field, field_validator, model_validator

from evalkit.assessment.grading.bands import Sourced
from evalkit.assessment.rectification.accountability import month_end
from evalkit.base import params
from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.base.fields import Code, Count, Months, Named, Span
from evalkit.base.model import DeclaredModel
from evalkit.base.params import ContradictionError
from evalkit.base.text import Text
from evalkit.index import IndexSystem
from evalkit.index.target import TargetKind


class Signal(Sourced):
    """What every signal has: its name, and the points of a row; whole, so that sums are exact and ties are ties."""

    name: Named
    points: int = Field(gt=0, le=100)


class Remembered(Signal):
    """A signal of earlier findings: those of the last `within` years, the year itself being the first."""

    within: Span = Field(ge=1)


class Falsified(Remembered):
    """A finding says that a figure was falsified."""

    kind: Literal["falsified"]


class Overstated(Remembered):
    """What was verified is worse than what was reported, by `margin` of the larger of both or more."""

    kind: Literal["overstated"]
    margin: float = Field(gt=0, lt=1)


class Contradicted(Remembered):
    """A finding contradicts a figure."""

    kind: Literal["contradicted"]


class Jump(Signal):
    """A change on the own year before: by `factor`, or by `z` among `least` own changes and by a share `apart`."""

    kind: Literal["jump"]
    factor: float = Field(gt=1)
    z: float = Field(gt=0)
    apart: float = Field(ge=0)
    least: Count = Field(ge=3)


class Outlier(Signal):
    """A value `z` robust standard deviations and a share `apart` from the median of `least` regions or more."""

    kind: Literal["outlier"]
    z: float = Field(gt=0)
    apart: float = Field(ge=0)
    least: Count = Field(ge=3)


class Disputed(Signal):
    """A figure in dispute for that many `years` in a row."""

    kind: Literal["disputed"]
    years: Span = Field(ge=1)


class Missing(Signal):
    """A target that cannot be judged for want of figures, for that many `years` in a row."""

    kind: Literal["missing"]
    years: Span = Field(ge=1)


class Behind(Signal):
    """A `share` of a project's lit lamps behind schedule."""

    kind: Literal["behind"]
    share: float = Field(gt=0, le=1)


class Uninspected(Signal):
    """That many `years` without a finding in a project, or since the round began."""

    kind: Literal["uninspected"]
    years: Span = Field(ge=1)


AnySignal = Annotated[
    Falsified | Overstated | Contradicted | Jump | Outlier | Disputed | Missing | Behind | Uninspected,
    Discriminator("kind"),
]


class Known(Sourced):
    """Which findings a plan rests on: those dated until the end of the month so many months after its year."""

    months: Months = Field(ge=1)


class Cap(Sourced):
    """The most that the risk of a unit comes to."""

    points: Count = Field(gt=0)


class Visits(Sourced):
    """How many visits a year can be made, and which units are visited for certain.

    Certain are the `riskiest` units, that many, or all with a score of at least `above`: one of the two is declared.
    All others are drawn in proportion to their score and `base`; where visits are left for them, none is without a
    chance. The visits are spread over the `months` of the next year, the riskiest first, and `teams` take turns.
    """

    capacity: Count = Field(ge=1)
    riskiest: Count | None = Field(default=None, ge=0)
    above: Count | None = Field(default=None, gt=0)
    base: float = Field(gt=0)
    months: tuple[Annotated[int, Field(ge=1, le=12)], ...] = ()
    teams: tuple[Named, ...] = ()

    @model_validator(mode="after")
    def _coherent(self):
        either = (self.riskiest is None) != (self.above is None)
        wrong = [] if either else [(("riskiest",), "either `riskiest` or `above`")]
        if (self.riskiest or 0) > self.capacity:
            wrong.append((("riskiest",), f"no more than the capacity, {self.capacity}"))
        if wrong:
            raise ContradictionError(wrong)
        return self


class Task(DeclaredModel):
    """What to see on the spot and which document to ask for."""

    see: Text
    ask: Text


class Checklists(Sourced):
    """What a visit looks at: by the kind of target, unless an indicator has a task of its own.

    Facilities up to `near`, a share, above their threshold are measured; `sites` are drawn from the ledger of a quota.
    """

    near: float = Field(ge=0)
    sites: Count = Field(ge=1)
    kinds: dict[TargetKind, Task]
    indicators: dict[Code, Task] = {}


class Supervision(DeclaredModel):
    """What `params/supervision/<code>.yaml` declares; the order of the signals is that of rows, and breaks ties."""

    code: Code
    version: str
    name: Named
    notes: tuple[Text, ...] = ()
    known: Known
    cap: Cap
    signals: tuple[AnySignal, ...] = Field(min_length=1)
    visits: Visits
    checklists: Checklists

    @classmethod
    def load(cls, path: Path) -> Supervision:
        """Read rules from YAML. Raises ParamsError with every offender."""
        return params.read(cls, path)

    @field_validator("signals")
    @classmethod
    def _each_once(cls, signals):
        kinds = [signal.kind for signal in signals]
        wrong = [((n, "kind"), "each signal once") for n, kind in enumerate(kinds) if kind in kinds[:n]]
        if wrong:
            raise ContradictionError(wrong)
        return signals

    @model_validator(mode="after")
    def _reachable(self):
        if (self.visits.above or 0) > self.cap.points:
            raise ContradictionError([(("visits", "above"), f"no more than the cap of a risk, {self.cap.points}")])
        return self

    @property
    def kinds(self) -> tuple[str, ...]:
        """The signals by kind, in their declared order."""
        return tuple(signal.kind for signal in self.signals)

    def known_by(self, year: int) -> date:
        """Give the last day of the findings that the plan of a year rests on; what its own visits find is later."""
        return month_end(year, self.known.months)

    def signal(self, kind: str) -> Signal | None:
        """Give the rule of one signal; None where it is not declared."""
        return next((signal for signal in self.signals if signal.kind == kind), None)

    def task(self, code: str, kind: TargetKind) -> Task:
        """Give the task of an indicator: its own, or that of its kind of target."""
        return self.checklists.indicators.get(code) or self.checklists.kinds[kind]

    def check(self, system: IndexSystem) -> None:
        """Raise ParamsError with every task of an unknown indicator, and every kind of target without a task."""
        if wrong := self.problems(system):
            raise ParamsError("the rules of supervision do not fit the index system", wrong)

    def problems(self, system: IndexSystem) -> list[Problem]:
        """Give what `check` raises."""
        known, tasks = [indicator.code for indicator in system.indicators], self.checklists
        aimed = [one for one in system.indicators if one.target and one.code not in tasks.indicators]
        expected = "a task for each kind of target that the index has"
        return [
            *(
                Problem(f"checklists.indicators of {self.code}", repr(code), one_of(code, known))
                for code in tasks.indicators
                if code not in known
            ),
            *(
                Problem(f"checklists.kinds of {self.code}", f"none for {kind}", expected)
                for kind in dict.fromkeys(one.aim.kind for one in aimed)
                if kind not in tasks.kinds
            ),
        ]
