"""Outlier treatment: single extreme values drawn in, or a whole column on a logarithm, and every point reported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import numpy as np
import pandas as pd
from pydantic import Discriminator, Field

from evalkit.base.errors import MethodError, Problem
from evalkit.base.exact import above
from evalkit.base.fields import Count
from evalkit.base.model import DeclaredModel
from evalkit.index import IndexSystem, Indicator
from evalkit.scoring.coherence import check_finite, kurtosis, skewness

REPORT = ["indicator", "region", "year", "before", "after", "reason"]


class Trigger(DeclaredModel):
    """When a column has outliers: an absolute skewness above `skewness`, and a kurtosis above `kurtosis`.

    Both are bias-corrected: G1, and G2, which is 0 for a normal distribution.
    """

    skewness: float = Field(default=2, ge=0)
    kurtosis: float = 3.5

    def met(self, x) -> bool:
        """Say whether values have outliers; never where there are fewer than 4, or all are equal."""
        return bool(above(abs(skewness(x)), self.skewness) and above(kurtosis(x), self.kurtosis))


class NoTreatment(DeclaredModel):
    """Values as they are."""

    kind: Literal["none"] = "none"

    def __call__(self, values: pd.DataFrame, system: IndexSystem) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Give the values, and a report without a row."""
        return values, _result(values, [], Trigger())[1]


class Winsorise(DeclaredModel):
    """The extreme value takes the next one's place, on the side of the skew, until the trigger is no longer met.

    The trigger is checked after each step. Equal values move together, and at most `max_points` values of a column
    move: where the trigger is still met then, the report says so. `over` is what counts as a column: the whole
    panel, or each year by itself.
    """

    kind: Literal["winsorise"] = "winsorise"
    trigger: Trigger = Trigger()
    max_points: Count = Field(default=5, ge=1)
    over: Literal["panel", "year"] = "panel"

    def __call__(self, values: pd.DataFrame, system: IndexSystem) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Give treated values of the scored indicators in their units, and the report: one row a changed value.

        Raises MethodError where more than `max_points` equal values are the outlier.
        """
        parts = [values] if self.over == "panel" else [part for _, part in values.groupby(level="year")]
        columns = [column for part in parts for column in _with_outliers(part, system, self.trigger)]
        treated = [(indicator, x, self._draw_in(indicator, x)) for indicator, x in columns]
        stuck = [
            Problem(_name(indicator, x), f"more than {self.max_points} equal outliers", "a larger `max_points`")
            for indicator, x, y in treated
            if y.equals(x)
        ]
        if stuck:
            raise MethodError("outliers cannot be winsorised", stuck)
        return _result(values, treated, self.trigger)

    def _draw_in(self, indicator: Indicator, x: pd.Series) -> pd.Series:
        known = x.dropna()
        before = treated = known.to_numpy()
        while self.trigger.met(_as_scored(indicator, treated)):
            high = skewness(_as_scored(indicator, treated)) > 0
            at_end = treated == (treated.max() if high else treated.min())
            rest = treated[~at_end]
            moved = np.where(at_end, rest.max() if high else rest.min(), treated)
            if (moved != before).sum() > self.max_points:
                break
            treated = moved
        return pd.Series(treated, index=known.index).reindex(x.index)


class LogTransform(DeclaredModel):
    """A logarithm of each column with outliers: for scales that take their ends from the panel itself.

    `ln(x - min + a)` where the column is skewed to the right, `-ln(max - x + a)` where it is skewed to the left, with
    `a = (max - min) / 100`. The result is no longer in the indicator's unit, so goalposts do not fit it.
    """

    kind: Literal["log"] = "log"
    trigger: Trigger = Trigger()

    def __call__(self, values: pd.DataFrame, system: IndexSystem) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Give treated values of the scored indicators, and the report: one row a changed value.

        Raises MethodError where an indicator is scored on its logarithm already.
        """
        columns = list(_with_outliers(values, system, self.trigger))
        twice = [
            Problem(indicator.code, "`transform: log`", "no transform, or another treatment")
            for indicator, x in columns
            if indicator.transform == "log"
        ]
        if twice:
            raise MethodError("a logarithm cannot be taken twice", twice)
        return _result(values, [(indicator, x, _logarithm(x)) for indicator, x in columns], self.trigger)


Treatment = Annotated[NoTreatment | Winsorise | LogTransform, Discriminator("kind")]


def _with_outliers(
    values: pd.DataFrame, system: IndexSystem, trigger: Trigger
) -> Iterator[tuple[Indicator, pd.Series]]:
    check_finite(values)
    for indicator in system.scored:
        if trigger.met(_as_scored(indicator, values[indicator.code])):
            yield indicator, values[indicator.code]


def _name(indicator: Indicator, x: pd.Series) -> str:
    return f"{indicator.code} in {', '.join(map(str, x.index.unique('year')))}"


def _as_scored(indicator: Indicator, x) -> np.ndarray:
    """Give the values on the scale on which they are scored; the normalisation refuses what has no logarithm."""
    return np.log(np.where(x > 0, x, np.nan)) if indicator.transform == "log" else np.asarray(x)


def _logarithm(x: pd.Series) -> pd.Series:
    low, high = x.min(), x.max()
    shift = (high - low) / 100
    return np.log(x - low + shift) if skewness(x) > 0 else -np.log(high - x + shift)


def _changed(x: pd.Series, y: pd.Series) -> pd.Series:
    return x.ne(y) & x.notna()


def _result(
    values: pd.DataFrame, columns: list[tuple[Indicator, pd.Series, pd.Series]], trigger: Trigger
) -> tuple[pd.DataFrame, pd.DataFrame]:
    treated, reports = values.copy(), [pd.DataFrame(columns=REPORT)]
    for indicator, x, y in columns:
        treated.loc[y.index, indicator.code] = y
        points = pd.DataFrame({"before": x, "after": y})[_changed(x, y)].reset_index()
        reason = _reason(_as_scored(indicator, x), _as_scored(indicator, y), trigger)
        reports.append(points.assign(indicator=indicator.code, reason=reason)[REPORT])
    return treated, pd.concat(reports[1:] or reports, ignore_index=True)


def _reason(x: pd.Series, y: pd.Series, trigger: Trigger) -> str:
    before, after = (f"skewness {skewness(c):.2f} and kurtosis {kurtosis(c):.2f}" for c in (x, y))
    return f"{before}; then {after}" + (", still beyond the trigger" if trigger.met(y) else "")
