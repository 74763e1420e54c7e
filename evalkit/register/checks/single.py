"""Rules on one figure by itself, and on what stands beside it in its row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import numpy as np
import pandas as pd
from pydantic import Field

from evalkit.base.exact import NOISE
from evalkit.base.fields import Codes, OpenBounds
from evalkit.register.checks.check import Check
from evalkit.register.checks.figures import Figures
from evalkit.register.checks.saying import said, shown
from evalkit.register.remarks import Remark

Column = Literal["source", "page", "compiler", "compiled"]


class RangeCheck(Check):
    """A value lies within what its variable allows, or within `bounds`."""

    kind: Literal["range"] = "range"
    bounds: OpenBounds | None = None

    def judge(self, figures: Figures) -> Iterator[Remark]:
        """Remark on values out of bounds."""
        valid = [self.bounds or variable.valid for variable in figures.metadata.variables.values()]
        low, high = np.array([*valid, (None, None)], dtype=float)[figures.variable].T
        outside = (figures.value < low) | (figures.value > high)
        for row in np.flatnonzero(outside & self.valued(figures)):
            bounds = said(_bounds(low[row], high[row]), low=shown(low[row]), high=shown(high[row]))
            yield self.remark(figures, row, value=shown(figures.value[row]), bounds=bounds)


def _bounds(low: float, high: float) -> str:
    return "least" if np.isnan(high) else "most" if np.isnan(low) else "between"


class WholeCheck(Check):
    """What is counted one by one is a whole number."""

    kind: Literal["whole"] = "whole"

    def judge(self, figures: Figures) -> Iterator[Remark]:
        """Remark on counts with a fraction."""
        value = figures.value
        fraction = np.abs(value - np.rint(value)) > NOISE * np.maximum(1.0, np.abs(value))
        for row in np.flatnonzero(self.valued(figures) & figures.is_count & fraction):
            yield self.remark(figures, row, value=shown(value[row]))


class LastCheck(Check):
    """What the form shows as last year's figure is what was accepted."""

    kind: Literal["last"] = "last"

    def judge(self, figures: Figures) -> Iterator[Remark]:
        """Remark on shown figures that differ from the accepted ones; a form that shows none says nothing."""
        if "last" not in figures.answers:
            return
        shows = pd.to_numeric(figures.answers["last"], errors="coerce").to_numpy(dtype=float)
        accepted = figures.accepted.at(figures.keys, figures.year - 1, figures.standing)
        same = np.abs(shows - accepted) <= NOISE * np.maximum(1.0, np.abs(accepted))
        for row in np.flatnonzero(self.concerns(figures) & ~np.isnan(shows) & ~same):
            values = {"shows": shown(shows[row]), "year": figures.year[row] - 1}
            if np.isnan(accepted[row]):
                yield self.remark(figures, row, column="last", way="none", **values)
            else:
                yield self.remark(figures, row, column="last", accepted=shown(accepted[row]), **values)


class RequiresCheck(Check):
    """Beside a value stand its `columns`, and a value of each of the `others` for the same region and year."""

    kind: Literal["requires"] = "requires"
    columns: tuple[Column, ...] = ()
    others: Codes = ()

    @property
    def named(self) -> Iterator[tuple[tuple, Iterable[str]]]:
        """The variables that it names."""
        yield from super().named
        yield ("others",), self.others

    def judge(self, figures: Figures) -> Iterator[Remark]:
        """Remark on values without what they require."""
        valued = self.valued(figures)
        for column in self.columns:
            for row in np.flatnonzero(valued & _blank(figures.answers, column)):
                what = said(f"column_{column}")
                yield self.remark(figures, row, column=column, value=shown(figures.value[row]), what=what)
        for code, variable in zip(self.others, figures.coding.variable(self.others), strict=True):
            there = ~np.isnan(figures.of_same(slice(None), variable))
            for row in np.flatnonzero(valued & ~there):
                other = figures.metadata.variables[code].name
                yield self.remark(figures, row, way="other", value=shown(figures.value[row]), other=other)


def _blank(answers: pd.DataFrame, column: str) -> np.ndarray:
    if column not in answers:
        return np.ones(len(answers), dtype=bool)
    return (answers[column].isna() | (answers[column].astype(str).str.strip() == "")).to_numpy()


class SourcesCheck(Check):
    """A region's own figure and that of a department are the same, but for a `tolerance`, which is a share."""

    kind: Literal["sources"] = "sources"
    tolerance: float = Field(default=0.01, ge=0)

    def judge(self, figures: Figures) -> Iterator[Remark]:
        """Remark on figures of which the other source says something else."""
        other = figures.known.exactly(figures.keys, figures.year, 1 - figures.standing)
        size = np.maximum(np.abs(figures.value), np.abs(other))
        apart = np.abs(figures.value - other) > self.tolerance * size + NOISE * np.maximum(1.0, size)
        for row in np.flatnonzero(self.valued(figures) & apart):
            whose = said("by_region" if figures.standing[row] else "by_department")
            off = figures.value[row] - other[row]
            values = {"value": shown(figures.value[row]), "other": shown(other[row]), "off": shown(abs(off))}
            yield self.remark(figures, row, whose=whose, **values, within=shown(100 * self.tolerance))
