"""A department report: the targets that one department answers for, in one year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from evalkit.assessment.targets.achievement import Achievement
from evalkit.assessment.targets.departments import ROLES, effects_of_regions, scorecard
from evalkit.index import Indicator
from evalkit.reporting.legal_basis import CONFIRMED
from evalkit.reporting.report import Report
from evalkit.scoring import Evaluation
from evalkit.study import Study
from evalkit.tabular.cells import span


@dataclass(frozen=True)
class DepartmentReport(Report):
    """A selection of one assessment. Tables, figures and sentences take it as their only argument.

    Raises ParamsError for a department without a target, and so for every one in a round that is not assessed.
    """

    study: Study
    result: Evaluation
    department: str
    year: int
    language: str

    def __post_init__(self):
        duties = self.study.assessed.duties if self.study.assessed else pd.DataFrame(columns=["department"])
        self._check(department=list(duties.department.unique()))

    @property
    def code(self) -> str:
        """The code of the department."""
        return self.department

    @property
    def department_name(self) -> str:
        """The name that the department bore in the year."""
        return self.name_in(self.year)

    def name_in(self, year: int) -> str:
        """Give the name that the department bore in a year."""
        return self.system.departments[self.department].name_in(year)[self.language]

    @property
    def names(self) -> dict[str, list[int]]:
        """The names that the department bore in the round so far, each with its years."""
        found: dict[str, list[int]] = {}
        for year in self.years:
            found.setdefault(self.name_in(year), []).append(year)
        return found

    @property
    def made_for(self) -> dict[str, str]:
        """The names of the department where it bore several, and what its duties rest on."""
        basis = {"duty_basis": self.system.departments[self.department].source[self.language]}
        if len(self.names) == 1:
            return basis
        spans = {name: span(borne[0], borne[-1]) for name, borne in self.names.items()}
        named = (self.word("named_years", name=name, years=years) for name, years in spans.items())
        return {"names_borne": self.listed(named)} | basis

    @property
    def achieved(self) -> Achievement:
        """What the cities achieved of every target."""
        return self.study.assessed.cities

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators with a target that the department answers for."""
        return tuple(self.system.node(code) for code in self.scorecard.index)

    @property
    def scorecard(self) -> pd.DataFrame:
        """The targets of the department, as the cities stand on them."""
        return self.scorecards[self.year]

    @cached_property
    def scorecards(self) -> dict[int, pd.DataFrame]:
        """The same of every year of the round so far: those that it leads first."""
        duties, years = self.study.assessed.duties, self.years
        return {year: _by_role(scorecard(self.achieved, duties, self.department, year)) for year in years}

    @cached_property
    def first(self) -> tuple[str, ...]:
        """The targets that the department leads, or else those that it joins in, or else those that it reports on.

        Those that a document of the round gives come first, then those on which most cities are behind.
        """
        card = self.scorecard
        card = card[card.role == next(role for role in ROLES if (card.role == role).any())]
        own = [self.system.node(code).target.status == CONFIRMED for code in card.index]
        return tuple(card.assign(own=own).sort_values(["own", "behind"], ascending=False, kind="stable").index)

    @cached_property
    def effects_on_first(self) -> pd.DataFrame:
        """The same as `effects_of_cities`, of the targets in the first place alone."""
        duties = self.study.assessed.duties
        own = duties[duties.indicator.isin(self.first)]
        table = effects_of_regions(self.achieved, own, self.department, self.year)
        return table.sort_values("effect", kind="stable")

    @cached_property
    def effects_of_cities(self) -> pd.DataFrame:
        """How each city stands on the department's targets and moves their mean, the one that lowers it most first."""
        table = effects_of_regions(self.achieved, self.study.assessed.duties, self.department, self.year)
        return table.sort_values("effect", kind="stable")

    def of_the_year(self, frame: pd.DataFrame, year: int | None = None) -> pd.DataFrame:
        """Select the department's targets from a frame of an achievement: one row a city."""
        return frame.xs(year or self.year, level="year")[list(self.scorecard.index)]

    def change(self, year: int) -> pd.DataFrame:
        """Give the change of completion on the year before, where both are known; blank in the first year."""
        now = self.of_the_year(self.achieved.completion, year)
        if year - 1 not in self.study.years:
            return now * float("nan")
        return now - self.of_the_year(self.achieved.completion, year - 1)

    def silent_cities(self, indicator: Indicator) -> list[str]:
        """Name the cities without a figure in the year, for want of which the province has no total."""
        figures = self.study.assessed.panel.variables.xs(self.year, level="year")[list(indicator.terms)]
        return list(figures.index[figures.isna().any(axis=1)])

    @cached_property
    def facilities(self) -> pd.DataFrame:
        """The facilities that do not reach their threshold, or are not known to: the furthest below first.

        indicator, region, unit, value (blank where it is not known), state (below, unknown); by indicator.
        """
        columns = ["indicator", "region", "unit", "value", "state"]
        judged, given = self.achieved.units, self.study.assessed.panel.units
        if judged is None:
            return pd.DataFrame(columns=columns)
        rows = [
            (code, region, unit, state)
            for (code, region, year), row in judged.iterrows()
            if year == self.year and code in self.scorecard.index
            for state, names in (("below", row.failing), ("unknown", row.unclear))
            for unit in names
        ]
        values = given[(given.year == self.year) & (given.state == "value")]
        found = pd.DataFrame(rows, columns=["indicator", "region", "unit", "state"])
        found = found.merge(values[columns[:4]], how="left", on=columns[:3])[columns]
        return found.sort_values(["indicator", "value"], kind="stable", ignore_index=True)

    @property
    def title(self) -> str:
        """The title of the report."""
        return self.word("department_report_title", department=self.department_name, year=self.year)


def _by_role(card: pd.DataFrame) -> pd.DataFrame:
    return card.sort_values("role", key=lambda role: role.map(ROLES.index), kind="stable")
