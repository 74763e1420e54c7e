"""What follows from an assessment: what is to be put right, what is visited, what is earned and what is denied."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from evalkit.assessment.assessed import Assessed
from evalkit.assessment.assessment_files import AssessmentFiles
from evalkit.assessment.findings.inspections import Findings
from evalkit.assessment.incentives.allocation import Allocation, allocate, basis, simulate
from evalkit.assessment.incentives.rules import Fund, measures
from evalkit.assessment.rectification.lists import RectificationLists, rectification
from evalkit.assessment.rectification.shortfalls import RoundResults
from evalkit.assessment.supervision.record import RoundRecord
from evalkit.assessment.supervision.visit_plan import VisitPlan
from evalkit.base.errors import all_of
from evalkit.base.once import once


@dataclass(frozen=True)
class Consequences:
    """All that a study declares to follow; each table is computed when it is first asked for.

    `seed` draws the visits. What it does not declare is None, or an empty table.
    """

    assessed: Assessed
    seed: int

    @property
    def assessment_files(self) -> AssessmentFiles:
        """What the study names."""
        return self.assessed.assessment_files

    @property
    def drawn(self) -> bool:
        """Whether any of them is laid down: a list, a fund or measures, or a plan of visits."""
        given = self.assessment_files
        return any((given.accountability, given.incentives, given.supervision))

    @cached_property
    def rectification(self) -> RectificationLists | None:
        """The rectification list of every year. Raises DataError with every finding that does not fit it."""
        rules = self.assessment_files.accountability
        if rules is None:
            return None
        given = self.assessed
        results = RoundResults(given.cities, given.assessment, given.system, given.design.earmark)
        return rectification(results, rules, self.assessment_files.findings)

    @cached_property
    def county_rectification(self) -> RectificationLists | None:
        """The same of every county, by the same rules; None where counties are not graded. Findings are of cities."""
        rules, given = self.assessment_files.accountability, self.assessed
        if rules is None or given.county_assessment is None:
            return None
        return rectification(RoundResults(given.counties, given.county_assessment, given.system), rules)

    def visit_plan(self, year: int) -> VisitPlan | None:
        """Give the plan of the visits that follow from a year. Raises ParamsError for a year that is not assessed."""
        rules = self.assessment_files.supervision
        if rules and year not in self._plans:
            record = self._record(self.assessment_files.findings.until(rules.known_by(year)))
            record.check_year(year)
            self._plans[year] = VisitPlan(record, rules, year, self.seed)
        return self._plans.get(year)

    @cached_property
    def record(self) -> RoundRecord:
        """What is known of every city."""
        return self._record(self.assessment_files.findings)

    def _record(self, known: Findings) -> RoundRecord:
        """Give what is known of every city when only these findings are."""
        given, claimed = self.assessed, self.assessment_files.self_assessed
        if known != self.assessment_files.findings:
            given = replace(given, assessment_files=replace(self.assessment_files, findings=known))
        return RoundRecord(given.system, given.reported, given.cities, known, claimed.table if claimed else None)

    @cached_property
    def _plans(self) -> dict[int, VisitPlan]:
        return {}

    def basis(self, year: int) -> pd.DataFrame:
        """Give what funds are shared out by in a year, as `basis` does."""
        given = self.assessed
        return basis(given.assessment, year, given.panel.variables.xs(year, level="year"))

    @property
    def funds(self) -> dict[str, Fund]:
        """The funds that are declared, the one in force first."""
        rules = self.assessment_files.incentives
        return rules.funds if rules else {}

    @once
    def allocation(self, code: str, year: int) -> Allocation:
        """Share out a fund by a year's assessment."""
        return allocate(self.funds[code], self.basis(year))

    @once
    def simulation(self, code: str, year: int) -> pd.DataFrame:
        """Hold another rule beside the one in force, as `simulate` does."""
        return simulate(next(iter(self.funds.values())), self.funds[code], self.basis(year))

    @once
    def measures(self, year: int) -> pd.DataFrame:
        """Give every commendation and restriction that follows from a year, as `measures` does; maybe none."""
        rules = self.assessment_files.incentives
        return (
            measures(self.assessed.assessment, year, rules, self.assessment_files.findings) if rules else pd.DataFrame()
        )

    def check(self, year: int) -> None:
        """Draw every consequence of a year. Raises EvalkitError with all that keeps any of them from being drawn."""
        draws = [lambda: self.rectification, lambda: self._chosen(year)]
        draws += [lambda code=code: self.allocation(code, year) for code in self.funds]
        all_of(draws)

    def _chosen(self, year: int) -> pd.DataFrame | None:
        plan = self.visit_plan(year)
        return plan and plan.selection
