"""Scales: what all normalisations share, as operations on arrays of shape (rows, indicators)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd
from pydantic import field_validator

from evalkit.base.errors import MethodError, Problem, unit_name
from evalkit.base.exact import NOISE
from evalkit.base.fields import Bounds
from evalkit.base.model import DeclaredModel
from evalkit.index import IndexSystem


def rescale(x, worst, best):
    """Place `x` between its worst (0) and best (1) value, whichever of the two is larger; not capped.

    >>> float(rescale(12.0, worst=20.0, best=10.0))
    0.8
    """
    return (x - worst) / (best - worst) + 0.0  # where less is better, the worst value would score -0.0


class Scale(DeclaredModel):
    """A scale that runs over `range`, in points: the low end is what counts as bad."""

    range: Bounds = (0, 100)

    @field_validator("range")
    @classmethod
    def _rises(cls, ends: tuple[float, float]) -> tuple[float, float]:
        if ends[0] >= ends[1]:
            raise ValueError(f"a range from low to high, not {list(ends)}")
        return ends

    @property
    def bounds(self) -> tuple[float, float]:
        """The points within which `Method.cap` holds a score."""
        return self.range

    @property
    def span(self) -> float:
        """How wide the scale is, in points."""
        return self.range[1] - self.range[0]

    def _points(self, shares: np.ndarray, values: pd.DataFrame, system: IndexSystem) -> pd.DataFrame:
        low, high = self.range
        return framed(low + (high - low) * shares, values, system)


def framed(scores: np.ndarray, values: pd.DataFrame, system: IndexSystem) -> pd.DataFrame:
    """Put scores into a frame with the rows of `values` and one column a scored indicator."""
    return pd.DataFrame(scores, index=values.index, columns=[i.code for i in system.scored])


def finite(values: pd.DataFrame, system: IndexSystem) -> np.ndarray:
    """Give the scored indicators' values. Raises MethodError that names every infinite cell."""
    x = values[[i.code for i in system.scored]].to_numpy(dtype=float)
    if np.isinf(x).any():
        refuse("a score needs finite values", cells(np.isinf(x), x, values, system), "a finite value, or a blank")
    return x


def transformed(values: pd.DataFrame, system: IndexSystem) -> np.ndarray:
    """Give the values as they are scored: logarithms where the indicator says so.

    Raises MethodError that names every value that is infinite or has no logarithm.
    """
    x = finite(values, system)
    logs = np.array([i.transform == "log" for i in system.scored], dtype=bool)
    low = logs & (x <= 0)
    if low.any():
        refuse("a logarithm needs values above 0", cells(low, x, values, system), "above 0")
    return np.log(x, out=x.copy(), where=logs)


def upward(values: pd.DataFrame, system: IndexSystem) -> np.ndarray:
    """Give the values as they are scored, with the sign under which more is better."""
    return transformed(values, system) * np.where(ascending(system), 1.0, -1.0)


def goalpost_shares(values: pd.DataFrame, system: IndexSystem, *, beside: Collection[str] = ()) -> np.ndarray:
    """Place every value between its indicator's worst (0) and best (1) goalpost; blank `beside` without goalposts.

    Raises MethodError that names every other indicator without them.
    """
    bare = [(i.code, "no goalposts") for i in system.scored if i.goalposts is None and i.code not in beside]
    refuse("the scale needs goalposts", bare, "goalposts, or a scale with ends from the data, as min_max has")
    ends = [[i.goalposts.worst, i.goalposts.best] if i.goalposts else [np.nan] * 2 for i in system.scored]
    worst, best = transformed(pd.DataFrame(ends, index=[i.code for i in system.scored]).T, system)
    return rescale(transformed(values, system), worst, best)


def varies(x: np.ndarray) -> np.ndarray:
    """Tell of each column whether its values differ by more than float noise; blanks aside, and none of a blank column.

    >>> varies(np.array([[0.1 + 0.2, 0.1], [0.3, 0.3]])).tolist()
    [False, True]
    """
    known = ~np.isnan(x)
    high, low = (side(x, axis=0, where=known, initial=end) for side, end in ((np.max, -np.inf), (np.min, np.inf)))
    return known.any(axis=0) & (high - low > NOISE * np.maximum(np.abs(high), np.abs(low)))


def comparable(scores: pd.DataFrame, what: str) -> pd.DataFrame:
    """Give the rows without a blank. Raises MethodError with every column that is infinite or does not vary."""
    rows = scores.dropna().astype(float)
    infinite = np.isinf(rows).any()
    flat = ~infinite if len(rows) < 2 else ~infinite & ~varies(rows.to_numpy())
    wrong = [Problem(str(code), "an infinite score", "a finite score, or a blank") for code in rows.columns[infinite]]
    wrong += [
        Problem(str(code), "one value only", "rows that differ, or the column left out") for code in rows.columns[flat]
    ]
    if wrong:
        raise MethodError(f"{what} needs columns that vary", wrong)
    return rows


def without_noise(x: np.ndarray) -> np.ndarray:
    """Round to 12 significant digits, so that equal decimals are equal.

    >>> without_noise(np.array([0.1 + 0.2, 0.3])).tolist()
    [0.3, 0.3]
    """
    size = np.abs(x, out=np.ones_like(x), where=np.isfinite(x) & (x != 0))
    unit = 10.0 ** (11 - np.floor(np.log10(size)))
    return np.round(x * unit) / unit


def ascending(system: IndexSystem) -> np.ndarray:
    """Say of each scored indicator whether more is better."""
    return np.array([i.higher_is_better for i in system.scored], dtype=bool)


def samples(index: pd.MultiIndex, over: str) -> Iterator[tuple[str, np.ndarray]]:
    """Give the rows that are held against each other, with a name: the panel (no name), or each year."""
    if over == "panel":
        yield "", np.arange(len(index))
    else:
        years = index.get_level_values("year")
        yield from ((f"{year}", np.flatnonzero(years == year)) for year in years.unique())


def cells(which: np.ndarray, x: np.ndarray, values: pd.DataFrame, system: IndexSystem) -> list[tuple[str, str]]:
    """Name the cells of a mask, and what they hold."""
    found = [(system.scored[c].code, values.index[r], x[r, c]) for c, r in np.argwhere(which.T)]
    return [(f"{code} of {unit_name(row)}", f"{value:g}") for code, row, value in found]


def refuse(title: str, found: list[tuple[str, str]], expected: str) -> None:
    """Raise MethodError that names every offender, where there is one."""
    if found:
        raise MethodError(title, [Problem(where, what, expected) for where, what in found])
