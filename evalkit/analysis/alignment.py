"""Series that must speak of the same units, side by side."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from evalkit.base.errors import MethodError, Problem, unit_name
from evalkit.scoring.scales import refuse


def aligned(**series: pd.Series) -> pd.DataFrame:
    """Put series about the same units side by side: one float column each, rows as in the first.

    A blank stays blank. Raises MethodError with every unit that one of them lacks, names twice, or knows alone, and
    every value that is no finite number.
    """
    name, first = next(iter(series.items()))
    same = first.index.is_unique and all(first.index.equals(s.index) for s in series.values())
    wrong = [] if same else _differences(series, name, first)
    if wrong:
        raise MethodError("the series are not about the same units", wrong)
    numbers = {n: pd.to_numeric(s, errors="coerce") for n, s in series.items()}
    numbers = numbers if same else {n: s.reindex(first.index) for n, s in numbers.items()}
    odd = [
        (f"{n} of {unit_name(key)}", str(series[n][key]))
        for n, s in numbers.items()
        if not np.isfinite(s).all()
        for key in s.index[_no_number(s, series[n])]
    ]
    refuse("the series hold what is no finite number", odd, "a finite number or a blank")
    return pd.DataFrame(numbers, dtype=float)


def level_codes(index: pd.Index, name: str) -> tuple[np.ndarray, pd.Index]:
    """Give the labels of a level that rows use, and for each row the place of its own.

    An index without such a level stands for rows of one year, or for one row a region.
    """
    if name not in index.names:
        one_year = np.zeros(len(index), dtype=int), pd.Index([None], name=name)
        return one_year if name == "year" else (np.arange(len(index)), index)
    if not isinstance(index, pd.MultiIndex):
        return np.arange(len(index)), index
    level = index.names.index(name)
    codes, labels = index.codes[level], index.levels[level]
    used = np.bincount(codes, minlength=len(labels)) > 0
    return (used.cumsum() - 1).take(codes), labels[used]


def check_positive(frame: pd.DataFrame, columns: Iterable[str], *, blank: bool = True) -> None:
    """Raise MethodError with every unit whose value in `columns` is 0 or less, or blank where `blank` may not be."""
    low = [
        (f"{name} of {unit_name(key)}", "a blank" if np.isnan(x) else f"{x:g}")
        for name in columns
        for key, x in frame[name].items()
        if x <= 0 or (np.isnan(x) and not blank)
    ]
    refuse("some values are not above 0", low, "more than 0")


def check_index(index: pd.Index) -> None:
    """Raise MethodError unless the rows are regions in years."""
    names = list(index.names)
    if names != ["region", "year"]:
        raise MethodError("the series is not by region and year", [Problem("index", str(names), "region, year")])


def _differences(series: dict[str, pd.Series], name: str, first: pd.Series) -> list[Problem]:
    """Name every unit that a series names twice, lacks, or knows alone."""
    wrong = [
        Problem(n, f"{unit_name(key)} twice", "each unit once") for n, s in series.items() for key in _twice(s.index)
    ]
    wrong += [
        Problem(n, f"no {unit_name(key)}", f"the units of {name}")
        for n, s in series.items()
        for key in first.index.difference(s.index, sort=False)
    ]
    wrong += [
        Problem(n, unit_name(key), f"the units of {name}")
        for n, s in series.items()
        for key in s.index.difference(first.index, sort=False)
    ]
    return wrong


def _twice(index: pd.Index) -> list:
    return index[index.duplicated()].unique().tolist()


def _no_number(numbers: pd.Series, given: pd.Series) -> pd.Series:
    return np.isinf(numbers) | (numbers.isna() & given.reindex(numbers.index).notna())
