"""What is unusual in the figures of one block: changes, slips of the unit, repeats, zeros, and levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist
from typing import Literal, NamedTuple

import numpy as np

from evalkit.analysis.quality_design import QualityDesign
from evalkit.analysis.unusual import (
    Repeated,
    Tested,
    changes,
    moved_together,
    repeated_among,
    repeated_in_time,
)
from evalkit.base.exact import at_least
from evalkit.data.digits import step_of
from evalkit.data.metadata import Variable
from evalkit.data.plausibility import centre, power_of_ten, row_medians
from evalkit.readings.quality_figures import Block

STABLE = (
    3  # how far apart the other figures of a series may be, largest over smallest, that a slip stands out from them
)
FEW = 10  # units of the last digit
COARSE = 1e-4  # the probability at most with which all figures of a year end in so many zeros by chance
Kind = Literal[
    "slip", "parts", "counties", "range", "units", "exceeds", "step", "same", "copied", "zero", "whole", "coarse",
    "level", "digits", "missing",
]  # fmt: skip


class Finding(NamedTuple):
    """One thing to ask about: `value` beside `against`, the figure that it does not go with, and how far it is off.

    `size` is the absolute logarithm of their ratio where there is one; of a change, less what is `usual`: the median
    factor by which the peers changed, blank where they are too few. `few` says that counts of events as small change so
    by themselves, `tests` how many tests of changes flag it, `about` what the other figure is of; `unit` is a facility.
    """

    kind: Kind
    level: str
    variable: str
    region: str
    year: int
    value: float = np.nan
    against: float = np.nan
    size: float = 0.0
    usual: float = np.nan
    few: bool = False
    tests: int = 0
    about: str = ""
    unit: str = ""


class Chances(NamedTuple):
    """How often a test flags what is right: how many figures it tested, would flag by chance, and flagged."""

    test: str
    tested: int
    normal: float
    heavy: float
    flagged: int


@dataclass(frozen=True)
class Changes:
    """The unusual in one block, by the bounds of a design."""

    block: Block
    variables: dict[str, Variable]
    design: QualityDesign

    def findings(self) -> Iterator[Finding]:
        """Give all that is unusual, kind by kind."""
        yield from self.slips()
        yield from self.steps()
        yield from self.repeats()
        yield from self.copies()
        yield from self.zeros()
        yield from self.wholes()
        yield from self.coarse()
        yield from self.levels()

    def chances(self) -> Iterator[Chances]:
        """Give what each test of the block would flag by chance."""
        for name, test in self.tests.items():
            yield Chances(name, test.tested, test.expected(), test.expected("heavy"), int(test.flagged.sum()))
        for name, found in (("same", self._repeated), ("copied", self._copied)):
            for each in found.values():
                yield Chances(name, each.tested, each.expected, each.expected, int(each.flagged.sum()))

    @cached_property
    def changed(self) -> np.ndarray:
        """The change of the logarithm of every figure: variable × region × change."""
        return changes(self.block.values)

    @cached_property
    def beside_peers(self) -> np.ndarray:
        """The same, less the median change of the regions in the year where there are enough of them."""
        return self.changed - np.nan_to_num(self._of_peers)[:, None, :]

    @cached_property
    def _of_peers(self) -> np.ndarray:
        """The median change of the regions, variable × change; blank where they are too few."""
        variables, regions, years = self.changed.shape
        rows = self.changed.transpose(0, 2, 1).reshape(variables * years, regions)
        enough = np.isfinite(rows).sum(axis=1) >= self.design.least
        return np.where(enough, row_medians(rows), np.nan).reshape(variables, years)

    @cached_property
    def tests(self) -> dict[str, Tested]:
        """Changes held against those of the peers in the year, of the own history, and of the variable as a whole."""
        variables, regions, years = self.changed.shape
        rows = {
            "by_peers": self.changed.transpose(0, 2, 1).reshape(variables * years, regions),
            "by_history": self.changed.reshape(variables * regions, years),
            "by_series": self.beside_peers.reshape(variables, regions * years),
        }
        pooled = centre(rows["by_series"]).spread
        spreads = {"by_peers": pooled.repeat(years), "by_history": pooled.repeat(regions), "by_series": pooled}
        bounds = (self.design.flag_chance, float(np.log1p(self.design.apart)), self.design.least)
        return {name: Tested(each, *bounds, spreads[name]) for name, each in rows.items()}

    @cached_property
    def flagged_by(self) -> np.ndarray:
        """How many of the tests flag each change, and −1 where none could test it: variable × region × change."""
        variables, regions, years = self.changed.shape
        by, tested = np.zeros(self.changed.shape, dtype=int), np.zeros(self.changed.shape, dtype=bool)
        for name, test in self.tests.items():
            shape = (variables, years, regions) if name == "by_peers" else self.changed.shape
            way = (0, 2, 1) if name == "by_peers" else (0, 1, 2)
            by += test.flagged.reshape(shape).transpose(way)
            tested |= np.isfinite(test.z).reshape(shape).transpose(way)
        return np.where(np.isfinite(self.changed) & ~tested, -1, by)

    @cached_property
    def _few(self) -> np.ndarray:
        """Whether counts as small change so by themselves, if they are of events: by Poisson's law, √(1/a + 1/b)."""
        counted = np.array([self.variables[code].kind == "count" for code in self.block.variables], dtype=bool)
        scales = np.array([self.variables[code].scale for code in self.block.variables], dtype=float)
        with np.errstate(divide="ignore", invalid="ignore"):
            each = 1 / (self.block.values * scales[:, None, None])
            noise = NormalDist().inv_cdf(1 - self.design.flag_chance / 2) * np.sqrt(each[..., 1:] + each[..., :-1])
        return counted[:, None, None] & (np.abs(self.beside_peers) < noise)

    def steps(self) -> Iterator[Finding]:
        """Changes that are out of line; where nothing is there to hold them against, those that are large."""
        by, large = self.flagged_by, np.log(self.design.large)
        untested = (by < 0) & at_least(np.abs(self.changed), large)
        for v, r, t in np.argwhere(((by > 0) | untested) & ~self._slipped[..., 1:] & ~self._slipped[..., :-1]):
            before, value = self.block.values[v, r, t : t + 2]
            found = self._finding("step", v, r, t + 1, value=value, against=before, tests=max(int(by[v, r, t]), 0))
            usual = float(np.exp(self._of_peers[v, t]))
            size, few = abs(float(self.beside_peers[v, r, t])), bool(self._few[v, r, t])
            yield found._replace(size=size, usual=usual, few=few)

    def slips(self) -> Iterator[Finding]:
        """Figures that are a power of ten off the other figures of their series."""
        for v, r, t in np.argwhere(self._slipped):
            yield self._finding("slip", v, r, t, value=self.block.values[v, r, t], against=self._others[v, r, t])

    def repeats(self) -> Iterator[Finding]:
        """Figures that are the same as the year before to the last digit, although chance seldom does it."""
        for v, found in self._repeated.items():
            for r, t in np.argwhere(found.flagged):
                before, value = self.block.values[v, r, t : t + 2]
                yield self._finding("same", v, r, t + 1, value=value, against=before)

    def copies(self) -> Iterator[Finding]:
        """Counts and amounts that are the same in two regions, although chance seldom does it."""
        for (v, t), found in self._copied.items():
            column = self.block.values[v, :, t]
            for r in np.flatnonzero(found.flagged):
                other = next(o for o in np.flatnonzero(column == column[r]) if o != r)
                about, _ = self.block.places[other]
                yield self._finding("copied", v, r, t, value=column[r], against=column[r], about=about)

    def zeros(self) -> Iterator[Finding]:
        """Counts and amounts of 0 in series whose other figures are too large for chance to leave none."""
        none = self.block.values == 0
        rare = none.sum(axis=1) * 2 <= np.isfinite(self.block.values).sum(axis=1)  # else it begins with the year
        for v, r, t in np.argwhere(none & rare[:, None, :] & self._is_sum[:, None, None]):
            usual = self._others[v, r, t]
            if np.exp(-usual) <= self.design.flag_chance:  # Poisson's probability of none
                yield self._finding("zero", v, r, t, value=0.0, against=usual)

    def wholes(self) -> Iterator[Finding]:
        """Years in which a variable moves otherwise in all regions at once."""
        for v, code in enumerate(self.block.variables):
            chance = moved_together(self.changed[v], least=self.design.least)
            for t in np.flatnonzero(chance <= self.design.flag_chance / max(len(chance), 1)):
                off = np.abs(self.changed[v][:, t] - row_medians(self.changed[v]))
                if at_least(np.nanmedian(off), np.log1p(self.design.apart) / 2):
                    size = float(np.nanmedian(off))
                    yield Finding("whole", self.block.level, code, "", self.block.years[t + 1], size=size)

    def coarse(self) -> Iterator[Finding]:
        """Years in which all figures of a variable are printed to fewer digits than in another year."""
        for v, code in enumerate(self.block.variables):
            steps = self._steps[v]
            known = np.isfinite(self.block.values[v]).sum(axis=0)
            finest = steps[known > 0].min() if (known > 0).any() else np.nan
            for t in np.flatnonzero((known > 0) & (steps > finest)):
                if (finest / steps[t]) ** known[t] <= COARSE:
                    at = self.block.years[t]
                    yield Finding("coarse", self.block.level, code, "", at, value=steps[t], against=finest)

    def levels(self) -> Iterator[Finding]:
        """Rates and averages that are off their peers' median by a large factor and out of line."""
        means = [v for v, code in enumerate(self.block.variables) if self.variables[code].is_mean]
        values = self.block.values[means].transpose(0, 2, 1)
        rows = values.reshape(-1, values.shape[2]) if means else np.empty((0, len(self.block.places)))
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.where(rows > 0, np.log(rows), np.nan)
        test = Tested(logs, self.design.flag_chance, float(np.log(self.design.level)), self.design.least)
        for row, r in np.argwhere(test.flagged):
            place, t = divmod(int(row), values.shape[1])
            middle = float(np.exp(test.centre.middle[row]))
            yield self._finding("level", means[place], r, t, value=rows[row, r], against=middle)

    @cached_property
    def _is_sum(self) -> np.ndarray:
        return np.array([self.variables[code].is_sum for code in self.block.variables], dtype=bool)

    @cached_property
    def _steps(self) -> np.ndarray:
        """The unit of the last printed digit of each variable and year."""
        each = [[step_of(year) for year in variable.T] for variable in self.block.values]
        return np.array(each, dtype=float).reshape(len(self.block.variables), len(self.block.years))

    @cached_property
    def _others(self) -> np.ndarray:
        """The median of the other figures of each series; blank where there are fewer than two."""
        values = self.block.values
        found = np.full(values.shape, np.nan)
        for t in range(values.shape[2]):
            others = np.delete(values, t, axis=2)
            rows = others.reshape(values.shape[0] * values.shape[1], others.shape[2])
            enough = np.isfinite(rows).sum(axis=1) >= 2
            found[..., t] = np.where(enough, row_medians(rows), np.nan).reshape(values.shape[:2])
        return found

    @cached_property
    def _slipped(self) -> np.ndarray:
        """Whether a figure is a power of ten off its series, whose other figures are near one another.

        One tenth, or ten times, of a few units is what small counts do by themselves.
        """
        values = self.block.values
        powers = power_of_ten(values, self._others, within=self.design.slip)
        few = np.fmin(values, self._others) < FEW * self._steps[:, None, :]
        slipped = (powers != 0) & ~((np.abs(powers) == 1) & few)
        for v, r, t in np.argwhere(slipped):
            others = np.delete(values[v, r], t)
            known = others[np.isfinite(others)]
            slipped[v, r, t] = known.min() > 0 and known.max() <= STABLE * known.min()
        return slipped

    @cached_property
    def _repeated(self) -> dict[int, Repeated]:
        there = range(len(self.block.variables))
        return {v: repeated_in_time(self.block.values[v], self._steps[v], at_most=self.design.same) for v in there}

    @cached_property
    def _copied(self) -> dict[tuple[int, int], Repeated]:
        places = ((v, t) for v in np.flatnonzero(self._is_sum) for t in range(len(self.block.years)))
        return {
            (int(v), t): repeated_among(self._new[v, :, t], self._steps[v, t], at_most=self.design.copied)
            for v, t in places
        }

    @property
    def _new(self) -> np.ndarray:
        """The figures that are not those of the year before: what stays the same is no other coincidence."""
        values = self.block.values
        return np.where(np.diff(values, axis=2, prepend=np.nan) == 0, np.nan, values)

    def _finding(self, kind: Kind, v: int, r: int, t: int, *, value: float, against: float, **more) -> Finding:
        region, unit = self.block.places[r]
        place = (self.block.level, self.block.variables[v], region, self.block.years[t])
        size = abs(float(np.log(value / against))) if value > 0 and against > 0 else 0.0
        return Finding(kind, *place, value=float(value), against=float(against), size=size, unit=unit, **more)
