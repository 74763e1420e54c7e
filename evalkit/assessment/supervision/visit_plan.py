"""The plan of a year's visits: signals, risks, the visits chosen, and the checklist of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from evalkit.assessment.supervision.checklists import Checklist, Visit, checklist
from evalkit.assessment.supervision.record import RoundRecord
from evalkit.assessment.supervision.risk import risk_scores
from evalkit.assessment.supervision.rules import Supervision
from evalkit.assessment.supervision.sampling import select_visits
from evalkit.assessment.supervision.schedule import schedule
from evalkit.assessment.supervision.signals import signals


@dataclass(frozen=True)
class VisitPlan:
    """What follows from a record, the rules and a seed for one year; each table is computed when first asked for."""

    record: RoundRecord
    rules: Supervision
    year: int
    seed: int

    @cached_property
    def signals(self) -> pd.DataFrame:
        """Every signal, as `signals` gives them."""
        return signals(self.record, self.rules, self.year)

    @cached_property
    def risks(self) -> pd.DataFrame:
        """Every unit's points by signal, score and place, as `risk_scores` gives them."""
        return risk_scores(self.signals, self.record.units, self.rules)

    @cached_property
    def selection(self) -> pd.DataFrame:
        """Every unit's stratum, probability, and whether it is chosen, as `select_visits` gives them."""
        return select_visits(self.risks, self.rules.visits, seed=self.seed, year=self.year)

    @cached_property
    def schedule(self) -> pd.DataFrame:
        """When each visit is made, by which team, and what stands in for it, as `schedule` gives them."""
        return schedule(self.selection, self.rules.visits)

    @property
    def visits(self) -> tuple[Visit, ...]:
        """The visits, the riskiest first."""
        chosen = self.selection[self.selection.chosen].sort_values("place")
        return tuple(Visit(region, project, self.year, self.seed) for region, project in chosen.index)

    def checklist(self, visit: Visit) -> Checklist:
        """Give the checklist of a visit. Raises ParamsError for a unit that is not there."""
        return checklist(self.record, self.rules, self.signals, visit)
