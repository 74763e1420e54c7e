"""What a round's targets, rules and events come to: of its cities, of their counties and of the province."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from evalkit.analysis.fiscal import converted, verdicts
from evalkit.assessment.assessment_design import AssessmentDesign
from evalkit.assessment.assessment_files import AssessmentFiles
from evalkit.assessment.findings.inspections import dispute
from evalkit.assessment.grading.appraisal import appraisal
from evalkit.assessment.grading.assessment import Assessment, assess
from evalkit.assessment.grading.events import NO_EVENTS, Events
from evalkit.assessment.grading.evidence import EXEMPT
from evalkit.assessment.grading.gathering import gather_evidence
from evalkit.assessment.targets.achievement import Achievement, achieve
from evalkit.assessment.targets.departments import duties
from evalkit.base.exact import as_written
from evalkit.data import Dataset, Panel, Regions
from evalkit.data.regions import in_year
from evalkit.index import IndexSystem
from evalkit.index.plain_target import Level


@dataclass(frozen=True)
class Assessed:
    """All that follows from what a study declares; each table is computed when it is first asked for.

    `years` are those of the round.
    """

    system: IndexSystem
    dataset: Dataset
    regions: Regions
    years: range
    design: AssessmentDesign
    assessment_files: AssessmentFiles

    @cached_property
    def reported(self) -> Panel:
        """The cities as they reported, from the year before the round on, or the first that a target starts from."""
        return self._reported("city")

    @cached_property
    def panel(self) -> Panel:
        """The same with what inspections put in dispute."""
        return dispute(self.reported, self.assessment_files.findings)

    @property
    def events(self) -> Events:
        """What the grades rest on beside figures: documented events, and vetoes that follow from findings."""
        return self.assessment_files.grading_events

    @cached_property
    def cities(self) -> Achievement:
        """What every city achieved of every target."""
        return self._achieved(self.panel, "city")

    @cached_property
    def counties(self) -> Achievement:
        """What every county achieved of the targets that are assessed there."""
        return self._achieved(self._reported("county"), "county")

    @cached_property
    def province(self) -> Achievement:
        """What the cities together achieved of the targets that are the province's; blank where a city is missing."""
        whole = self.panel.total(self.dataset, self.system, self.regions.code)
        return self._achieved(dispute(whole, self.assessment_files.findings, whole=self.regions.code), "province")

    @cached_property
    def duties(self) -> pd.DataFrame:
        """Which department answers for which target."""
        return duties(self.system)

    @cached_property
    def assessment(self) -> Assessment:
        """Points, scores, bands and grades of every city and year."""
        evidence = gather_evidence(
            self.cities,
            self.system,
            events=self.events,
            groups=self._at("city").group,
            public_evaluation=self._survey,
            earmark=self._kept if self.design.earmark else None,
        )
        return assess(evidence, self.assessment_files.rules)

    @cached_property
    def county_assessment(self) -> Assessment | None:
        """The same of every county, by the targets that are judged there; None where counties are not graded.

        Events and findings are of cities. The group of a county is that of its peers, or else its city.
        """
        given = self.assessment_files
        if not self.graded_counties:
            return None
        groups = given.peers.by_region if given.peers else self._at("county").parent
        evidence = gather_evidence(self.counties, self.system, events=NO_EVENTS, groups=groups, level="county")
        return assess(evidence, given.county_rules)

    @property
    def graded_counties(self) -> tuple[str, ...]:
        """The counties that are graded; none where no rules of theirs are named, or no target is judged there."""
        graded = self.assessment_files.county_rules and self.judged_in_counties
        return tuple(self._at("county").index) if graded else ()

    @property
    def judged_in_counties(self) -> list[str]:
        """The scored indicators whose target is judged in counties; none where there is no county."""
        targeted = [indicator for indicator in self.system.scored if indicator.target]
        judged = [one.code for one in targeted if "county" in one.target.assessed]
        return judged if len(self._at("county")) else []

    @cached_property
    def appraisal(self) -> pd.DataFrame:
        """What every city's leadership can be held against, reading by reading: `appraisal` by city and year."""
        return appraisal(self.assessment, self.cities)

    @cached_property
    def county_appraisal(self) -> pd.DataFrame:
        """The same of every county; only where counties are graded."""
        return appraisal(self.county_assessment, self.counties)

    @cached_property
    def earmark(self) -> pd.DataFrame:
        """The earmark of the rules on both terms, as they are printed, in base units: `verdicts` by city and year.

        The years are those of the round. No verdict rests on a figure in dispute.
        """
        indicator = self.system.node(self.design.earmark)
        undisputed = self.panel.states[indicator.code] != "disputed"
        terms = self.panel.variables[list(indicator.terms)].where(undisputed).loc[self._of_the_round]
        declared, share = self.dataset.metadata.variables, self.assessment_files.rules.gates.earmark.share
        amounts = (converted(terms[term], as_written(declared[term].scale)) for term in indicator.terms)
        return verdicts(*amounts, share=share)

    @property
    def _kept(self) -> pd.Series:
        """Whether the earmark is kept; without new means it asks nothing."""
        return self.earmark.met.mask(self.earmark.state == EXEMPT, EXEMPT)

    @property
    def _survey(self) -> pd.Series | None:
        variable = self.design.public_evaluation
        return self.panel.variables[variable].loc[self._of_the_round] if variable else None

    @property
    def _of_the_round(self) -> pd.Series:
        return self.panel.variables.index.get_level_values("year").isin(list(self.years))

    def _reported(self, level: Level) -> Panel:
        years = range(min([self.years[0] - 1, *self._bases]), self.years[-1] + 1)
        return Panel.from_dataset(self.dataset, self.system, self._at(level), years)

    @property
    def _bases(self) -> Iterator[int]:
        """The years before the round whose figures targets start from, or are split by."""
        for indicator in self.system.indicators:
            baseline = indicator.target and indicator.target.baseline
            if baseline and baseline.value is None:
                yield baseline.year
            if indicator.target and (rule := indicator.target.split):
                yield rule.year

    def _at(self, level: Level) -> pd.DataFrame:
        """Give the regions of a level as they were at the end of the round."""
        table = self.regions.table
        return table[(table.level == level) & in_year(table, self.years[-1])]

    def _achieved(self, panel: Panel, level: Level) -> Achievement:
        return achieve(panel, self.system, self.years, level=level)
