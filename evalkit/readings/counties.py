"""How equal the counties of all cities were in each census."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from evalkit.analysis import dispersion
from evalkit.analysis.decomposition import theil_decomposition
from evalkit.analysis.gaps import below, closed
from evalkit.analysis.inequality import gini
from evalkit.data import Panel
from evalkit.index import Indicator
from evalkit.once import once
from evalkit.study import Study


@dataclass(frozen=True)
class Counties:
    """The census indicators of every county, and the people by whom they are weighed."""

    study: Study

    @staticmethod
    @once
    def of(study: Study) -> Counties:
        """Give the one that all reports of a study share."""
        return Counties(study)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators that are census snapshots, where the round declares by whom counties are weighed."""
        weighed = self.study.round.readings.county_population
        return tuple(i for i in self.study.system.indicators if i.unscored == "snapshot" and weighed)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of the censuses, those after the round included."""
        variables = self.study.dataset.metadata.variables
        return tuple(sorted({year for i in self.indicators for term in i.terms for year in variables[term].calendar}))

    @once
    def regions(self, year: int) -> pd.DataFrame:
        """Give the counties as they were in a year, one row each."""
        return pd.concat([self.study.counties(city, year) for city in self.study.regions.index])

    @once
    def values(self, indicator: Indicator) -> pd.Series:
        """Give an indicator by county and census: index (region, year); a county without a value is left out."""
        return self._panels[indicator.code].dropna()

    @once
    def people(self, indicator: Indicator) -> pd.Series:
        """Give the people of the counties that have a value: index (region, year)."""
        return self._panels[self.study.round.readings.county_population].loc[self.values(indicator).index]

    @once
    def mean(self, indicator: Indicator) -> pd.Series:
        """Give the mean over all counties, weighed by people, by year."""
        values, people = self.values(indicator), self.people(indicator)
        return (values * people).groupby("year").sum() / people.groupby("year").sum()

    @once
    def shortfall(self, indicator: Indicator, year: int) -> pd.DataFrame:
        """Say which counties are worse off than the mean of the year, how far, and how many people live there."""
        values, people = (s.xs(year, level="year") for s in (self.values(indicator), self.people(indicator)))
        better = indicator.higher_is_better is not False
        return below(values, self.mean(indicator)[year], people, higher_is_better=better)

    @once
    def spread(self, indicator: Indicator, year: int) -> dict:
        """Give mean, gini, deviation, between_share of Theil's T by city (all weighed by people), and n counties."""
        values, people = (s.xs(year, level="year") for s in (self.values(indicator), self.people(indicator)))
        cities = self.regions(year).parent.loc[values.index]
        return {
            "mean": self.mean(indicator)[year],
            "gini": gini(values, people),
            "deviation": _deviation(values, people),
            "between_share": theil_decomposition(values, cities, people).between_share.iloc[0],
            "n": len(values),
        }

    @once
    def comparable(self, first: int, last: int) -> pd.Series:
        """Give, by its code in the first year, the code in the last year of every county that covers the same area."""
        known, before = self.study.all_regions.by_code, self.regions(first).index
        pairs = {(known[code].succeeds or code): code for code in self.regions(last).index}
        same = {
            old: new for old, new in pairs.items() if old in before and not (known[old].redrawn or known[new].redrawn)
        }
        return pd.Series(same, dtype=object)

    @once
    def progress(self, indicator: Indicator, first: int, last: int) -> pd.DataFrame:
        """Say of every comparable county that was worse off than the mean in the first year how its gap has changed.

        One row a county, as `analysis.gaps.closed`, and the people of either year (people_base, people_now).
        """
        codes = self.comparable(first, last)
        before, after = (self.shortfall(indicator, year) for year in (first, last))
        codes = codes[codes.index.isin(before.index[before.difference > 0]) & codes.isin(after.index)]
        before, after = before.loc[codes.index], after.loc[codes].set_axis(codes.index)
        people = [self.people(indicator).xs(year, level="year") for year in (first, last)]
        return closed(before.difference, after.difference).assign(
            people_base=people[0].loc[codes.index], people_now=people[1].loc[codes].set_axis(codes.index)
        )

    @once
    def deviations(self, indicator: Indicator, first: int, last: int) -> tuple[float, float, int]:
        """Give the standard deviation over the comparable counties in both years, weighed by people, and how many."""
        codes, series = self.comparable(first, last), (self.values(indicator), self.people(indicator))
        before, after = (pd.concat([s.xs(y, level="year") for s in series], axis=1) for y in (first, last))
        codes = codes[codes.index.isin(before.index) & codes.isin(after.index)]
        found = [
            _deviation(*frame.loc[chosen].T.to_numpy()) for frame, chosen in ((before, codes.index), (after, codes))
        ]
        return (*found, len(codes))

    @cached_property
    def _panels(self) -> pd.DataFrame:
        """Every figure and indicator of every county in each census."""
        panels = [
            Panel.from_dataset(self.study.dataset, self.study.system, self.regions(year), [year]) for year in self.years
        ]
        return pd.concat([panel.values.join(panel.variables) for panel in panels])


def _deviation(values: pd.Series | np.ndarray, people: pd.Series | np.ndarray) -> float:
    """The standard deviation, weighed by people: that of what is attained as of what falls short."""
    x, p = dispersion.shares(np.asarray(values, dtype=float)[None], np.asarray(people, dtype=float)[None])
    return float(dispersion.coefficient_of_variation(x, p)[0] * (x * p).sum())
