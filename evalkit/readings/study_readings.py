"""What a round reads beside its score: the readings that it declares, computed once each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

import numpy as np
import pandas as pd

from evalkit.analysis.convergence import Beta, SigmaChange, beta, sigma_change
from evalkit.analysis.fiscal import known_share_of_growth, mean_growth, spending, with_total
from evalkit.analysis.gaps import group_gap
from evalkit.analysis.least_squares import Effects
from evalkit.analysis.likeness import all_nearest
from evalkit.analysis.rank_mobility import Mobility, mobility
from evalkit.analysis.readings_design import Readings, Regressor
from evalkit.analysis.regression import PanelRegression, panel_regression
from evalkit.base.errors import MethodError, Problem
from evalkit.base.once import once
from evalkit.data import Panel
from evalkit.data.panel import up_to
from evalkit.index import Indicator
from evalkit.index.indicator import PopulationBase
from evalkit.study import Study


@dataclass(frozen=True)
class Convergence:
    """Whether one series drew together since the first year of the round."""

    change: SigmaChange
    beta: Beta
    mobility: Mobility


@dataclass(frozen=True)
class StudyReadings:
    """The readings of a study beside its score; every one rests on all cities, and none enters a score."""

    study: Study

    @staticmethod
    @once
    def of(study: Study) -> StudyReadings:
        """Give the one that all reports of a study share."""
        return StudyReadings(study)

    @property
    def declared(self) -> Readings:
        """What the round declares that it reads."""
        return self.study.round.readings

    @property
    def services(self) -> tuple[Indicator, ...]:
        """The indicators whose equality is read."""
        return tuple(self.study.system.node(code) for code in self.declared.services)

    @property
    def money(self) -> tuple[Indicator, ...]:
        """The inputs whose equality is read beside that of the services."""
        return tuple(self.study.system.node(code) for code in self.declared.money)

    @cached_property
    def variables(self) -> pd.DataFrame:
        """Every figure in base units (persons, yuan): index (region, year)."""
        scales = {code: variable.scale for code, variable in self.study.dataset.metadata.variables.items()}
        return self.study.panel().variables * pd.Series(scales)

    @cached_property
    def groups(self) -> pd.Series:
        """The group of every city."""
        return self.study.regions["group"]

    @once
    def together(self, group: str) -> Panel:
        """Give the cities of a group as one."""
        members = self.groups.index[self.groups == group]
        return self.study.panel().among(members).total(self.study.dataset, self.study.system, group)

    def series(self, code: str) -> pd.Series:
        """Give the values of an indicator, or the uncapped score of a group, by region and year."""
        values = self.study.panel().values
        return values[code] if code in values else self.study.uncapped.scores[code]

    def weight(self, code: str) -> pd.Series:
        """Give the people by whom a node is weighed, by region and year. Raises MethodError where none are declared."""
        base = self.weight_base(code)
        if base not in self.study.system.population:
            raise MethodError(f"nobody is declared by whom {code} could be weighed")
        return self.variables[self.study.system.population[base]]

    def weight_base(self, code: str) -> PopulationBase:
        """Name the people by whom a node is weighed: its own denominator where it is per head, else residents."""
        return getattr(self.study.system.node(code), "population_base", None) or "resident"

    @once
    def convergences(self, until: int) -> dict[str, Convergence | None]:
        """Give the convergence of services, index and money up to a year by code; None where a series carries none."""
        if not self.services and not self.money:
            return {}
        nodes = (*self.services, self.study.system.tree, *self.money)
        return {node.code: _if_it_holds(self.convergence, node.code, until) for node in nodes}

    def convergence(self, code: str, until: int) -> Convergence:
        """Hold the first year of the round against another, on uncapped values."""
        values, (first, last) = up_to(self.series(code), until), (self.study.years[0], until)
        indicator = self.study.system.node(code)
        ends = [values.xs(year, level="year") for year in (first, last)]
        better = getattr(indicator, "higher_is_better", True)
        return Convergence(
            change=sigma_change(values, level=self.declared.level),
            beta=beta(values, level=self.declared.level),
            mobility=mobility(*ends, higher_is_better=better is not False),
        )

    @once
    def members(self, indicator: Indicator, years: tuple[int, ...]) -> tuple[str, ...]:
        """Give the cities that have both terms of a ratio in each of some years."""
        known = self.variables[list(indicator.terms)].notna().all(axis=1).unstack("year")[list(years)].all(axis=1)
        return tuple(city for city in self.groups.index if known[city])

    @once
    def group_gap(
        self, indicator: Indicator, between: tuple[str, str], *, among: tuple[str, ...] | None = None
    ) -> pd.DataFrame:
        """Give the gap between two groups of cities in every year; the first is the one held to be better off.

        `among` takes these cities only. Where people stand above the line (pupils per teacher), `people` and `lacking`
        are those of the ratio turned over: pupils, and teachers. Raises MethodError for what is no ratio.
        """
        if len(indicator.terms) < 2:
            raise MethodError("groups are ratios of sums", [Problem(indicator.code, "one figure", "a ratio of two")])
        variables = self.variables if among is None else self.variables.loc[list(among)]
        numerator, denominator = (variables[term] for term in indicator.terms)
        better = indicator.higher_is_better is not False
        table = group_gap(numerator, denominator, self.groups, between, per=indicator.per, higher_is_better=better)
        if self.gap_terms(indicator) == indicator.terms:
            return table
        turned = group_gap(denominator, numerator, self.groups, between)
        return table.assign(people=turned.people, lacking=turned.lacking)

    def gap_terms(self, indicator: Indicator) -> tuple[str, str]:
        """Name the figure that a gap lacks, and the one whose people are on its worse side.

        Of a ratio that counts people to one unit of provision, less being better, these are its terms turned over.
        """
        people_above = indicator.higher_is_better is False and indicator.per == 1
        return indicator.terms[::-1] if people_above else indicator.terms

    @cached_property
    def spending(self) -> pd.DataFrame:
        """Spending per head and its growth beside that of own revenue, by region and year, all cities together last."""
        names = [*self._fiscal, self.study.system.population["resident"]]
        amounts = with_total(self.variables[names], self._whole)
        return spending(*(amounts[name] for name in names))

    @once
    def mean_growth(self, until: int) -> pd.DataFrame:
        """Give the mean annual growth of spending and of own revenue since the first year of the round, by region."""
        amounts = with_total(self.variables[self._fiscal], self._whole)
        return mean_growth(*(amounts[name] for name in self._fiscal), since=self.study.years[0], until=until)

    @cached_property
    def known_share(self) -> pd.Series:
        """The share of spending that goes to the livelihood functions with public data, by region and year."""
        known, expenditure = list(self.study.livelihood.known), self._fiscal[0]
        amounts = with_total(self.variables[[*known, expenditure]], self._whole)
        return amounts[known].sum(axis=1, skipna=False) / amounts[expenditure]

    @once
    def share_of_growth(self, *, since: int | None = None) -> pd.DataFrame:
        """Give the share of the growth of spending that went to the livelihood functions with public data."""
        known, expenditure = list(self.study.livelihood.known), self._fiscal[0]
        amounts = with_total(self.variables[[*known, expenditure]], self._whole)
        return known_share_of_growth(amounts[known], amounts[expenditure], since=since)

    @cached_property
    def regressors(self) -> pd.DataFrame:
        """What may go with the level of services, by region and year."""
        return self._conditions(self.declared.regressors)

    def comparable(self, city: str, year: int) -> tuple[str, ...]:
        """Give the cities most like one in a year, the nearest first; none where the round declares no structure."""
        return self.comparables(year).get(city, ())

    @once
    def comparables(self, year: int) -> dict[str, tuple[str, ...]]:
        """Give the same of every city, by code."""
        declared = self.declared.comparables
        return {} if declared is None else all_nearest(self.structure(year), declared.count)

    def structure(self, year: int) -> pd.DataFrame:
        """Give the figures by which cities are alike in a year, a column each, where the round declares them."""
        return self._conditions(self.declared.comparables.structure).xs(year, level="year")

    def _conditions(self, declared: Iterable[Regressor]) -> pd.DataFrame:
        columns = {}
        for one in declared:
            ratio = self.variables[one.numerator]
            if one.denominator:
                ratio = ratio / self.variables[one.denominator]
            columns[one.code] = np.log(ratio) if one.log else ratio
        return pd.DataFrame(columns)

    @once
    def regressions(self, until: int) -> dict[Effects, PanelRegression | None]:
        """Give the regression with each kind of effects on the years up to one; None where it cannot be estimated."""
        kinds = get_args(Effects) if self.declared.regressors else ()
        return {effects: _if_it_holds(self.regression, effects, until) for effects in kinds}

    def regression(self, effects: Effects, until: int) -> PanelRegression:
        """Regress the uncapped index on what may go with it, over the years up to one."""
        return panel_regression(
            up_to(self.series(self.study.system.tree.code), until),
            up_to(self.regressors, until),
            effects=effects,
            level=self.declared.level,
            seed=self.study.seed,
        )

    @property
    def _fiscal(self) -> list[str]:
        return [self.declared.fiscal.expenditure, self.declared.fiscal.revenue]

    @property
    def _whole(self) -> str:
        return self.study.all_regions.code


def _if_it_holds(reading: Callable, *of):
    """Give a reading, or None where the data do not carry it: the report says which, and goes on."""
    try:
        return reading(*of)
    except MethodError:
        return None
