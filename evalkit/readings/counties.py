"""How equal the counties of all cities were in each census."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from evalkit.analysis.decomposition import theil_decomposition
from evalkit.analysis.gaps import below, closed
from evalkit.analysis.inequality import gini
from evalkit.base.once import once
from evalkit.index import Indicator
from evalkit.readings.census import Census
from evalkit.readings.equality import none_where_refused
from evalkit.study import Study


@dataclass(frozen=True)
class Counties:
    """The census indicators of every county, and the people by whom they are weighed, as a report of a year has them.

    That is every census up to the year. A report of the round's last year has those after the round too, and says so.
    """

    study: Study
    year: int

    @staticmethod
    @once
    def of(study: Study, year: int) -> Counties:
        """Give the one that all reports of a year share."""
        return Counties(study, year)

    @property
    def census(self) -> Census:
        """What the censuses say of all regions."""
        return Census.of(self.study)

    @cached_property
    def censuses(self) -> tuple[int, ...]:
        """The years of the censuses of all regions that the report has."""
        closes = self.year == self.study.years[-1]
        return tuple(year for year in self.census.years if closes or year <= self.year)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The census snapshots that a county has, where the round declares by whom counties are weighed."""
        weighed = self.study.round.readings.county_population
        return tuple(i for i in self.census.indicators if weighed and len(self._known(i)))

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of the censuses of the counties, those outside the round included."""
        return tuple(sorted({year for i in self.indicators for year in self.years_of(i)}))

    def years_of(self, indicator: Indicator) -> tuple[int, ...]:
        """Give the years in which a county has the indicator."""
        return tuple(sorted(self._known(indicator).index.unique("year")))

    @cached_property
    def compared(self) -> tuple[Indicator, ...]:
        """The indicators that comparable counties have in the first and in the last of several censuses."""
        first, last = self.years[:1], self.years[1:][-1:]
        return tuple(i for i in self.indicators if last and len(self._pairs(i, *first, *last)))

    def regions(self, year: int) -> pd.DataFrame:
        """Give the counties as they were in a year, one row each."""
        return self.census.regions(year)

    def values(self, indicator: Indicator) -> pd.Series:
        """Give an indicator by county and census: index (region, year); a county without a value is left out."""
        return self._known(indicator)["values"]

    def people(self, indicator: Indicator) -> pd.Series:
        """Give the people of the counties that have a value: index (region, year)."""
        return self._known(indicator)["people"]

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
        """Give mean, gini, deviation, between_share of Theil's T by city (all weighed by people), and n counties.

        A measure that is not defined on the values (of one county, or where all are 0) is blank.
        """
        values, people = (s.xs(year, level="year") for s in (self.values(indicator), self.people(indicator)))
        cities = self.regions(year).parent.loc[values.index]
        split = none_where_refused(theil_decomposition)(values, cities, people)
        return {
            "mean": self.mean(indicator)[year],
            "gini": none_where_refused(gini)(values, people),
            "deviation": _deviation(values, people),
            "between_share": float("nan") if split is None else split.between_share.iloc[0],
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
        codes = self._pairs(indicator, first, last)
        before, after = (self.shortfall(indicator, year) for year in (first, last))
        codes = codes[codes.index.isin(before.index[before.difference > 0])]
        before, after = before.loc[codes.index], after.loc[codes].set_axis(codes.index)
        people = [self.people(indicator).xs(year, level="year") for year in (first, last)]
        return closed(before.difference, after.difference).assign(
            people_base=people[0].loc[codes.index], people_now=people[1].loc[codes].set_axis(codes.index)
        )

    @once
    def deviations(self, indicator: Indicator, first: int, last: int) -> tuple[float, float, int]:
        """Give the standard deviation over the comparable counties in both years, weighed by people, and how many."""
        codes, known = self._pairs(indicator, first, last), self._known(indicator)
        before, after = (known.xs(year, level="year") for year in (first, last))
        found = [
            _deviation(*frame.loc[chosen].T.to_numpy()) for frame, chosen in ((before, codes.index), (after, codes))
        ]
        return (*found, len(codes))

    @once
    def _known(self, indicator: Indicator) -> pd.DataFrame:
        """Give value and people of every county and census that has both."""
        panels = [self.census.counties(year) for year in self.censuses]
        if not panels:
            return pd.DataFrame(columns=["values", "people"], index=_NOWHERE, dtype=float)
        weighed = self.study.round.readings.county_population
        scale = self.study.dataset.metadata.variables[weighed].scale
        tables = [pd.DataFrame({"values": p.values[indicator.code], "people": p.variables[weighed]}) for p in panels]
        known = pd.concat(tables).dropna().mul({"values": 1, "people": scale})
        return known[known.people > 0]

    def _pairs(self, indicator: Indicator, first: int, last: int) -> pd.Series:
        """Give the comparable counties that have the indicator in both years."""
        codes, known = self.comparable(first, last), self._known(indicator).index
        there = [
            set(known[known.get_level_values("year") == year].get_level_values("region")) for year in (first, last)
        ]
        return codes[codes.index.isin(there[0]) & codes.isin(there[1])]


_NOWHERE = pd.MultiIndex.from_arrays([[], []], names=["region", "year"])


def _deviation(values: pd.Series | np.ndarray, people: pd.Series | np.ndarray) -> float:
    """The standard deviation, weighed by people: that of what is attained as of what falls short."""
    mean = np.average(values, weights=people)
    return float(np.sqrt(np.average((values - mean) ** 2, weights=people)))
