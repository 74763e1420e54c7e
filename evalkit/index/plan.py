"""The plan that an index system serves: its goals, its own numbers, and who answers for them."""

from pydantic import Field, model_validator

from evalkit.base.fields import Code, Count, Named, Year
from evalkit.base.model import DeclaredModel
from evalkit.base.params import ContradictionError
from evalkit.base.text import Text


class Name(DeclaredModel):
    """The name of a department, and the years in which it bore it."""

    name: Named
    since: Year = 0
    until: Year = 9999

    @model_validator(mode="after")
    def _in_order(self):
        if self.since > self.until:
            raise ContradictionError([(("until",), f"a year that is not before since, {self.since}")])
        return self


class Department(DeclaredModel):
    """A department under its names: reorganisations rename it, the duty goes on.

    `in_city` is the unit of a city that carries the duty out there, where all cities call it alike.
    One that `reports` figures and owns no matter leads only where no other answers.
    """

    names: tuple[Name, ...] = Field(min_length=1)
    source: Text
    in_city: Text | None = None
    reports: bool = False

    def name_in(self, year: int) -> Text:
        """Give the name borne in a year; the last known one where no name covers it."""
        return next((n.name for n in self.names if n.since <= year <= n.until), self.names[-1].name)


class PlanTarget(DeclaredModel):
    """A number that the plan's own text gives, whether or not an indicator can check it."""

    name: Named
    clause: str
    level: Text
    indicator: Code | None = None


class Plan(DeclaredModel):
    """What is known of the plan: how many goals it counts, which of them are known, which numbers it gives.

    `ends` is its last year, against which reports of later years are held. `duties` is what it says, or leaves open, of
    the departments that answer for it.
    """

    title: Text
    ends: Year | None = None
    goals_total: Count | None = Field(default=None, ge=0)
    goals: tuple[PlanTarget, ...] = ()
    targets: tuple[PlanTarget, ...] = ()
    note: Text | None = None
    duties: Text | None = None

    @model_validator(mode="after")
    def _counts_its_goals(self):
        if self.goals_total is not None and self.goals_total < len(self.goals):
            raise ContradictionError(
                [(("goals_total",), f"{len(self.goals)} or more, as many as the goals that are named")]
            )
        return self

    @property
    def goals_checkable(self) -> int:
        """How many of the goals an indicator can check."""
        return sum(goal.indicator is not None for goal in self.goals)
