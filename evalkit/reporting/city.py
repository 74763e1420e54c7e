"""A city report: one city, one year, one language, and all that its tables and figures are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import pandas as pd

from evalkit.analysis.standing import indicator_ranks, latest
from evalkit.data import Panel
from evalkit.data.imputation import IMPUTED
from evalkit.index import Indicator
from evalkit.reporting.cells import IMPUTED_MARK, number
from evalkit.reporting.report import Report
from evalkit.scoring import Evaluation
from evalkit.study import Study


@dataclass(frozen=True)
class CityReport(Report):
    """A selection of one evaluation. Tables, figures and narrative take it as their only argument."""

    study: Study
    result: Evaluation
    city: str
    year: int
    language: str

    def __post_init__(self):
        self._check(city=(self.city, list(self.study.regions.index)))

    @property
    def city_name(self) -> str:
        """The name of the city."""
        return self.region(self.city)

    def score(self, node: str, year: int | None = None) -> float:
        """Give the published score of the city at a node."""
        return self.result.published.loc[(self.city, year or self.year), node]

    def rank(self, node: str, year: int | None = None) -> float:
        """Give the rank of the city at a node."""
        return self.result.ranks.loc[(self.city, year or self.year), node]

    def value(self, indicator: str, year: int | None) -> float:
        """Give the value of an indicator; blank for a year that the study does not cover."""
        return self.values[indicator][year] if year else float("nan")

    @cached_property
    def values(self) -> pd.DataFrame:
        """The indicators of the city: one row a year."""
        return self.result.panel.values.xs(self.city, level="region")

    def printed(self, indicator: Indicator, year: int | None, *, blank: str) -> Decimal | str:
        """Give the cell of an indicator's value; one that was imputed is marked."""
        cell = number(self.value(indicator.code, year), indicator.decimals, blank=blank)
        imputed = year is not None and self.states[indicator.code][year] == IMPUTED
        return f"{cell}{IMPUTED_MARK}" if imputed else cell

    @cached_property
    def states(self) -> pd.DataFrame:
        """The states of the city's indicators: one row a year."""
        return self.result.panel.states.xs(self.city, level="region")

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The published figures of the city, in printed units: one row a year."""
        return self.result.panel.variables.xs(self.city, level="region")

    @cached_property
    def earned(self) -> pd.DataFrame:
        """What each scored indicator gives to the index, in the year and the one before: one row a year."""
        years = [year for year in (self.previous, self.year) if year]
        return pd.DataFrame({year: self.result.contributions(self.city, year) for year in years}).T

    @cached_property
    def standings(self) -> pd.DataFrame:
        """Every indicator of the city: value, as_of, rank, from_bottom (index: code)."""
        values = latest(self.result.panel, self.system, self.year)
        table = values.assign(
            rank=indicator_ranks(values.value, self.system),
            from_bottom=indicator_ranks(values.value, self.system, from_the_bottom=True),
        )
        return table.xs(self.city, level="region")

    @cached_property
    def census(self) -> tuple[Indicator, ...]:
        """The indicators that are census snapshots."""
        return tuple(i for i in self.system.indicators if i.unscored == "snapshot")

    @property
    def census_year(self) -> int:
        """The year of the last census in the years of the study."""
        calendar = self.study.dataset.metadata.variables[self.census[0].variable].calendar
        return max(year for year in calendar if year <= self.study.years[-1])

    @cached_property
    def county_values(self) -> pd.DataFrame:
        """Census values of the city's counties: one row a county, one column an indicator."""
        counties = self.study.counties(self.city, self.census_year)
        panel = Panel.from_dataset(self.study.dataset, self.system, counties, [self.census_year])
        return panel.values[[i.code for i in self.census]].droplevel("year")

    @cached_property
    def census_values(self) -> pd.Series:
        """Census values of the city itself."""
        return self.values.loc[self.census_year]

    @property
    def title(self) -> str:
        """The title of the report."""
        return self.word("report_title", city=self.city_name, year=self.year)
