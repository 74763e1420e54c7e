"""Convergence: whether regions grow alike (sigma), and whether those behind grow faster (beta).

Only for values without a ceiling: a capped score converges by its cap alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalkit.base.errors import MethodError, Problem, one_of

KEYS = ["region", "year"]
FEWEST = 5
LEVEL = 0.9
Span = tuple[float, float]


@dataclass(frozen=True)
class SigmaChange:
    """The dispersion of logarithms in two years.

    Attributes
    ----------
    first, last : standard deviation of logarithms in the first and the last year.
    ratio : last over first; below 1 the regions came closer.
    interval : of the ratio, at `level`.
    p : of equal dispersion in both years (Pitman & Morgan); blank where the regions kept their places exactly.
    n, years, level : number of regions, the two years, level of the interval.
    """

    first: float
    last: float
    ratio: float
    interval: Span
    p: float
    n: int
    years: tuple[int, int]
    level: float


@dataclass(frozen=True)
class Beta:
    """Absolute beta convergence: growth a year against the first year's logarithm, over regions.

    Attributes
    ----------
    slope : change of yearly growth for one more unit of ln y; below 0 those behind grew faster.
    interval, p : of the slope, by Student's t with n − 2 degrees of freedom.
    r2 : share of the variance of growth that the first year explains.
    n, years, level : number of regions, first and last year, level of the intervals.
    """

    slope: float
    interval: Span
    p: float
    r2: float
    n: int
    years: tuple[int, int]
    level: float

    @property
    def speed(self) -> float:
        """Share of the gap closed a year, `−ln(1 + bT)/T`; infinite where regions overtook (1 + bT ≤ 0)."""
        return self._speed(self.slope)

    @property
    def speed_interval(self) -> Span:
        """The interval of the slope, as speeds: below 0 the gap widens."""
        low, high = self.interval
        return self._speed(high), self._speed(low)

    @property
    def half_life(self) -> float:
        """Years in which half the gap closes, `ln 2 / speed`: infinite where it does not, 0 at infinite speed."""
        return _half_life(self.speed)

    @property
    def half_life_interval(self) -> Span:
        """The interval of the speed, as half-lives; without an upper end where the speed may be 0 or below."""
        low, high = self.speed_interval
        return _half_life(high), _half_life(low)

    def _speed(self, slope: float) -> float:
        length = self.years[1] - self.years[0]
        left = 1 + slope * length
        return float(-np.log(left) / length) if left > 0 else float("inf")


def sigma(values: pd.Series) -> pd.DataFrame:
    """Give the dispersion over regions, one row a year: `sd_log`, `cv` (coefficient of variation), `n`.

    `values` has the index (region, year) and one value above 0 for every region and year, never a capped score.
    Regions count alike, and both measures divide by n, so that twice the same regions are as unequal as once.

    Raises
    ------
    MethodError
        A value is missing, repeated, infinite, zero or below, or there are fewer than 5 regions or 2 years.
    """
    wide = _wide(values)
    cv = wide.std(ddof=0) / wide.mean()
    return pd.DataFrame({"sd_log": np.log(wide).std(ddof=0), "cv": cv, "n": wide.count()})


def sigma_change(values: pd.Series, *, years: tuple[int, int] | None = None, level: float = LEVEL) -> SigmaChange:
    """Compare the dispersion of logarithms in the first and the last year (or two given ones), by the same regions.

    The interval is exact for logarithms that are jointly normal: Morgan (1939), Pitman (1939).
    Raises MethodError as `sigma`, and where the regions are all equal in one of the years.
    """
    logs, years = _ends(values, years)
    _check_differ(logs)
    first, last = logs.std(ddof=0)
    unshared = max(0.0, 1 - logs.corr().iloc[0, 1] ** 2)
    return SigmaChange(
        first=float(first),
        last=float(last),
        ratio=float(last / first),
        interval=_ratio_interval(last / first, unshared, level, len(logs)),
        p=_equal_spread((last / first) ** 2, unshared, len(logs)),
        n=len(logs),
        years=years,
        level=level,
    )


def beta(values: pd.Series, *, years: tuple[int, int] | None = None, level: float = LEVEL) -> Beta:
    """Regress yearly growth `ln(y_T/y_0)/T` on `ln y_0` over regions: Barro & Sala-i-Martin (1992).

    From the first to the last year, or between two given ones; values as in `sigma`. A slope below 0 does not show
    that the regions come closer: chance in the first year's values alone gives one (Galton's fallacy: Quah, 1993).
    Raises MethodError as `sigma`, and where the regions are all equal in the first year.
    """
    from statsmodels.regression.linear_model import OLS  # a quarter less to import than all of statsmodels.api

    logs, years = _ends(values, years)
    _check_differ(logs.iloc[:, :1])
    start, end = (logs[year].to_numpy() for year in years)
    fit = OLS((end - start) / (years[1] - years[0]), np.column_stack([np.ones(len(start)), start])).fit()
    low, high = fit.conf_int(alpha=1 - level)[1]
    return Beta(
        slope=float(fit.params[1]),
        interval=(float(low), float(high)),
        p=float(fit.pvalues[1]),
        r2=float(fit.rsquared),
        n=len(logs),
        years=years,
        level=level,
    )


def _half_life(speed: float) -> float:
    return float(np.log(2) / speed) if speed > 0 else float("inf")


def _ratio_interval(ratio: float, unshared: float, level: float, n: int) -> Span:
    from scipy.stats import t

    middle = 1 + 2 * unshared * t.ppf((1 + level) / 2, n - 2) ** 2 / (n - 2)
    reach = np.sqrt(middle + np.sqrt(middle**2 - 1))
    return float(ratio / reach), float(ratio * reach)


def _equal_spread(f: float, unshared: float, n: int) -> float:
    """Pitman's t for the ratio `f` of two variances, `unshared` being 1 − r² of the pairs."""
    from scipy.stats import t

    if unshared < 1e-12:
        return float("nan")
    return float(2 * t.sf(abs(f - 1) * np.sqrt(n - 2) / (2 * np.sqrt(f * unshared)), n - 2))


