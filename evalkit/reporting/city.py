"""A city report: one city, one year, one language, and all that its tables and figures are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import isnan

import pandas as pd

from evalkit.analysis.gaps import gap
from evalkit.analysis.ranks import indicator_ranks, latest
from evalkit.assessment.grading.assessment import Assessment, RegionAssessment
from evalkit.assessment.grading.improvements import improvements
from evalkit.assessment.grading.pathway import pathway
from evalkit.assessment.targets.achievement import Achievement
from evalkit.base.exact import above
from evalkit.base.once import once
from evalkit.data import Panel
from evalkit.data.imputation import IMPUTED
from evalkit.data.panel import is_count_or_amount
from evalkit.index import IndexSystem, Indicator
from evalkit.readings.census import Census
from evalkit.readings.equality import none_where_refused
from evalkit.reporting.region import RegionReport
from evalkit.scoring import Evaluation
from evalkit.study import Study
from evalkit.tabular.cells import IMPUTED_MARK, Figures, number


@dataclass(frozen=True)
class CityReport(RegionReport):
    """A selection of one evaluation. Tables, figures and sentences take it as their only argument."""

    study: Study
    result: Evaluation
    city: str
    year: int
    language: str

    def __post_init__(self):
        self._check(city=list(self.study.regions.index))

    @property
    def code(self) -> str:
        """The code of the city."""
        return self.city

    @property
    def made_for(self) -> dict[str, str]:
        """The city, by its name and its code."""
        return {"city": self.word("with_value", name=self.city_name, value=self.city)}

    @property
    def achievement(self) -> Achievement:
        """What all cities achieved."""
        return self.study.assessed.cities

    @cached_property
    def improvements(self) -> pd.DataFrame:
        """What would lift the grade, step by step, without what is voluntary; whether or not it gets there."""
        voluntary = [indicator.code for indicator in self.system.indicators if indicator.uptake == "voluntary"]
        return improvements(self.study.assessed.assessment, self.city, self.year, without=voluntary)

    @property
    def way_up(self) -> pd.DataFrame:
        """The same where it reaches the grade above; no step where it does not."""
        found, bands = self.improvements, self.study.rules.bands
        above = bands.above(self.assessed.result.grade)
        arrives = len(found) and above and bands.lowest(found.grade.iloc[-1], above) == above
        return found if arrives else found.iloc[:0]

    @property
    def city_name(self) -> str:
        """The name of the city."""
        return self.region(self.city)

    def score(self, node: str, year: int | None = None) -> float:
        """Give the published score of the city at a node."""
        return self._cells["scores"][node][year or self.year]

    def rank(self, node: str, year: int | None = None) -> float:
        """Give the rank of the city at a node."""
        return self._cells["ranks"][node][year or self.year]

    def value(self, indicator: str, year: int | None) -> float:
        """Give the value of an indicator; blank for a year that the study does not cover."""
        return self._cells["values"][indicator][year] if year else float("nan")

    @cached_property
    def values(self) -> pd.DataFrame:
        """The indicators of the city: one row a year, those of a census outside the round included."""
        return self._panel.values.xs(self.city, level="region")

    @cached_property
    def _cells(self) -> dict[str, dict[str, dict[int, object]]]:
        """What tables look up cell by cell, by node and year: in frames that takes many times as long."""
        frames = {"values": self.values, "states": self.states}
        frames |= {"scores": self.result.published.loc[self.city], "ranks": self.result.ranks.loc[self.city]}
        return {name: frame.to_dict() for name, frame in frames.items()}

    def printed(self, indicator: Indicator, year: int | None, *, blank: str) -> Decimal | str:
        """Give the cell of an indicator's value; one that was imputed is marked."""
        cell = number(self.value(indicator.code, year), indicator.decimals, blank=blank)
        imputed = year is not None and self._cells["states"][indicator.code][year] == IMPUTED
        return Figures(f"{cell}{IMPUTED_MARK}", cell.value) if imputed else cell

    @cached_property
    def states(self) -> pd.DataFrame:
        """The states of the city's indicators, shaped like `values`."""
        return self._panel.states.xs(self.city, level="region")

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The published figures of the city, in printed units, with the rows of `values`."""
        return self._panel.variables.xs(self.city, level="region")

    @cached_property
    def earned(self) -> dict[int, dict[str, float]]:
        """What each scored indicator gives to the index, in the year and the one before."""
        years = [year for year in (self.previous, self.year) if year]
        return {year: self.result.contributions(self.city, year).to_dict() for year in years}

    @cached_property
    def points_of_the_year(self) -> pd.Series:
        """What each scored indicator weighs in the city's score of the year, out of 100: of one without a figure, 0."""
        return 100 * self.result.weights_behind(self.city, self.year)

    @cached_property
    def _standings(self) -> pd.DataFrame:
        """The same of all cities: index (code, region); of the round's own values once for all of its reports."""
        own = self.result is not self.study.evaluate()
        return _ranked(self._panel, self.system, self.year) if own else _standings(self.study, self.year)

    @cached_property
    def standings(self) -> pd.DataFrame:
        """Every indicator of the city: value, as_of, rank, from_bottom (index: code)."""
        return self._standings.xs(self.city, level="region")

    @cached_property
    def first_n(self) -> pd.Series:
        """How many cities are first or second on each indicator (index: code)."""
        return (self._standings["rank"] <= 2).groupby(level="code").sum()

    @cached_property
    def sharing(self) -> pd.Series:
        """How many cities have the city's value on each indicator, itself among them (index: code)."""
        own = self.standings["value"]
        return self._standings["value"].unstack("region").eq(own, axis=0).sum(axis=1)

    @property
    def census(self) -> tuple[Indicator, ...]:
        """The indicators that are census snapshots, and that a county of the city has."""
        return tuple(i for i in self.counties.census.indicators if i.code in self.county_values)

    @property
    def census_year(self) -> int | None:
        """The year of the last census up to that of the report, or else of the first after the round; None without."""
        years = self.counties.censuses
        return max((year for year in years if year <= self.year), default=min(years, default=None))

    @cached_property
    def county_values(self) -> pd.DataFrame:
        """Census values of the city's counties: one row a county, one column an indicator that one of them has."""
        if self.census_year is None:
            return pd.DataFrame()
        known = self.counties.census.counties(self.census_year).values.droplevel("year")
        own = known.loc[self.study.counties(self.city, self.census_year).index]
        return own[[i.code for i in self.counties.census.indicators]].dropna(axis="columns", how="all")

    @property
    def census_values(self) -> pd.Series:
        """Census values of the city itself."""
        return self.values.loc[self.census_year]

    @cached_property
    def census_counties(self) -> pd.DataFrame:
        """The city's counties in every census: index (region, year), one column an indicator, and `people`.

        A county without a value has a blank. Only for a round that declares by whom counties are weighed.
        """
        indicators = self.counties.indicators
        values = {indicator.code: self.counties.values(indicator) for indicator in indicators}
        people = pd.concat([self.counties.people(indicator) for indicator in indicators])
        table = pd.DataFrame(values | {"people": people[~people.index.duplicated()]}).rename_axis(["region", "year"])
        return table[table.index.get_level_values("region").map(self.city_of) == self.city]

    @cached_property
    def comparable_counties(self) -> pd.Series:
        """By code in the first census, the code in the last of the city's counties that cover the same area."""
        codes = self.counties.comparable(self.counties.years[0], self.counties.years[-1])
        return codes[codes.index.map(self.city_of) == self.city]

    @cached_property
    def behind(self) -> pd.Series:
        """Whether the city is worse off than all cities together, by code of the services that both have.

        What only counts is left out: of several cities there is always more.
        """
        own, metadata = self.values.loc[self.year], self.study.dataset.metadata
        whole = self.study.province.panel.values.loc[(self.study.all_regions.code, self.year)]
        known = [s for s in self.readings.services if pd.notna(own[s.code] - whole[s.code])]
        rated = [s for s in known if not is_count_or_amount(s, metadata)]
        senses = {s.code: -1 if s.higher_is_better is False else 1 for s in rated}
        found = {code: bool(above(sense * whole[code], sense * own[code])) for code, sense in senses.items()}
        return pd.Series(found, dtype=bool)

    @cached_property
    def shortages(self) -> dict[str, pd.Series]:
        """The distance of the city to all cities together, by code of the services that are ratios of known counts.

        Each as `analysis.gaps.gap`, with `present`: what the city has of that which it lacks. Of pupils per teacher
        people are pupils, and what is lacking are teachers (`StudyReadings.gap_terms`).
        """
        found = {service.code: self._shortage(service) for service in self.readings.services if len(service.terms) > 1}
        return {code: row for code, row in found.items() if row is not None and row.state == "value"}

    @none_where_refused
    def _shortage(self, service: Indicator) -> pd.Series | None:
        lacking, served = self.readings.gap_terms(service)
        amounts = self.readings.variables.xs(self.year, level="year")[[lacking, served]]
        whole, own = amounts.sum(skipna=False), amounts.loc[[self.city]]
        turned = (lacking, served) != service.terms
        table = gap(
            pd.Series(whole[lacking] / whole[served], own.index),
            own[lacking] / own[served],
            own[served],
            per=1,
            higher_is_better=turned or service.higher_is_better is not False,
        )
        return table.assign(present=own[lacking]).iloc[0]

    @cached_property
    def spending_growth(self) -> pd.DataFrame:
        """The mean growth of spending and of own revenue since the first year: of the city, and of all together."""
        return self.readings.mean_growth(self.year).loc[[self.city, self.study.all_regions.code]]

    @cached_property
    def shares_of_growth(self) -> dict[int | None, pd.DataFrame]:
        """The share of the growth of spending that went to the functions with public data, by region and year.

        On the year before under None, on the first year of the round under that year. Empty where no such function is
        declared, or the report is of the first year.
        """
        if self.previous is None or self.readings.declared.fiscal is None or not self.study.livelihood.known:
            return {}
        return {since: self.readings.share_of_growth(since=since) for since in (None, self.study.years[0])}

    @cached_property
    def assessed(self) -> RegionAssessment:
        """What the rules make of the city in the year; only for a round that is assessed, as all that follows."""
        return self.assessment.of(self.city, self.year)

    @property
    def assessment(self) -> Assessment:
        """What the rules make of all cities in all years."""
        return self.study.assessed.assessment

    @cached_property
    def steps(self) -> pd.DataFrame:
        """The steps from the city's values to its grade."""
        assessed = self.study.assessed
        return pathway(assessed.assessment, self.city, self.year, values=assessed.cities.values)

    def target_of(self, indicator: Indicator) -> float:
        """Give the target of the city itself: its part of a total of the province, if any; blank where it has none."""
        if self.stands_at not in indicator.target.assessed:
            return float("nan")
        own = indicator.target.at(self.city)
        return self.judged.targets[indicator.code] if isnan(own) and self.study.assessed else own

    @cached_property
    def _panel(self) -> Panel:
        own = self.result is not self.study.evaluate()
        return Census.of(self.study).beside(self.result.panel) if own else _panel(self.study)

    @property
    def title(self) -> str:
        """The title of the report."""
        key = "assessment_title" if self.study.assessed else "report_title"
        return self.word(key, city=self.city_name, year=self.year)


@once
def _panel(study: Study) -> Panel:
    """Give the round's panel, with the years of the censuses that it does not have."""
    return Census.of(study).beside(study.evaluate().panel)


@once
def _standings(study: Study, year: int) -> pd.DataFrame:
    return _ranked(_panel(study), study.system, year)


def _ranked(panel: Panel, system: IndexSystem, year: int) -> pd.DataFrame:
    values = latest(panel, system, year)
    ends = {"rank": False, "from_bottom": True}
    ranks = {end: indicator_ranks(values.value, system, from_the_bottom=way) for end, way in ends.items()}
    return values.assign(**ranks)
