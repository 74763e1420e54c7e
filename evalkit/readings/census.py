"""What the censuses say of cities and counties, in every year that has one: also before the round, and after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial

import pandas as pd

from evalkit.base.errors import all_of
from evalkit.base.once import once
from evalkit.data import Panel
from evalkit.index import Indicator
from evalkit.study import Study


@dataclass(frozen=True)
class Census:
    """The indicators that are census snapshots, wherever the dataset has them."""

    study: Study

    @staticmethod
    @once
    def of(study: Study) -> Census:
        """Give the one that all reports of a study share."""
        return Census(study)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The census snapshots."""
        return tuple(i for i in self.study.system.indicators if i.unscored == "snapshot")

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years in which one of them has a figure for each of its terms."""
        variables = self.study.dataset.metadata.variables
        calendars = [[set(variables[term].calendar) for term in i.terms] for i in self.indicators]
        return tuple(sorted(set().union(*(set.intersection(*terms) for terms in calendars))))

    @once
    def regions(self, year: int) -> pd.DataFrame:
        """Give the counties of all cities as they were in a year, one row each."""
        return pd.concat([self.study.counties(city, year) for city in self.study.regions.index])

    @once
    def counties(self, year: int) -> Panel:
        """Give the figures of all counties in a year."""
        return Panel.from_dataset(self.study.dataset, self.study.system, self.regions(year), [year])

    def beside(self, panel: Panel) -> Panel:
        """Give a panel of the round with the years of the censuses that it does not have."""
        if not self._beyond:
            return panel
        more = Panel.from_dataset(self.study.dataset, self.study.system, self.study.regions, self._beyond)
        frames = ("values", "states", "variables")
        return replace(panel, **{name: pd.concat([getattr(panel, name), getattr(more, name)]) for name in frames})

    def check(self) -> None:
        """Read every census. Raises DataError with every figure outside the valid range of its indicator."""
        all_of([partial(self.beside, self.study.panel()), *(partial(self.counties, year) for year in self.years)])

    @property
    def _beyond(self) -> list[int]:
        return [year for year in self.years if year not in self.study.years]
