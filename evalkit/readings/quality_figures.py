"""The figures that a look at the data takes: those of every level and calendar as arrays, and what is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from evalkit.base.once import once
from evalkit.data.panel import cube
from evalkit.study import Study


@dataclass(frozen=True)
class Block:
    """Figures of the regions of one level, of variables with one calendar: variable × place × year, in printed units.

    A place is a region and, where the figures are of facilities, one of those; else the second is blank.
    """

    level: str
    variables: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    years: tuple[int, ...]
    values: np.ndarray


@dataclass(frozen=True)
class QualityFigures:
    """The figures of a study up to the year of a report, also of years before the round, and nothing said of them.

    A report of the round's last year has the years after the round too, as it has their censuses.
    """

    study: Study
    year: int

    @staticmethod
    @once
    def of(study: Study, year: int) -> QualityFigures:
        """Give those that all reports of a year share."""
        return QualityFigures(study, year)

    @cached_property
    def levels(self) -> dict[str, tuple[str, ...]]:
        """The regions of every level, in the order of the file."""
        table = self.study.all_regions.table
        return {level: tuple(table.index[table.level == level]) for level in table.level.unique()}

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The figures by region, level by level."""
        return tuple(block for level in self.levels for block in self._of_level(level))

    @cached_property
    def registers(self) -> tuple[Block, ...]:
        """The figures of facilities, each variable by itself."""
        return tuple(
            Block("facility", (code,), tuple(wide.index), tuple(wide.columns), wide.to_numpy()[None])
            for code, wide in self.facilities.items()
        )

    def shown(self, year: int) -> bool:
        """Whether the report shows figures of a year."""
        return year <= self.year or self.year == self.study.years[-1]

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The rows of the dataset that the report shows, each with the level of its region."""
        table = self.study.dataset.table
        kept = table if self.year == self.study.years[-1] else table[table.year <= self.year]
        return kept.assign(level=kept.region.map(self.study.all_regions.table.level))

    @cached_property
    def facilities(self) -> dict[str, pd.DataFrame]:
        """The figures of the facilities, by variable: index (region, unit), one column a year."""
        rows = self.rows[self.rows.unit != ""]
        wide = {
            code: own.pivot(index=["region", "unit"], columns="year", values="value").astype(float)
            for code, own in rows.groupby("variable", sort=False)
        }
        return {code: frame.sort_index(axis=1) for code, frame in wide.items()}

    @cached_property
    def wanted(self) -> pd.DataFrame:
        """How many figures are declared, present, missing, disputed and set aside: by variable, region and year.

        Columns: variable, region, level, year, state, n. Of a facility each counts.
        """
        keys = ["variable", "region", "level", "year", "state"]
        return self.rows.groupby(keys, sort=False, observed=True).size().rename("n").reset_index()

    @cached_property
    def departments(self) -> dict[str, tuple[str, ...]]:
        """The departments that answer for a variable: those of the indicators that it is the figure or numerator of.

        What only divides (residents) is nobody's, unless all indicators that it divides are of the same departments.
        """
        answer = self.study.system.departments_of
        own: dict[str, dict[str, None]] = {}
        divided: dict[str, set[tuple[str, ...]]] = {}
        for indicator in self.study.system.indicators:
            first, *others = indicator.terms
            own.setdefault(first, {}).update(dict.fromkeys(answer(indicator.code)))
            for term in others:
                divided.setdefault(term, set()).add(answer(indicator.code))
        alone = {code: next(iter(found)) for code, found in divided.items() if len(found) == 1}
        return alone | {variable: tuple(codes) for variable, codes in own.items()}

    @cached_property
    def scored(self) -> frozenset[str]:
        """The variables on which the score rests."""
        return frozenset(term for indicator in self.study.system.scored for term in indicator.terms)

    def _of_level(self, level: str) -> Iterator[Block]:
        declared = self.study.dataset.metadata.variables
        calendars: dict[tuple[int, int], list[str]] = {}
        for code, variable in declared.items():
            if level in variable.levels and variable.kind != "facility":
                calendars.setdefault((variable.every, variable.years[0] % variable.every), []).append(code)
        for codes in calendars.values():
            years = sorted({y for code in codes for y in declared[code].calendar if self.shown(y)})
            if years:
                values = cube(self.study.dataset.printed, codes, self.levels[level], years)
                places = tuple((region, "") for region in self.levels[level])
                yield Block(level, tuple(codes), places, tuple(years), values.astype(float))