def _ends(values: pd.Series, years: tuple[int, int] | None) -> tuple[pd.DataFrame, tuple[int, int]]:
    wide = _wide(values)
    first, last = years or (int(wide.columns[0]), int(wide.columns[-1]))
    wrong = [Problem("years", f"{y}", one_of(y, wide.columns)) for y in (first, last) if y not in wide.columns]
    if not wrong and first >= last:
        wrong = [Problem("years", f"{first} to {last}", "an earlier and a later year")]
    if wrong:
        raise MethodError("convergence runs between two years of the data", wrong)
    return np.log(wide[[first, last]]), (first, last)


def _wide(values: pd.Series) -> pd.DataFrame:
    """One row a region, one column a year, every cell above 0; refused otherwise."""
    if list(values.index.names) != KEYS:
        raise MethodError("convergence needs a panel", [Problem("index", f"{list(values.index.names)}", f"{KEYS}")])
    repeated = values.index[values.index.duplicated()].unique()
    wrong = [Problem(f"{region} in {year}", "more than one value", "one") for region, year in repeated]
    wide = values.drop(repeated).unstack("year").sort_index(axis=1).astype(float)
    cells = wide.stack(future_stack=True)
    wrong += [
        Problem(f"{region} in {year}", "no value" if np.isnan(x) else f"{x:g}", "a finite value above 0")
        for (region, year), x in cells[~((cells > 0) & (cells < np.inf))].items()
    ]
    if not wrong and len(wide) < FEWEST:
        wrong.append(Problem("regions", f"{len(wide)}", f"{FEWEST} at least"))
    if not wrong and wide.shape[1] < 2:
        wrong.append(Problem("years", f"{wide.shape[1]}", "2 at least"))
    if wrong:
        raise MethodError("convergence needs every region in every year", wrong)
    return wide


def _check_differ(logs: pd.DataFrame) -> None:
    wrong = [
        Problem(f"all regions in {year}", f"{np.exp(column.iloc[0]):g}", "values that differ")
        for year, column in logs.items()
        if np.ptp(column) == 0
    ]
    if wrong:
        raise MethodError("there is no gap that could close", wrong)
