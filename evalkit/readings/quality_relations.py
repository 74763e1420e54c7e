"""What in the figures of a study contradicts others: counties, parts, numerators, and registers that are counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

import numpy as np
import pandas as pd

from evalkit.analysis.contradictions import outside_range, sums_apart
from evalkit.data.digits import step_of
from evalkit.data.metadata import Variable
from evalkit.data.panel import cube
from evalkit.data.regions import in_year
from evalkit.readings.quality_changes import Finding, Kind
from evalkit.readings.quality_figures import Block, QualityFigures

PER_CENT = 100


@dataclass(frozen=True)
class Relations:
    """The figures that belong together, and do not go together."""

    figures: QualityFigures

    def findings(self) -> Iterator[Finding]:
        """Give all contradictions, kind by kind."""
        yield from self.counties()
        yield from self.parts()
        yield from self.ratios()
        yield from self.units()

    def counties(self) -> Iterator[Finding]:
        """Sums of which the parts below a region are not its figure, and means that lie outside those below it."""
        for upper, lower in permutations(self.figures.blocks, 2):
            if shared := [code for code in upper.variables if upper.level != lower.level and code in lower.variables]:
                yield from self._beside_below(upper, lower, shared)

    def parts(self) -> Iterator[Finding]:
        """Declared parts that do not come to their whole."""
        for declared in self._design.parts:
            rest = "most" if declared.rest else "all"
            yield from self._apart("parts", declared.whole, declared.parts, about=rest, rest=declared.rest)

    def ratios(self) -> Iterator[Finding]:
        """Shares of more than 100 per cent: an indicator's numerator above the denominator that it is a part of."""
        for indicator in self.figures.study.system.indicators:
            if indicator.per == PER_CENT and indicator.valid and indicator.valid[1] <= PER_CENT and indicator.numerator:
                yield from self._apart("exceeds", indicator.denominator, (indicator.numerator,), rest=True)

    def units(self) -> Iterator[Finding]:
        """Declared counts of facilities that are not as many as their register has."""
        for declared in self._design.units:
            register = self.figures.rows[self.figures.rows.variable == declared.facilities]
            for level in self._variables[declared.count].levels:
                yield from self._counted(declared.count, level, register)

    def _beside_below(self, upper: Block, lower: Block, shared: list[str]) -> Iterator[Finding]:
        years = [year for year in upper.years if year in lower.years]
        wholes, parts = (block.values[np.ix_(*_places(block, shared, years))] for block in (upper, lower))
        below = self.figures.study.all_regions.table.loc[[region for region, _ in lower.places]]
        there = np.array([in_year(below, year).to_numpy() for year in years]).T
        for r, (region, _) in enumerate(upper.places):
            own = np.flatnonzero(below.parent == region)
            for v, code in enumerate(shared) if len(own) else ():
                yield from (
                    _finding(kind, upper.level, code, region, years[t], wholes[v, r, t], against)
                    for t, kind, against in self._beside(code, wholes[v, r], parts[v, own], there[own])
                )

    def _beside(
        self, code: str, whole: np.ndarray, parts: np.ndarray, there: np.ndarray
    ) -> Iterator[tuple[int, Kind, float]]:
        """Hold a region's figures, year by year, against those of the regions below it that are there in the year."""
        if self._variables[code].is_sum:
            sums = np.where(there, parts, 0.0)
            kind, wrong = "counties", sums_apart(whole, sums, slack=self._slack(code, whole, len(parts)))
            against = np.nansum(sums, axis=0)
        else:
            neutral = np.where(there, parts, whole)
            kind, wrong = "range", outside_range(whole, neutral, tolerance=self._design.tolerance)
            against = _nearest_end(whole, neutral)
        for t in np.flatnonzero(wrong & there.any(axis=0)):
            yield int(t), kind, float(against[t])

    def _apart(
        self, kind: Kind, whole: str, parts: tuple[str, ...], *, about: str = "", rest: bool
    ) -> Iterator[Finding]:
        levels = set(self._variables[whole].levels).intersection(*(self._variables[part].levels for part in parts))
        scale = self._variables[whole].scale
        for level in (level for level in self.figures.levels if level in levels):
            regions, years = list(self.figures.levels[level]), self._years((whole, *parts))
            of_whole = self._values(whole, regions, years)
            in_its_unit = [self._values(p, regions, years) * (self._variables[p].scale / scale) for p in parts]
            slack = self._slack(whole, of_whole, len(parts))
            wrong = sums_apart(of_whole, np.array(in_its_unit), slack=slack, rest=rest)
            sums = np.nansum(in_its_unit, axis=0)
            for r, t in np.argwhere(wrong):
                found = (of_whole[r, t], sums[r, t])
                yield _finding(kind, level, whole, regions[r], years[t], *found, about=about or parts[0])

    def _counted(self, count: str, level: str, register: pd.DataFrame) -> Iterator[Finding]:
        above = self.figures.study.all_regions.table.parent
        of_level = register.region.isin(self.figures.levels.get(level, ()))
        region = register.region.where(of_level, register.region.map(above))
        numbers = register[register.state != "not applicable"].groupby([region, "year"]).unit.nunique()
        declared = self.figures.study.dataset.printed[count] * self._variables[count].scale
        for (code, year), n in numbers.items():
            known = declared.get((code, year), np.nan) if code in self.figures.levels.get(level, ()) else np.nan
            if np.isfinite(known) and known != n:
                yield _finding("units", level, count, code, year, known, n)

    def _slack(self, code: str, whole: np.ndarray, parts: int) -> np.ndarray:
        """The difference that is none: a share of the whole, and what figures rounded to 万 lose in rounding."""
        rounded = self._steps[code] * (parts + 1) / 2 if self._variables[code].scale > 1 else 0.0
        return self._design.tolerance * np.abs(np.nan_to_num(whole)) + rounded

    @cached_property
    def _steps(self) -> dict[str, float]:
        printed = self.figures.study.dataset.printed
        return {code: step_of(printed[code].to_numpy(dtype=float)) for code in printed}

    def _values(self, code: str, regions: list[str], years: list[int]) -> np.ndarray:
        return cube(self.figures.study.dataset.printed, [code], regions, years)[0].astype(float)

    def _years(self, codes: tuple[str, ...]) -> list[int]:
        calendars = [set(self._variables[code].calendar) for code in codes]
        return sorted(year for year in set.intersection(*calendars) if self.figures.shown(year))

    @property
    def _variables(self) -> dict[str, Variable]:
        return self.figures.study.dataset.metadata.variables

    @property
    def _design(self):
        return self.figures.study.round.readings.quality


def _places(block: Block, variables: list[str], years: list[int]) -> tuple[list[int], range, list[int]]:
    """Give where variables and years stand in a block, and all of its places."""
    at = [block.variables.index(code) for code in variables]
    return at, range(len(block.places)), [block.years.index(year) for year in years]


def _nearest_end(whole: np.ndarray, parts: np.ndarray) -> np.ndarray:
    """Give the end of the range of the parts that a mean is nearer to."""
    low, high = parts.min(axis=0), parts.max(axis=0)
    return np.where(np.abs(whole - low) < np.abs(whole - high), low, high)


def _finding(
    kind: Kind, level: str, variable: str, region: str, year: int, value: float, against: float, *, about: str = ""
) -> Finding:
    size = abs(float(np.log(value / against))) if value > 0 and against > 0 else 0.0
    place = (level, variable, region, int(year))
    return Finding(kind, *place, value=float(value), against=float(against), size=size, about=about)
