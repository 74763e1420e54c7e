"""A county report: one county in one year; graded where the round grades counties, and else as the census shows it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from evalkit.assessment.grading.assessment import Assessment, RegionAssessment
from evalkit.assessment.grading.improvements import improvements
from evalkit.assessment.grading.rules import Rules
from evalkit.assessment.targets.achievement import Achievement
from evalkit.index import Indicator
from evalkit.reporting.region import RegionReport
from evalkit.scoring import Evaluation
from evalkit.study import Study
from evalkit.subjects import COUNTY


@dataclass(frozen=True)
class CountyReport(RegionReport):
    """A selection of one assessment, or of the censuses. Tables and sentences take it as their only argument."""

    study: Study
    result: Evaluation
    county: str
    year: int
    language: str

    stands_at = "county"

    def __post_init__(self):
        self._check(county=list(COUNTY.codes(self.study)))

    @property
    def code(self) -> str:
        """The code of the county."""
        return self.county

    @property
    def county_name(self) -> str:
        """The name of the county."""
        return self.region(self.county)

    @property
    def city(self) -> str:
        """The code of the city that it belongs to."""
        return self.city_of(self.county)

    @property
    def made_for(self) -> dict[str, str]:
        """The county, by its name and its code, and its city."""
        county = self.word("with_value", name=self.county_name, value=self.county)
        return {"county": county, "city": self.region(self.city)}

    @property
    def rules(self) -> Rules | None:
        """The rules by which counties are graded; None where they are not."""
        return self.study.assessment_files.county_rules if self.assessment else None

    @property
    def siblings(self) -> pd.Index:
        """The counties of the city that are reported on, the own among them."""
        return pd.Index([code for code in COUNTY.codes(self.study) if self.city_of(code) == self.city])

    @property
    def assessment(self) -> Assessment | None:
        """The assessment of all counties; None where they are not graded."""
        return self.study.assessed and self.study.assessed.county_assessment

    @property
    def achievement(self) -> Achievement:
        """What all counties achieved."""
        return self.study.assessed.counties

    @cached_property
    def assessed(self) -> RegionAssessment:
        """What the rules make of the county in the year; only where counties are graded."""
        return self.assessment.of(self.county, self.year)

    @cached_property
    def improvements(self) -> pd.DataFrame:
        """What would lift the grade, step by step."""
        return improvements(self.assessment, self.county, self.year)

    @cached_property
    def in_city(self) -> pd.DataFrame:
        """The results of the counties of its city in the year, by county."""
        found = self.assessment.results.xs(self.year, level="year")
        return found.loc[found.index.intersection(self.siblings)]

    @property
    def rank_in_city(self) -> float:
        """Its rank by score among the counties of its city; blank where it has no score."""
        return self.in_city.score.rank(method="min", ascending=False)[self.county]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators whose target is judged in counties."""
        return tuple(i for i in self.system.indicators if i.target and "county" in i.target.assessed)

    @property
    def census(self) -> tuple[Indicator, ...]:
        """The census snapshots that the county has."""
        census = self.counties.census
        return tuple(i for i in census.indicators if any(self.in_census(i, year) is not None for year in self.censuses))

    @property
    def censuses(self) -> tuple[int, ...]:
        """The years of the censuses that have the county."""
        census = self.counties.census
        return tuple(year for year in self.counties.censuses if self.county in census.regions(year).index)

    def in_census(self, indicator: Indicator, year: int) -> float | None:
        """Give its value of an indicator in a census; None where that is not known."""
        value = self.counties.census.counties(year).values.loc[(self.county, year), indicator.code]
        return None if pd.isna(value) else float(value)

    def band(self, code: str) -> str:
        """Name a band of the scale by which counties are graded, or what is not rated."""
        return self.study.assessment_files.county_rules.bands.name_of(code)[self.language]

    def peers(self, code: str) -> str:
        """Name the peer group of a county: one that is declared, or else its city."""
        declared = self.study.assessment_files.peers
        return declared.groups[code].name[self.language] if declared else self.region(code)

    @property
    def title(self) -> str:
        """The title of the report."""
        key = "county_assessment_title" if self.assessment else "county_title"
        years = self.listed(map(str, self.censuses)) if not self.assessment else ""
        return self.word(key, county=self.county_name, year=self.year, years=years)
