"""Missing data: what takes the place of a value that was not published, and is marked as such ever after."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import Annotated, Literal

import numpy as np
import pandas as pd
from pydantic import Discriminator, Field

from evalkit.base.errors import DataError, MethodError, Problem
from evalkit.base.fields import Count, Rounds, Span
from evalkit.base.model import DeclaredModel
from evalkit.data.panel import Panel
from evalkit.index import IndexSystem

IMPUTED = "imputed"


class NoImputation(DeclaredModel):
    """What is missing stays missing."""

    kind: Literal["none"] = "none"

    def __call__(self, panel: Panel, system: IndexSystem) -> Panel:
        """Give the panel as it is."""
        return panel


class PeerGroup(DeclaredModel):
    """The mean or the median of the same year's published values in the region's own peer group."""

    kind: Literal["peer_group"] = "peer_group"
    statistic: Literal["mean", "median"] = "mean"

    def __call__(self, panel: Panel, system: IndexSystem) -> Panel:
        """Fill the scored indicators. Raises DataError where a region has no group, or its group no value."""
        known, missing = _split(panel, system)
        groups = _groups_of(panel, known)
        outside = groups.isna().to_numpy()
        found = known.groupby(_peers(groups)).transform(self.statistic)
        alone = (missing & found.isna()).mul(~outside, axis=0)
        _refuse(
            *_cells(missing.mul(outside, axis=0), "a region without a group", "a `group` for it in the regions"),
            *_cells(alone, "no value in its group in that year", "one at least"),
        )
        return _filled(panel, found, missing)

    @staticmethod
    def donors(panel: Panel, system: IndexSystem) -> pd.DataFrame:
        """Count the published values that each cell's peer group has in the year; filled or bare."""
        known, _ = _split(panel, system)
        return known.groupby(_peers(_groups_of(panel, known))).transform("count")


class Interpolation(DeclaredModel):
    """The straight line between the region's own published values before and after; nothing outside them."""

    kind: Literal["interpolation"] = "interpolation"

    def __call__(self, panel: Panel, system: IndexSystem) -> Panel:
        """Fill the scored indicators. Raises DataError where there is one year only, or an indicator has no value."""
        known, missing = _split(panel, system)
        _refuse(*_one_year(missing), *_empty(known, missing))
        by_year = known.unstack("region").interpolate(method="index", limit_area="inside")
        return _filled(panel, by_year.stack("region").swaplevel(), missing)


class CarryForward(DeclaredModel):
    """The region's own last published value, for `limit` years at most."""

    kind: Literal["carry_forward"] = "carry_forward"
    limit: Span = Field(default=1, ge=1)

    def __call__(self, panel: Panel, system: IndexSystem) -> Panel:
        """Fill the scored indicators. Raises DataError where there is one year only, or an indicator has no value."""
        known, missing = _split(panel, system)
        _refuse(*_one_year(missing), *_empty(known, missing))
        by_year = known.unstack("region")
        years = by_year.index.to_series()
        age = by_year.mask(by_year.notna(), years, axis=0).ffill().rsub(years, axis=0)
        carried = by_year.ffill().where(age <= self.limit)
        return _filled(panel, carried.stack("region").swaplevel(), missing)


class NearestNeighbours(DeclaredModel):
    """The mean of the `k` nearest rows, regions in any year, that have the value.

    Distance is Euclidean over the standardised scored indicators that both rows have, scaled up for those that either
    lacks (scikit-learn's `KNNImputer`).
    """

    kind: Literal["nearest_neighbours"] = "nearest_neighbours"
    k: Count = Field(default=5, ge=1)

    def __call__(self, panel: Panel, system: IndexSystem) -> Panel:
        """Fill the scored indicators. Raises DataError where fewer than `k` rows can be compared with a row."""
        known, missing = _split(panel, system)
        if not missing.any(axis=None):
            return panel
        few = missing & (_donors(known, missing) < self.k)
        _refuse(*_cells(few, "fewer rows to compare it with than `k`", f"{self.k} at least, or a smaller `k`"))
        return _filled(panel, _learnt(known, _sklearn("KNNImputer")(n_neighbors=self.k)), missing)


