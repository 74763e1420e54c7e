"""A department report: the targets that one department answers for, in one year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from evalkit.assessment.departments import pulls, scorecard
from evalkit.reporting.report import Report
from evalkit.scoring import Evaluation
from evalkit.study import Study


@dataclass(frozen=True)
class DepartmentReport(Report):
    """A selection of one assessment. Tables, figures and narrative take it as their only argument."""

    study: Study
    result: Evaluation
    department: str
    year: int
    language: str

    def __post_init__(self):
        duties = self.study.assessed.duties if self.study.assessed else pd.DataFrame(columns=["department"])
        self._check(department=(self.department, list(duties.department.unique())))

    @property
    def department_name(self) -> str:
        """The name that the department bore in the year."""
        return self.name_in(self.year)

    def name_in(self, year: int) -> str:
        """Give the name that the department bore in a year."""
        return self.system.departments[self.department].name_in(year)[self.language]

    @cached_property
    def scorecard(self) -> pd.DataFrame:
        """The targets of the department, as the cities stand on them."""
        assessed = self.study.assessed
        return scorecard(assessed.cities, assessed.duties, self.department, self.year)

    @cached_property
    def of_the_province(self) -> pd.DataFrame:
        """The same targets as the province stands on those that are its own."""
        assessed = self.study.assessed
        return scorecard(assessed.province, assessed.duties, self.department, self.year)

    @cached_property
    def pulls(self) -> pd.DataFrame:
        """How each city stands on the department's targets, and how it moves their mean."""
        assessed = self.study.assessed
        return pulls(assessed.cities, assessed.duties, self.department, self.year)

    @property
    def title(self) -> str:
        """The title of the report."""
        return self.word("department_report_title", department=self.department_name, year=self.year)
