"""Inequality between units: bare functions on one cross-section, and a table of them over the years of a panel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from evalkit.analysis import inequality_kernels
from evalkit.analysis.alignment import aligned, check_index, level_codes
from evalkit.analysis.inequality_kernels import KERNELS, NEEDS_POSITIVE, Measure
from evalkit.base.errors import MethodError, Problem, one_of, unit_name

Values = Sequence[float] | np.ndarray | pd.Series


def gini(values: Values, weights: Values | None = None) -> float:
    """Give the Gini coefficient: half the mean difference between any two persons, over the mean.

    `weights` are the people of each unit; without them, units count alike. Values of 0 are allowed. For n equal
    units, at most (n − 1)/n: it is not corrected for small n.

    >>> round(gini([1, 2, 3, 4]), 4)
    0.25
    """
    return _measure("gini", values, weights)


def theil(values: Values, weights: Values | None = None) -> float:
    """Give Theil's T, `Σ p (x/μ) ln(x/μ)`, with p the shares of the population; a value of 0 adds nothing.

    Theil (1967); the generalised entropy of order 1.
    """
    return _measure("theil", values, weights)


def mean_log_deviation(values: Values, weights: Values | None = None) -> float:
    """Give Theil's L, `Σ p ln(μ/x)`: the generalised entropy of order 0. Values must be above 0."""
    return _measure("mean_log_deviation", values, weights)


def coefficient_of_variation(values: Values, weights: Values | None = None) -> float:
    """Give the standard deviation over the whole population (n, not n − 1), divided by the mean."""
    return _measure("coefficient_of_variation", values, weights)


def atkinson(values: Values, weights: Values | None = None, *, aversion: float = 0.5) -> float:
    """Give Atkinson's index, `1 − (Σ p (x/μ)^(1−ε))^(1/(1−ε))`, at an aversion to inequality ε above 0.

    The share of the total that could be spared if what is left were shared equally (Atkinson 1970). From ε = 1 on,
    values must be above 0.
    """
    if not 0 < aversion < np.inf:
        raise MethodError("there is no such aversion", [Problem("aversion", f"{aversion:g}", "a number above 0")])
    x, p = _cross_section(values, weights, positive=aversion >= 1)
    return float(inequality_kernels.atkinson(x, p, aversion=aversion)[0])


def max_min_ratio(values: Values) -> float:
    """Give the largest value over the smallest. Values must be above 0."""
    x, _ = _cross_section(values, None, positive=True)
    return float(x.max() / x.min())


def share_ratio(values: Values, weights: Values | None = None, *, top: float = 0.2, bottom: float = 0.2) -> float:
    """Give what the best-off share of the population holds over what the worst-off share holds.

    Shares of people, or of units without weights; a unit at the edge counts in part, as on a Lorenz curve of straight
    lines. `top=0.1, bottom=0.4` is Palma's ratio. Infinite where the worst-off share holds nothing.
    """
    asked = {"top": top, "bottom": bottom}
    wrong = [Problem(name, f"{share:g}", "within 0 and 1") for name, share in asked.items() if not 0 < share < 1]
    if wrong:
        raise MethodError("there is no such share", wrong)
    x, p = _cross_section(values, weights)
    people, held = inequality_kernels.lorenz(x[0], p[0])
    least = np.interp(bottom, people, held)
    most = 1 - np.interp(1 - top, people, held)
    return float(most / least) if least else float("inf")


def inequality(
    values: pd.Series,
    weights: pd.Series | None = None,
    *,
    measures: Iterable[Measure] = ("gini", "theil", "mean_log_deviation", "coefficient_of_variation", "atkinson"),
) -> pd.DataFrame:
    """Give measures of inequality between regions, year by year.

    `values` and `weights` (people) by (region, year). Returns one row a year: the measures, max_min_ratio (blank
    where a value is 0), n, the regions that they rest on, and of, the regions there are. A region with a blank in a
    year is left out of that year, and so counted.

    Raises
    ------
    MethodError
        No such measure; negative values, or values of 0 where a measure takes logarithms; weights that do not match,
        are blank or not above 0; a year with fewer than two regions.
    """
    measures = (measures,) if isinstance(measures, str) else tuple(measures)
    wrong = [Problem("measures", repr(name), one_of(name, KERNELS)) for name in measures if name not in KERNELS]
    if wrong:
        raise MethodError("there is no such measure", wrong)
    check_series(values=values, weights=weights)
    check_index(values.index)
    frame = aligned(values=values, weights=pd.Series(1.0, values.index) if weights is None else weights)
    check_values(frame["values"], frame["weights"], positive=any(name in NEEDS_POSITIVE for name in measures))
    wide = frame["values"].unstack("region")
    x, p = inequality_kernels.shares(wide.to_numpy(), frame["weights"].unstack("region").to_numpy())
    table = pd.DataFrame({name: KERNELS[name](x, p) for name in measures}, index=wide.index)
    low = wide.min(axis=1)
    return table.assign(max_min_ratio=wide.max(axis=1) / low.where(low > 0), n=wide.count(axis=1), of=wide.shape[1])


