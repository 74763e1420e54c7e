"""Rules on figures of one region that belong together: parts and totals, terms of a ratio, units and their count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from evalkit.base.exact import NOISE, above, below
from evalkit.base.fields import Code, Codes, Count
from evalkit.base.model import DeclaredModel
from evalkit.base.text import Text
from evalkit.data.units import LEFT_OUT
from evalkit.index import Indicator
from evalkit.register.checks.check import Check, unit
from evalkit.register.checks.figures import Figures
from evalkit.register.checks.known import units_of
from evalkit.register.checks.saying import shown
from evalkit.register.remarks import Remark


class Sum(DeclaredModel):
    """A total that is the sum of its parts."""

    total: Code
    parts: Codes = Field(min_length=1)


class PartsCheck(Check):
    """A part is at most its total (`at_most`: part → total), and parts add up (`sums`).

    The `tolerance` is a share of the total.
    """

    kind: Literal["parts"] = "parts"
    at_most: dict[Code, Code] = {}
    sums: tuple[Sum, ...] = ()
    tolerance: float = Field(default=0.0, ge=0)

    @property
    def named(self) -> Iterator[tuple[tuple, Iterable[str]]]:
        """The variables that it names."""
        yield from super().named
        for part, total in self.at_most.items():
            yield ("at_most", part), (part, total)
        for one in self.sums:
            yield ("sums", one.total), (one.total, *one.parts)

    def judge(self, figures: Figures) -> Iterator[Remark]:
        """Remark on parts above their total, and on sums that do not come out."""
        concerns = self.concerns(figures)
        for part, total in self.at_most.items():
            rows, (value, whole) = belonging(figures, (part, total), concerns)
            for place in np.flatnonzero(value > whole + self._slack(whole)):
                values = {"value": shown(value[place]), "whole": shown(whole[place])}
                values |= {"part": _name(figures, part), "total": _name(figures, total)}
                yield self.remark(figures, rows[place], way="most", **values)
        for one in self.sums:
            rows, (whole, *each) = belonging(figures, (one.total, *one.parts), concerns)
            added = np.sum(each, axis=0)
            for place in np.flatnonzero(np.abs(added - whole) > self._slack(whole)):
                values = {"whole": shown(whole[place]), "added": shown(added[place])}
                values |= {"total": _name(figures, one.total), "parts": _names(figures, one.parts)}
                yield self.remark(figures, rows[place], way="sum", **values)

    def _slack(self, whole: np.ndarray) -> np.ndarray:
        return self.tolerance * np.abs(whole) + NOISE * np.maximum(1.0, np.abs(whole))


class RatioCheck(Check):
    """An indicator that is a ratio of two terms lies in the range that the index system has for it.

    Confined to some variables, it is about the indicators that have one of them as a term.
    """

    kind: Literal["ratio"] = "ratio"

    said_by: ClassVar = ("parts", "slip")

    def judge(self, figures: Figures) -> Iterator[Remark]:
        """Remark on terms whose ratio is out of range."""
        concerns = self.concerns(figures)
        for indicator in figures.system.indicators if figures.system else ():
            if indicator.numerator and indicator.valid:
                yield from self._of(figures, indicator, concerns)

    def _of(self, figures: Figures, indicator: Indicator, concerns: np.ndarray) -> Iterator[Remark]:
        terms = (indicator.numerator, indicator.denominator)
        rows, (over, under) = belonging(figures, terms, concerns)
        scales = [figures.metadata.variables[term].scale for term in terms]
        ratio = indicator.per * over * scales[0] / np.where(under == 0, np.nan, under * scales[1])
        low, high = indicator.valid
        for place in np.flatnonzero(above(ratio, high) | below(ratio, low)):
            values = {"indicator": indicator.name, "of": unit(indicator.unit)}
            values |= {"ratio": shown(float(f"{ratio[place]:.5g}")), "low": shown(low), "high": shown(high)}
            values |= {"numerator": _name(figures, terms[0]), "denominator": _name(figures, terms[1])}
            yield self.remark(figures, rows[place], value=shown(over[place]), under=shown(under[place]), **values)


class UnitsCheck(Check):
    """There are as many units in the register of a region as it counts (`counts`: variable of the units → count).

    A unit that is not applicable or not due is not counted. The `tolerance` is a number of units.
    """

    kind: Literal["units"] = "units"
    counts: dict[Code, Code] = Field(min_length=1)
    tolerance: Count = Field(default=0, ge=0)

    @property
    def named(self) -> Iterator[tuple[tuple, Iterable[str]]]:
        """The variables that it names."""
        yield from super().named
        for units, count in self.counts.items():
            yield ("counts", units), (units, count)

    def judge(self, figures: Figures) -> Iterator[Remark]:
        """Remark on counts that are not the number of units."""
        concerns = self.concerns(figures)
        for variable, count in self.counts.items():
            numbers = _units(figures, variable)
            rows = _one_each(figures, figures.coding.variable([count, variable]), concerns)
            counted = figures.of_same(rows, figures.coding.variable([count])[0])
            for row, of in zip(rows.tolist(), counted.tolist(), strict=True):
                there = numbers.get((figures.answers.region.iloc[row], figures.year[row]), 0)
                if there and abs(there - of) > self.tolerance:
                    values = {"there": there, "of": shown(of), "count": _name(figures, count)}
                    yield self.remark(figures, row, register=_name(figures, variable), **values)


def _units(figures: Figures, variable: str) -> dict[tuple[str, int], int]:
    """Count the units of each region and year: those handed in now, or else those that were accepted."""
    frames = [frame[frame.variable == variable] for frame in (figures.history_of_years, figures.answers) if len(frame)]
    found: dict[tuple[str, int], int] = {}
    for frame in frames:
        there = frame[(units_of(frame) != "") & ~frame.state.isin(LEFT_OUT)]
        found |= dict.fromkeys(zip(frame.region, frame.year, strict=True), 0)
        found |= there.groupby(["region", "year"]).unit.nunique().to_dict()
    return found


def belonging(figures: Figures, codes: Codes, concerns: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    """Give values of several variables of the same region and year, and the answers at which they are remarked on.

    An answer stands for each region, year and standing of which one of the variables was handed in: the first's, or
    else the next one's.
    """
    numbers = figures.coding.variable(codes)
    rows = _one_each(figures, numbers, concerns & figures.is_region)
    return rows, [figures.of_same(rows, number) for number in numbers]


def _one_each(figures: Figures, numbers: np.ndarray, concerns: np.ndarray) -> np.ndarray:
    """Give one answer a region, year and standing: of the first of some variables that has one."""
    rows = np.concatenate([np.flatnonzero(concerns & (figures.variable == number)) for number in numbers])
    return rows[np.sort(np.unique(figures.spot[rows], return_index=True)[1])]


def _name(figures: Figures, code: str) -> Text:
    return figures.metadata.variables[code].name


def _names(figures: Figures, codes: Codes) -> Text:
    names = [_name(figures, code) for code in codes]
    return Text(zh="＋".join(name.zh for name in names), en=" + ".join(name.en for name in names))
