"""Rules on a figure beside its own history, and beside that of its peers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from evalkit.base.fields import Code, Count, Span
from evalkit.data.plausibility import centre, power_of_ten, row_medians
from evalkit.register.checks.check import SIGNS, Check
from evalkit.register.checks.figures import Figures
from evalkit.register.checks.known import UNKNOWN
from evalkit.register.checks.saying import said, shown
from evalkit.register.remarks import Remark

SHARES = (*SIGNS, "系数", "比值")


class SlipCheck(Check):
    """A value is not some power of ten times the median of its history.

    Told as a slip is what is 10, 100, 1,000 or 10,000 times the median, or as many times less, but for a factor
    `within`, and lies by more than the factor `beyond` out of all that the history has. Of counts the larger one has to
    be `least`.
    """

    kind: Literal["slip"] = "slip"
    years: Span = Field(default=1, ge=1)
    within: float = Field(default=2, ge=1, le=3)
    beyond: float = Field(default=3, ge=1)
    least: float = Field(default=20, ge=0)

    def judge(self, figures: Figures) -> Iterator[Remark]:
        """Remark on values that look as if they were in another unit."""
        median, known = row_medians(figures.past), np.isfinite(figures.past).sum(axis=1)
        power = power_of_ten(figures.value, median, within=self.within)
        low, high = np.nanmin(figures.past, axis=1, initial=np.inf), np.nanmax(figures.past, axis=1, initial=-np.inf)
        beyond = (figures.value > high * self.beyond) | (figures.value < low / self.beyond)
        large = ~figures.is_count | (np.maximum(figures.value, median) >= self.least)
        off = self.valued(figures) & (power != 0) & beyond & large & (known >= self.years)
        for row in np.flatnonzero(off):
            rises = power[row] > 0
            ratio = figures.value[row] / median[row] if rises else median[row] / figures.value[row]
            values = {"value": shown(figures.value[row]), "median": shown(median[row]), "ratio": f"{ratio:.1f}"}
            likely = said(_likely(int(power[row]), figures.about(row).unit.zh))
            yield self.remark(figures, row, way="up" if rises else "down", **values, likely=likely, years=known[row])


def _likely(power: int, asked: str) -> str:
    """Say what was taken for what, by the power of ten and the unit that is asked for."""
    if abs(power) == 4:
        return "slip_bare_for_ten_thousand" if power > 0 else "slip_ten_thousand_for_bare"
    if abs(power) == 2 and asked in SHARES:
        return "slip_percent_for_share" if power > 0 else "slip_share_for_percent"
    if abs(power) == 1 and asked in SIGNS:
        return "slip_permille_for_percent" if power > 0 else "slip_percent_for_permille"
    return "slip_thousand" if abs(power) == 3 else "slip_point"


class JumpCheck(Check):
    """The change on the year before is such as the figure's history has.

    Changes are logarithms of ratios. Theirs is a median and a spread (1.4826 times the median deviation, at least
    `spread`); of counts chance adds its own, as of a Poisson variable. What is further than `bound` spreads off the
    median is told, unless the figure is within a `factor` of the one before.
    """

    kind: Literal["jump"] = "jump"
    years: Span = Field(default=3, ge=2)
    bound: float = Field(default=5, gt=0)
    spread: float = Field(default=0.05, gt=0)
    factor: float = Field(default=1.2, ge=1)

    said_by: ClassVar = ("slip",)

    def judge(self, figures: Figures) -> Iterator[Remark]:
        """Remark on changes that the history does not have."""
        change = log_change(figures.last, figures.value, figures.is_count)
        before = log_change(figures.past[:, :-1], figures.past[:, 1:], figures.is_count[:, None])
        usual = centre(before)
        noise = by_chance(figures.value, figures.is_count) + by_chance(figures.last, figures.is_count)
        spread = np.sqrt(np.maximum(usual.spread, self.spread) ** 2 + noise)
        far = np.abs(change - usual.middle) > self.bound * spread
        large = np.abs(change) > np.log(self.factor)
        for row in np.flatnonzero(self.valued(figures) & far & large & (usual.n >= self.years)):
            low, high = (percent(usual.middle[row] + side * self.bound * spread[row]) for side in (-1, 1))
            values = {"value": shown(figures.value[row]), "last": shown(figures.last[row])}
            yield self.remark(figures, row, change=percent(change[row]), low=low, high=high, **values)


class PeersCheck(Check):
    """The change on the year before, or the level, is such as regions of the same level have it in the same year.

    A level is held beside the others per head of the variable `per`, where one is named. Further than `bound` spreads
    off the median of `peers` or more is told; a spread is at least `spread`.
    """

    kind: Literal["peers"] = "peers"
    of: Literal["change", "level"] = "change"
    per: Code | None = None
    peers: Count = Field(default=8, ge=3)
    bound: float = Field(default=5, gt=0)
    spread: float = Field(default=0.1, gt=0)

    said_by: ClassVar = ("slip", "jump")

    @property
    def named(self) -> Iterator[tuple[tuple, Iterable[str]]]:
        """The variables that it names."""
        yield from super().named
        yield ("per",), (self.per,) if self.per else ()

    def judge(self, figures: Figures) -> Iterator[Remark]:
        """Remark on figures that are far off those of the others."""
        rows = np.flatnonzero(self.valued(figures) & figures.is_region & (figures.region != UNKNOWN))
        if not len(rows):
            return
        level = np.unique(figures.regions.level.astype(str), return_inverse=True)[1]
        asked = np.c_[figures.variable, figures.year, figures.standing, level[figures.region]][rows]
        groups, group = np.unique(asked, axis=0, return_inverse=True)
        sizes, noise = self._sizes(figures, groups)
        usual = centre(np.where(level == groups[:, [3]], sizes, np.nan))
        at = group.ravel(), figures.region[rows]
        spread = np.sqrt(np.maximum(usual.spread, self.spread)[at[0]] ** 2 + noise[at])
        off = (sizes[at] - usual.middle[at[0]]) / spread
        for place in np.flatnonzero((np.abs(off) > self.bound) & (usual.n[at[0]] >= self.peers + 1)):
            yield self._said(figures, rows[place], sizes[at][place], usual.middle[at[0][place]], usual.n[at[0][place]])

    def _sizes(self, figures: Figures, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Give what is compared (a logarithm) and its variance by chance, groups × regions."""
        variable, year, standing, _ = groups.T[:, :, None]
        regions = np.arange(len(figures.regions))[None, :]
        key = figures.coding.key(variable, regions)
        value = figures.known.at(key, year, standing)
        variables = figures.metadata.variables.values()
        counts = np.array([one.kind == "count" and one.scale == 1 for one in variables])[groups[:, 0]][:, None]
        if self.of == "change":
            base = figures.known.at(key, year - 1, standing)
            sizes = log_change(base, value, counts)
            noise = by_chance(value, counts) + by_chance(base, counts)
        else:
            per = figures.coding.variable([self.per or ""])
            base = figures.known.at(figures.coding.key(per[:, None], regions), year, standing) if self.per else 1.0
            sizes, noise = _log(value) - _log(base), by_chance(value, counts)
        return sizes, np.nan_to_num(noise)

    def _said(self, figures: Figures, row: int, size: float, middle: float, n: int) -> Remark:
        values = {"value": shown(figures.value[row]), "n": int(n) - 1}
        if self.of == "change":
            last = shown(figures.last[row])
            return self.remark(figures, row, last=last, change=percent(size), usual=percent(middle), **values)
        way = "level" if self.per is None else "per"
        level, usual = (shown(float(f"{np.exp(one):.4g}")) for one in (size, middle))
        per = figures.metadata.variables[self.per].name if self.per else ""
        return self.remark(figures, row, way=way, level=level, usual=usual, per=per, **values)


