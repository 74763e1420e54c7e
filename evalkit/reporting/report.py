"""What every report has: a study, its evaluation, a year and a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import pandas as pd

from evalkit.analysis.ranks import rank_range
from evalkit.assessment.grading.rules import Rules
from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.base.exact import above, below
from evalkit.data import Panel
from evalkit.readings.counties import Counties
from evalkit.readings.efficiency import EfficiencyReading
from evalkit.readings.equality import Equality
from evalkit.readings.study_readings import StudyReadings
from evalkit.reporting.naming import Naming
from evalkit.scoring import Evaluation, effective_weights
from evalkit.scoring.draws import Draws
from evalkit.study import Study
from evalkit.tabular.cells import number


class Report(Naming):
    """What the reports of a city and of a round share."""

    code = ""  # of the city or department that it is made for

    @property
    def made_for(self) -> Mapping[str, str]:
        """Whom it is made for, under the words for it; nothing where that is the round."""
        return {}

    @property
    def rules(self) -> Rules | None:
        """The rules of the grades in it; None where it has none."""
        return self.study.rules

    def _check(self, **codes: list[str]) -> None:
        """Refuse what the study does not know; `codes` maps the field of a code to the known ones.

        One may come as a number, for which papermill's command line takes 330100.
        """
        for name in codes:
            object.__setattr__(self, name, str(getattr(self, name)))
        asked = codes | {"year": list(self.study.years), "language": ["zh", "en"]}
        given = {name: getattr(self, name) for name in asked}
        wrong = [
            Problem(name, repr(value), one_of(value, asked[name]))
            for name, value in given.items()
            if value not in asked[name]
        ]
        if wrong:
            raise ParamsError(f"the study {self.study.round.code} has no such report", wrong)

    @property
    def efficiency(self) -> EfficiencyReading | None:
        """What the cities yield for what they spend in the year; None where the round or its data do not have it."""
        found = EfficiencyReading.of(self.study, self.year) if self.study.round.readings.efficiency else None
        return found if found and found.frontier else None

    @property
    def readings(self) -> StudyReadings:
        """What the round reads beside its score."""
        return StudyReadings.of(self.study)

    @property
    def equality(self) -> Equality:
        """How equal the cities are."""
        return Equality.of(self.study)

    @property
    def counties(self) -> Counties:
        """How equal the counties were in each census that the report shows."""
        return Counties.of(self.study, self.year)

    @property
    def level(self) -> Decimal:
        """The level of the readings' intervals, in per cent."""
        return number(100 * self.readings.declared.level, 0)

    @property
    def years(self) -> range:
        """The years of the round up to the report's own: it shows no figure of a later one."""
        return range(self.study.years[0], self.year + 1)

    @cached_property
    def panel(self) -> Panel:
        """What the report's own evaluation rests on, up to the year of the report."""
        return self.result.panel.until(self.year)

    @property
    def previous(self) -> int | None:
        """The year before, if the study covers it."""
        return self.year - 1 if self.year - 1 in self.study.years else None

    @cached_property
    def points(self) -> pd.Series:
        """What each scored indicator weighs in the index, out of 100."""
        return 100 * effective_weights(self.result.weights, self.system)

    @cached_property
    def scored_on_part(self) -> pd.Series:
        """The share of the weight, in per cent, of each city that is scored in the year on less than all of it."""
        shares = self.result.scored_on.xs(self.year, level="year")
        return 100 * shares[above(shares, 0) & below(shares, 1)]

    @cached_property
    def ranks_by_alternative(self) -> pd.DataFrame:
        """Ranks of every city in the year, one column a way of scoring, the report's own (`main`) first."""
        ways = {"main": self.result} | self.study.alternatives
        root = self.result.root
        return pd.DataFrame({code: e.ranks[root].xs(self.year, level="year") for code, e in ways.items()})

    @cached_property
    def rank_range(self) -> pd.DataFrame:
        """Best and worst rank of every city over all ways of scoring."""
        return rank_range(self.ranks_by_alternative)

    @property
    def most_moved(self) -> pd.DataFrame:
        """Best and worst rank of each city whose rank depends most on the way of scoring; no row where none does."""
        widths = self.rank_range.worst - self.rank_range.best
        return self.rank_range[(widths == widths.max()) & (widths > 0)]

    @cached_property
    def draws(self) -> Draws:
        """The draws of the year under the uncertainty that the round declares."""
        return self.study.draws(self.year)


@dataclass(frozen=True)
class RoundReport(Report):
    """All cities in one year. Tables and figures of the round take it as their only argument."""

    study: Study
    result: Evaluation
    year: int
    language: str

    def __post_init__(self):
        self._check()