def check_values(values: pd.Series, weights: pd.Series, *, positive: bool = False) -> None:
    """Raise MethodError with every value that is too low, weight that is none, and sample that is too small."""
    x, w = values.to_numpy(dtype=float), weights.to_numpy(dtype=float)
    known = ~np.isnan(x)
    low, light = known & ((x <= 0) if positive else (x < 0)), known & ~(w > 0)
    least = "a value above 0" if positive else "0 or more"
    wrong = [Problem(unit_name(key), f"{values[key]:g}", least) for key in values.index[low]]
    wrong += [Problem(f"weight of {unit_name(key)}", _figure(weights[key]), "above 0") for key in values.index[light]]
    year, years = level_codes(values.index, "year")
    counts = np.bincount(year, weights=known, minlength=len(years))
    sums = np.bincount(year, weights=np.where(known, x, 0), minlength=len(years))
    wrong += [Problem(f"units{_in(years[y])}", f"{counts[y]:.0f}", "two at least") for y in np.flatnonzero(counts < 2)]
    wrong += [Problem(f"sum{_in(years[y])}", "0", "more than 0") for y in np.flatnonzero((sums == 0) & (counts > 1))]
    if wrong:
        raise MethodError("inequality is not defined on these values", wrong)


def cross_section(values: Values, weights: Values | None, *, positive: bool = False) -> tuple[pd.Series, pd.Series]:
    """Give the values and the weights of one cross-section as Series with the same index, checked; no blank."""
    x = values if isinstance(values, pd.Series) else pd.Series(_one_row("values", values))
    years = level_codes(x.index, "year")[1]
    if len(years) > 1:
        raise MethodError(
            "a cross-section is of one year", [Problem("years", ", ".join(map(str, years)), "one of them")]
        )
    if weights is None:
        w = pd.Series(1.0, x.index)
    elif isinstance(weights, pd.Series) and isinstance(values, pd.Series):
        w = weights
    else:
        given = _one_row("weights", weights)
        if given.shape != x.shape:
            raise MethodError("weights must match", [Problem("weights", f"{given.shape}", f"{x.shape}, as the values")])
        w = pd.Series(given, x.index)
    frame = aligned(values=x, weights=w)
    blank = frame.index[frame["values"].isna()]
    if len(blank):
        raise MethodError("some values are missing", [Problem(unit_name(key), "a blank", "a value") for key in blank])
    check_values(frame["values"], frame["weights"], positive=positive)
    return frame["values"], frame["weights"]


def check_series(**series: object) -> None:
    """Raise MethodError with every argument that is neither left out nor a Series."""
    others = {name: type(s).__name__ for name, s in series.items() if s is not None and not isinstance(s, pd.Series)}
    if others:
        raise MethodError(
            "labels are needed", [Problem(name, f"a {kind}", "a Series") for name, kind in others.items()]
        )


def _one_row(name: str, values: Values) -> np.ndarray:
    try:
        row = np.asarray(values)
    except ValueError:  # numpy's refusal of lists in a list that differ in length
        row = np.empty((0, 0))
    if row.ndim != 1:
        raise MethodError("numbers in one row are needed", [Problem(name, f"a {type(values).__name__}", "a flat list")])
    return row


def _cross_section(values: Values, weights: Values | None, *, positive: bool = False):
    """Give values and shares of the population as arrays of one row."""
    x, w = cross_section(values, weights, positive=positive)
    return inequality_kernels.shares(x.to_numpy()[None], w.to_numpy()[None])


def _measure(name: Measure, values: Values, weights: Values | None) -> float:
    x, p = _cross_section(values, weights, positive=name in NEEDS_POSITIVE)
    return float(KERNELS[name](x, p)[0])


def _in(year: object) -> str:
    return "" if year is None else f" in {year}"


def _figure(weight: float) -> str:
    return "a blank" if np.isnan(weight) else f"{weight:g}"