class ConstantCheck(Check):
    """A figure with so many `digits` is not last year's to the last digit, unless it stood still before.

    The zeros at its end are no digits. So many of its earlier changes (`years`) have to be known.
    """

    kind: Literal["constant"] = "constant"
    digits: Count = Field(default=3, ge=1)
    years: Span = Field(default=2, ge=1)

    def judge(self, figures: Figures) -> Iterator[Remark]:
        """Remark on figures that may have been copied."""
        changes = np.diff(figures.past, axis=1)
        moved = (np.isfinite(changes).sum(axis=1) >= self.years) & ~(changes == 0).any(axis=1)
        for row in np.flatnonzero(self.valued(figures) & (figures.value == figures.last) & moved):
            if _digits(figures.value[row]) >= self.digits:
                yield self.remark(figures, row, value=shown(figures.value[row]), year=figures.year[row] - 1)


def _digits(value: float) -> int:
    return len(shown(abs(value)).replace(".", "").strip("0"))


def log_change(before: np.ndarray, after: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Give the logarithm of a ratio, of counts with one more on either side; blank where one is not above 0."""
    more = np.where(count, 1.0, 0.0)
    return _log(after + more) - _log(before + more)


def by_chance(value: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Give the variance by chance of the logarithm of a count with one more: a Poisson variable's; of others 0.

    >>> by_chance(np.array([3.0, 3.0]), np.array([True, False])).tolist()
    [0.25, 0.0]
    """
    return np.where(count, 1 / np.maximum(value + 1, 1), 0.0)


def _log(x: np.ndarray) -> np.ndarray:
    return np.log(np.where(x > 0, x, np.nan))


def percent(log: float) -> str:
    """Give a logarithm of a ratio as a change in percent, with its sign."""
    return f"{100 * np.expm1(log):+.1f}%".replace("-", "−")
