"""How equal the cities are: readings of inequality and of the gap between their groups, each None where it fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from zlib import crc32

import numpy as np
import pandas as pd

from evalkit.analysis import decomposition
from evalkit.analysis.decomposition import Dagum, theil_decomposition
from evalkit.analysis.inequality import inequality
from evalkit.analysis.inequality_bootstrap import Estimate, change_interval, without_each
from evalkit.analysis.inequality_kernels import Measure
from evalkit.analysis.shapley import shapley
from evalkit.base.errors import MethodError
from evalkit.base.once import once
from evalkit.index import Group, Indicator
from evalkit.readings.study_readings import StudyReadings
from evalkit.scoring import effective_weights
from evalkit.study import Study

MEASURES: tuple[Measure, ...] = ("gini", "theil", "coefficient_of_variation")


def none_where_refused(reading: Callable) -> Callable:
    """Give None where the data do not carry a reading: the report says so, and goes on."""

    @wraps(reading)
    def read(*args, **options):
        try:
            return reading(*args, **options)
        except MethodError:
            return None

    return read


@dataclass(frozen=True)
class InequalityChange:
    """The change of a Gini coefficient, and what it would be without each region."""

    change: Estimate
    without: pd.Series

    @property
    def mover(self) -> str:
        """The region without which the change would differ most."""
        return (self.without - self.change.value).abs().idxmax()

    @property
    def turns(self) -> list[str]:
        """The regions without any one of which the change has not the same sign."""
        return self.without.index[self.without * self.change.value <= 0].tolist()


@dataclass(frozen=True)
class GapChange:
    """The difference between the two ends of the groups in two years, and the same without each region.

    Both rest on the same n regions. `without` has one row a region that can be left out (a group needs two): first,
    last, change.
    """

    first: float
    last: float
    without: pd.DataFrame
    n: int

    @property
    def change(self) -> float:
        """By how much the difference grew."""
        return self.last - self.first

    def mover(self, of: str) -> str:
        """Name the region without which the difference in the last year, or its change, would differ most."""
        return (self.without[of] - getattr(self, of)).abs().idxmax()


@dataclass(frozen=True)
class Equality:
    """The equality of what a round reads, on uncapped values, weighed by the people of `StudyReadings.weight`."""

    readings: StudyReadings

    @staticmethod
    @once
    def of(study: Study) -> Equality:
        """Give the one that all reports of a study share."""
        return Equality(StudyReadings.of(study))

    @property
    def nodes(self) -> tuple[Indicator | Group, ...]:
        """The services, the index and the money."""
        found = self.readings
        return (*found.services, found.study.system.tree, *found.money) if found.services or found.money else ()

    @cached_property
    def groups(self) -> list[str]:
        """The groups that cities belong to, as they stand in params/regions: the one held to be best off first.

        None where each city is a group by itself.
        """
        sizes = self.readings.groups.value_counts()
        used = set(sizes.index) if (sizes > 1).any() else set()
        return [code for code in self.readings.study.all_regions.groups if code in used]

    @cached_property
    def ends(self) -> tuple[str, str] | None:
        """The first and the last of the groups, between which gaps are read."""
        return (self.groups[0], self.groups[-1]) if len(self.groups) > 1 else None

    @once
    def section(self, code: str, year: int) -> pd.DataFrame:
        """Give every city's value in a year, and its people: the columns `values` and `weights`."""
        series = {"values": self.readings.series(code), "weights": self.readings.weight(code)}
        return pd.DataFrame({name: column.xs(year, level="year") for name, column in series.items()})

    @once
    @none_where_refused
    def inequality(self, code: str, *, weighted: bool = True, alike: tuple[int, ...] = ()) -> pd.DataFrame | None:
        """Give the measures of every year, as `analysis.inequality.inequality` does, and the deviation in own units.

        Only over the cities that have a value in each of the years `alike`, by which those can be compared. A score
        has no zero of its own: of the measures here, only the standard deviation leaves its goalposts aside.
        """
        values = self.readings.series(code)
        known = values.unstack("year")[list(alike)].notna().all(axis=1)
        if not known.any():
            return None
        values = values[values.index.get_level_values("region").isin(known.index[known])]
        weights = self.readings.weight(code).loc[values.index] if weighted else pd.Series(1.0, values.index)
        table = inequality(values, weights, measures=MEASURES)
        known = weights.where(values.notna())
        mean = (values * known).groupby("year").sum() / known.groupby("year").sum()
        return table.assign(deviation=table.coefficient_of_variation * mean)

    @once
    @none_where_refused
    def change(self, code: str, until: int) -> InequalityChange | None:
        """Hold the Gini coefficient of a year against that of the first year of the round.

        Every series and year has draws of its own, by the round's seed, so that chance does not move them together.
        """
        before, after = (self.section(code, year) for year in (self._first, until))
        declared, seed = self.readings.declared, (self.readings.study.seed, until, crc32(code.encode()))
        found = change_interval(before, after, draws=declared.draws, level=declared.level, seed=seed)
        return InequalityChange(found, self.without(code, until) - self.without(code, self._first))

    @once
    def without(self, code: str, year: int) -> pd.Series:
        """Give the Gini coefficient of a year without each city in turn."""
        return without_each(**self.section(code, year))

    @once
    @none_where_refused
    def split(self, code: str, year: int) -> pd.Series | None:
        """Split Theil's T of a year between and within the groups; None without two groups to compare."""
        if self.ends is None:
            return None
        section = self.section(code, year)
        groups = self.readings.groups.loc[section.index]
        return theil_decomposition(section["values"], groups, section["weights"]).iloc[0]

    @once
    @none_where_refused
    def dagum(self, code: str, year: int) -> Dagum | None:
        """Split the Gini coefficient of a year into Dagum's parts; None without two groups to compare."""
        if self.ends is None:
            return None
        section = self.section(code, year)
        return decomposition.dagum(section["values"], self.readings.groups.loc[section.index], section["weights"])

    @once
    @none_where_refused
    def contributions(self, code: str, year: int) -> pd.Series | None:
        """Give what each city adds to Theil's T of a year."""
        return decomposition.contributions(**self.section(code, year))

    @once
    @none_where_refused
    def dimensions(self, year: int, level: str) -> pd.Series | None:
        """Attribute the Gini coefficient of the uncapped index to its scored indicators, or to its projects.

        Over the cities that have a score. Only where there is any inequality, every such city has every indicator, and
        the index is the sum of its parts in points: other means split into shares.
        """
        study, parts = self.readings.study, self._points(year)
        if parts is None:
            return None
        if level != "indicator":
            parts = parts.T.groupby([study.system.project_of(code).code for code in parts], sort=False).sum().T
        found = shapley(parts, self.section(study.system.tree.code, year)["weights"].loc[parts.index])
        return found if found.sum() else None

    @once
    @none_where_refused
    def gap(self, indicator: Indicator, *, alike: tuple[int, ...] = ()) -> pd.DataFrame | None:
        """Give the gap between the two ends of the groups in every year, as `StudyReadings.group_gap` does.

        Only among the cities that have a value in each of the years `alike`, by which those can be compared.
        """
        among = self.readings.members(indicator, alike) if alike else None
        return self.readings.group_gap(indicator, self.ends, among=among) if self.ends else None

    @once
    @none_where_refused
    def gap_change(self, indicator: Indicator, until: int) -> GapChange | None:
        """Hold the difference between the groups in a year against that of the first year, also without each city.

        Among the cities that have a value in both. None where none of them can be left out.
        """
        if not self.ends:
            return None
        years = (self._first, until)
        members = self.readings.members(indicator, years)
        spare = self._spare(members)
        if not spare:
            return None
        first, last = self.readings.group_gap(indicator, self.ends, among=members).difference[list(years)]
        at_ends = tuple(city for city in members if self.readings.groups[city] in self.ends)
        without = self._without(indicator, at_ends, years).loc[spare].set_axis(["first", "last"], axis=1)
        return GapChange(first, last, without.assign(change=without["last"] - without["first"]), len(at_ends))

    @once
    @none_where_refused
    def worse_off(self, indicator: Indicator, year: int) -> pd.Series | None:
        """Say which of the two groups is worse off in a year: group, people there, lacking, n; None at parity."""
        for better, worse in (self.ends, self.ends[::-1]) if self.ends else ():
            row = self.readings.group_gap(indicator, (better, worse)).loc[year]
            if row.difference > 0:
                return pd.Series({"group": worse, "people": row.people, "lacking": row.lacking, "n": row.n})
        return None

    @once
    def _points(self, year: int) -> pd.DataFrame | None:
        """What each scored indicator gives to the uncapped index of every city with a score.

        None where that is no sum of points, or a city lacks an indicator: what is left weighs more there.
        """
        study = self.readings.study
        scored = self.section(study.system.tree.code, year)["values"].dropna().index
        own = study.uncapped.scores.xs(year, level="year").loc[scored, [i.code for i in study.system.scored]]
        whole = study.uncapped.adds_points and len(own) and own.notna().to_numpy().all()
        return own * effective_weights(study.uncapped.weights, study.system) if whole else None

    def _without(self, indicator: Indicator, members: tuple[str, ...], years: tuple[int, ...]) -> pd.DataFrame:
        """Give the difference between the groups in some years among all members but one: a row for each left out."""
        figures = (self.readings.variables[term].unstack("year") for term in indicator.terms)
        numerator, denominator = (found.loc[list(members), list(years)].to_numpy() for found in figures)
        groups, others = self.readings.groups[list(members)].to_numpy(), ~np.eye(len(members), dtype=bool)
        kept = (others & (groups == end) for end in self.ends)
        better, worse = (own @ numerator / (own @ denominator) * indicator.per for own in kept)
        wider = worse - better if indicator.higher_is_better is False else better - worse
        return pd.DataFrame(wider, index=list(members))

    def _spare(self, members: tuple[str, ...]) -> list[str]:
        """The members of the two ends without which their group still has two."""
        groups = self.readings.groups[list(members)]
        return [city for city, own in groups.items() if own in self.ends and (groups == own).sum() > 2]

    @property
    def _first(self) -> int:
        return self.readings.study.years[0]
