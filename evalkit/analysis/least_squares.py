"""Least squares over regions and years: the rows, the effects, and what they leave to work with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
import pandas as pd

from evalkit.base.errors import MethodError, Problem, one_of, unit_name

Effects = Literal["none", "year", "region", "both"]
KEYS = ["region", "year"]
FEWEST = 5  # regions: with 4, no p-value of the bootstrap is below 1/8
NOTHING = 1e-10  # share of a sum of squares that is put down to rounding


def unexplained(columns: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Give what is left of columns after least squares on others; shapes (n, …) and (n, k).

    >>> unexplained(np.array([1.0, 3.0]), np.ones((2, 1))).round(12).tolist()
    [-1.0, 1.0]
    """
    return columns - by @ np.linalg.lstsq(by, columns, rcond=None)[0]


@dataclass(frozen=True)
class LeastSquares:
    """An outcome, its regressors and the effects, on the same rows (region, year)."""

    y: pd.Series
    x: pd.DataFrame
    effects: Effects

    @classmethod
    def checked(cls, outcome: pd.Series, regressors: pd.DataFrame, effects: Effects) -> LeastSquares:
        """Bring both into one order. Raises MethodError for all that `panel_regression` refuses."""
        if effects not in get_args(Effects):
            wrong = Problem("effects", repr(effects), one_of(effects, get_args(Effects)))
            raise MethodError("the effects are unknown", [wrong])
        _check_rows(outcome, regressors)
        x = regressors.sort_index().astype(float)
        own = cls(outcome.reindex(x.index).astype(float), x, effects)
        _check_fit(own)
        return own

    @cached_property
    def without(self) -> dict[object, LeastSquares]:
        """The same with one region left out, by region."""
        own = self.x.index.get_level_values("region")
        return {r: LeastSquares(self.y[own != r], self.x[own != r], self.effects) for r in self.regions}

    @cached_property
    def clusters(self) -> np.ndarray:
        """The region of each row, as a number from 0."""
        return pd.factorize(self.x.index.get_level_values("region"))[0]

    @cached_property
    def regions(self) -> pd.Index:
        """The regions, in the order of their numbers."""
        return self.x.index.unique("region")

    @cached_property
    def dummies(self) -> np.ndarray:
        """The constant, and one column for each region or year but the first."""
        named = {"none": [], "both": KEYS}.get(self.effects, [self.effects])
        frame = self.x.index.to_frame(index=False)[named].astype(str)
        coded = pd.get_dummies(frame, drop_first=True, dtype=float).to_numpy() if named else np.empty((len(frame), 0))
        return np.column_stack([np.ones(len(frame)), coded])

    @cached_property
    def design(self) -> np.ndarray:
        """All columns: the regressors first."""
        return np.column_stack([self.x.to_numpy(), self.dummies])

    @cached_property
    def x_left(self) -> np.ndarray:
        """What the effects leave of the regressors."""
        return unexplained((self.x - self.x.mean()).to_numpy(), self.dummies)

    @cached_property
    def y_left(self) -> np.ndarray:
        """What the effects leave of the outcome."""
        return unexplained((self.y - self.y.mean()).to_numpy(), self.dummies)

    @cached_property
    def x_own(self) -> np.ndarray:
        """What the effects and all other regressors leave of each regressor."""
        left, places = self.x_left, range(self.x.shape[1])
        return np.column_stack([unexplained(left[:, j], np.delete(left, j, axis=1)) for j in places])

    @cached_property
    def residuals(self) -> np.ndarray:
        """What is left of the outcome after all columns."""
        return unexplained(self.y_left, self.x_left)

    @cached_property
    def coefficients(self) -> np.ndarray:
        """One a regressor."""
        return np.linalg.lstsq(self.x_left, self.y_left, rcond=None)[0]

    @cached_property
    def unidentified(self) -> dict[str, str]:
        """Say why, for each regressor whose coefficient the rows cannot tell."""
        total, left, own = (_squares(m) for m in (self.x - self.x.mean(), self.x_left, self.x_own))
        same = np.ptp(self.x.to_numpy(), axis=0) == 0
        gone, shared = left <= NOTHING * total, own <= NOTHING * left
        words = ["the same value in every row", self._taken, "what the others give"]
        reasons = np.select([same, gone, shared], words, "")
        return {name: reason for name, reason in zip(self.x, reasons, strict=True) if reason}

    @property
    def _taken(self) -> str:
        names = {"region": "within regions", "year": "within years", "both": "beyond region and year"}
        return f"no variation {names.get(self.effects, '')}"


def _squares(columns: np.ndarray | pd.DataFrame) -> np.ndarray:
    return (np.asarray(columns) ** 2).sum(axis=0)


def _check_rows(outcome: pd.Series, regressors: pd.DataFrame) -> None:
    wrong = []
    for name, table in (("the outcome", outcome.to_frame()), ("the regressors", regressors)):
        if list(table.index.names) != KEYS:
            wrong.append(Problem(f"index of {name}", f"{list(table.index.names)}", f"{KEYS}"))
            continue
        wrong += [Problem(unit_name(key), f"twice in {name}", "once") for key in table.index[table.index.duplicated()]]
        bad = table.index[~np.isfinite(table.to_numpy(dtype=float)).all(axis=1)]
        wrong += [Problem(unit_name(key), f"a blank or infinite value in {name}", "finite values only") for key in bad]
    if not wrong:
        odd = outcome.index.symmetric_difference(regressors.index)
        wrong += [Problem(unit_name(key), "in one of outcome and regressors", "in both") for key in odd]
    wrong += [Problem(f"{name}", "two columns", "one") for name in regressors.columns[regressors.columns.duplicated()]]
    if regressors.columns.empty:
        wrong.append(Problem("regressors", "none", "one at least"))
    if wrong:
        raise MethodError("the rows of the regression do not fit together", wrong)


def _check_fit(own: LeastSquares) -> None:
    n, k = own.design.shape
    wrong = []
    if len(own.regions) < FEWEST:
        wrong.append(Problem("regions", f"{len(own.regions)}", f"{FEWEST} at least"))
    if n <= k:
        wrong.append(Problem("rows", f"{n}", f"more than the {k} coefficients, dummies among them"))
    if np.linalg.matrix_rank(own.dummies) < own.dummies.shape[1]:
        wrong.append(Problem("effects", "regions that share no year with the others", "a connected panel"))
    if not wrong:
        wrong = [
            Problem(str(name), reason, "a part of its own in two regions at least") for name, reason in _unusable(own)
        ]
    if not wrong and _squares(own.residuals) <= NOTHING * _squares(own.y - own.y.mean()):
        wrong.append(Problem("the outcome", "nothing left by regressors and effects", "a remainder to judge them by"))
    if wrong:
        raise MethodError("the regression cannot be computed", wrong)


def _unusable(own: LeastSquares) -> list[tuple[str, str]]:
    if own.unidentified:
        return list(own.unidentified.items())
    return [
        (name, f"{reason} but for {region}")
        for region, rest in own.without.items()
        for name, reason in rest.unidentified.items()
    ]