class Regression(DeclaredModel):
    """A regression on the other scored indicators, repeated until the filled values settle.

    Bayesian ridge regressions in turn on standardised indicators (scikit-learn's `IterativeImputer`); nothing is
    drawn at random, so the same panel gives the same values. They are held within the indicator's `valid` range.
    """

    kind: Literal["regression"] = "regression"
    rounds: Rounds = Field(default=100, ge=1)

    def __call__(self, panel: Panel, system: IndexSystem) -> Panel:
        """Fill the scored indicators.

        Raises DataError where there is nothing to learn or to predict from, MethodError where the values do not settle.
        """
        known, missing = _split(panel, system)
        if not missing.any(axis=None):
            return panel
        alone = _cells(missing.mul(known.isna().all(axis=1), axis=0), "nothing in that row", "one indicator at least")
        _refuse(*_empty(known, missing), *_all_constant(known), *alone)
        imputer = _sklearn("IterativeImputer")(max_iter=self.rounds, random_state=0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it warns of is refused here
            found = _learnt(known, imputer)
        if imputer.n_iter_ == self.rounds:
            raise MethodError("the regression does not settle", [Problem("rounds", f"{self.rounds}", "more of them")])
        return _filled(panel, _within_valid(found, system), missing)


Imputation = Annotated[
    NoImputation | PeerGroup | Interpolation | CarryForward | NearestNeighbours | Regression, Discriminator("kind")
]


def imputed(panel: Panel) -> pd.DataFrame:
    """List every imputed value: region, year, indicator, value."""
    values = panel.values.where(panel.states == IMPUTED).rename_axis(columns="indicator")
    return values.stack().dropna().rename("value").reset_index()


def _split(panel: Panel, system: IndexSystem) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the published values of the scored indicators, blank elsewhere, and which cells are missing."""
    codes = [indicator.code for indicator in system.scored]
    known = panel.values[codes].where(panel.states[codes] == "value")
    _refuse(*_cells(np.isinf(known), "an infinite value", "a finite one, or a blank"))
    return known, panel.states[codes] == "missing"


def _groups_of(panel: Panel, known: pd.DataFrame) -> pd.Series:
    groups = panel.regions.get("group", pd.Series(dtype=object)).reindex(known.index.get_level_values("region"))
    return groups.set_axis(known.index)


def _peers(groups: pd.Series) -> list:
    return [groups.fillna("").to_numpy(), groups.index.get_level_values("year")]


def _filled(panel: Panel, found: pd.DataFrame, missing: pd.DataFrame) -> Panel:
    found = found.reindex(index=panel.values.index, columns=panel.values.columns)
    cells = missing.reindex(columns=panel.values.columns, fill_value=False) & found.notna()
    return replace(panel, values=panel.values.mask(cells, found), states=panel.states.mask(cells, IMPUTED))


def _refuse(*wrong: Problem) -> None:
    if wrong:
        raise DataError("missing values cannot be imputed", wrong)


def _cells(where: pd.DataFrame, found: str, expected: str) -> Iterator[Problem]:
    cells = where.astype(bool).stack()
    return (Problem(f"{code} of {region} in {year}", found, expected) for region, year, code in cells.index[cells])


def _one_year(missing: pd.DataFrame) -> Iterator[Problem]:
    years = missing.index.unique("year")
    if len(years) < 2 and missing.any(axis=None):
        yield Problem("years of the panel", ", ".join(map(str, years)), "two at least")


def _empty(known: pd.DataFrame, missing: pd.DataFrame) -> Iterator[Problem]:
    empty = known.columns[known.isna().all() & missing.any()]
    return (Problem(code, "no value in any region or year", "one at least") for code in empty)


def _all_constant(known: pd.DataFrame) -> Iterator[Problem]:
    if not (known.max() > known.min()).any():
        yield Problem("the scored indicators", "one value of each", "one that varies, or another imputation")


def _donors(known: pd.DataFrame, missing: pd.DataFrame) -> pd.DataFrame:
    """Count, for each missing cell, the rows that have the value and share an indicator with the cell's own row."""
    has, asking = known.notna().to_numpy(float), missing.any(axis=1)
    shared = (has[asking] @ has.T > 0).astype(float)
    return pd.DataFrame(shared @ has, index=known.index[asking], columns=known.columns).reindex(known.index)


def _learnt(known: pd.DataFrame, imputer) -> pd.DataFrame:
    """Fill standardised columns, and give them back in their units; a column without a value stays out."""
    known = known.loc[:, known.notna().any()]
    mean, sd = known.mean(), known.std(ddof=0).where(known.max() > known.min(), 1)
    found = imputer.fit_transform((known - mean) / sd)
    return pd.DataFrame(found, index=known.index, columns=known.columns) * sd + mean


def _within_valid(found: pd.DataFrame, system: IndexSystem) -> pd.DataFrame:
    ranges = {i.code: i.valid or (-np.inf, np.inf) for i in system.scored if i.code in found}
    low, high = (pd.Series({code: ends[place] for code, ends in ranges.items()}) for place in (0, 1))
    return found.clip(low, high, axis=1)


def _sklearn(name: str):
    """Give an imputer of scikit-learn, whose iterative one has to be switched on."""
    try:
        import_module("sklearn.experimental.enable_iterative_imputer")
    except ImportError:
        wrong = [Problem("scikit-learn", "not installed", "the extra `impute`: pip install 'evalkit[impute]'")]
        raise MethodError("this imputation needs scikit-learn", wrong) from None
    return getattr(import_module("sklearn.impute"), name)
