"""What a round's targets, rules and events come to: of its cities, of their counties and of the province."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from evalkit.analysis.fiscal import verdicts
from evalkit.assessment import Achievement, Assessment, achieve, assess
from evalkit.assessment.departments import duties
from evalkit.assessment.events import Events
from evalkit.assessment.gathering import gather
from evalkit.data import Panel
from evalkit.data.regions import in_year
from evalkit.index.target import Level
from evalkit.study import Study


@dataclass(frozen=True)
class Assessed:
    """The assessment of a study that declares one; each table is computed when it is first asked for."""

    study: Study

    @cached_property
    def panel(self) -> Panel:
        """The cities from the year before the round on, from which most targets start."""
        return self._panel(self.study.regions)

    @cached_property
    def cities(self) -> Achievement:
        """What every city achieved of every target."""
        return self._achieved(self.panel, "city")

    @cached_property
    def counties(self) -> Achievement:
        """What every county achieved of the targets that are assessed there."""
        table = self.study.all_regions.table
        there = (table.level == "county") & in_year(table, self.study.round.report_year)
        return self._achieved(self._panel(table[there]), "county")

    @cached_property
    def province(self) -> Achievement:
        """What the cities together achieved of the targets that are the province's; blank where a city is missing."""
        code = self.study.all_regions.code
        return self._achieved(self.panel.total(self.study.dataset, self.study.system, code), "province")

    @cached_property
    def duties(self) -> pd.DataFrame:
        """Which department answers for which target."""
        return duties(self.study.system)

    @cached_property
    def assessment(self) -> Assessment:
        """Points, scores, bands and grades of every city and year."""
        evidence = gather(
            self.cities,
            self.study.system,
            events=self.study.events or Events(code="none"),
            groups=self.study.regions.group,
            public_evaluation=self._survey,
            two_thirds=self.two_thirds.met if self.study.round.assessment.two_thirds else None,
        )
        return assess(evidence, self.study.rules)

    @cached_property
    def two_thirds(self) -> pd.DataFrame:
        """The two-thirds rule on both terms, as they are printed: `verdicts` by city and year of the round."""
        indicator = self.study.system.node(self.study.round.assessment.two_thirds)
        terms = self.panel.variables[list(indicator.terms)].loc[self._of_the_round]
        return verdicts(*(terms[term] for term in indicator.terms))

    @property
    def _survey(self) -> pd.Series | None:
        variable = self.study.round.assessment.public_evaluation
        return self.panel.variables[variable].loc[self._of_the_round] if variable else None

    @property
    def _of_the_round(self) -> pd.Series:
        return self.panel.variables.index.get_level_values("year").isin(list(self.study.years))

    def _panel(self, regions: pd.DataFrame) -> Panel:
        years = range(self.study.years[0] - 1, self.study.years[-1] + 1)
        return Panel.from_dataset(self.study.dataset, self.study.system, regions, years)

    def _achieved(self, panel: Panel, level: Level) -> Achievement:
        return achieve(panel, self.study.system, self.study.years, level=level)
