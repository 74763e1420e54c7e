"""Aggregation: from the children's scores to their parent's.

Every class has one kernel, `combine(scores, weights)`, on arrays: scores of shape (rows, k) or (draws, rows, k),
weights of shape (k,) or (draws, k) that sum to 1 along the last axis. It gives (rows,), or (draws, rows) where
either has draws. A row with a blank stays blank.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import numpy as np
import pandas as pd
from pydantic import Discriminator, Field, field_validator

from evalkit.base.errors import MethodError, Problem, unit_name
from evalkit.base.model import DeclaredModel
from evalkit.scoring.copeland import net_wins


def weighted_mean(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Give the weighted mean along the last axis, for shapes as `combine` takes them.

    >>> weighted_mean(np.array([[0, 100], [30, 70]]), np.array([0.25, 0.75])).tolist()
    [75.0, 60.0]
    """
    if values.ndim > 2:
        return (values @ weights[..., None])[..., 0]
    if weights.ndim > 1:
        return weights @ values.T
    return (values * weights).sum(axis=-1)  # not BLAS, whose last digit may depend on a row's place


class _Mean(DeclaredModel):
    """A kernel on arrays, called on a frame."""

    by_year: ClassVar[bool] = False  # whether a row's result depends on the other rows of its year
    span: ClassVar[float | None] = None  # the width of its scale, where it has one of its own

    def __call__(self, scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
        """Aggregate rows; a row with a blank stays blank. `weights` by column, they sum to 1."""
        found = self.combine(scores.to_numpy(dtype=float), weights[scores.columns].to_numpy(dtype=float))
        return pd.Series(found, index=scores.index)

    def shares(self, scores: pd.DataFrame, weights: pd.Series) -> pd.DataFrame:
        """Split the parent's score in proportion to weight times score, as the arithmetic mean would."""
        parts = scores * weights
        return parts.div(parts.sum(axis=1), axis=0).mul(self(scores, weights), axis=0)


class Arithmetic(_Mean):
    """Weighted arithmetic mean: a low score can be made up for by a high one."""

    kind: Literal["arithmetic"] = "arithmetic"

    def combine(self, scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Give `Σ w s`."""
        return weighted_mean(scores, weights)

    def shares(self, scores: pd.DataFrame, weights: pd.Series) -> pd.DataFrame:
        """Give each child's points in its parent's score."""
        return scores * weights


class _FlooredMean(_Mean):
    """A mean that low scores do not have: they are an error, unless `floor` (in points) lifts them."""

    floor: float | None = Field(default=None, gt=0)

    @property
    def _title(self) -> str:
        return f"a {self.kind} mean needs scores above 0"

    def __call__(self, scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
        """Aggregate rows. Raises MethodError that names every score that is too low."""
        low = self._too_low(self._lift(scores.to_numpy(dtype=float)))
        wrong = [
            Problem(
                f"{scores.columns[c]} of {unit_name(scores.index[r])}",
                f"{scores.iloc[r, c]:.2f} points",
                self._way_out,
            )
            for r, c in np.argwhere(low)
        ]
        if wrong:
            raise MethodError(self._title, wrong)
        return super().__call__(scores, weights)

    def shares(self, scores: pd.DataFrame, weights: pd.Series) -> pd.DataFrame:
        """Split the parent's score in proportion to weight times (lifted) score, as the arithmetic mean would."""
        return super().shares(scores.clip(lower=self.floor), weights)

    def combine(self, scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Give the mean. Raises MethodError with the place (row, child) of every score that is too low in any draw."""
        lifted = self._lift(scores)
        low = self._too_low(lifted)
        if low.any():
            places = np.argwhere(low.reshape(-1, *low.shape[-2:]).any(axis=0))
            wrong = [Problem(f"child {c} of row {r}", "a score too low", self._way_out) for r, c in places]
            raise MethodError(self._title, wrong)
        return self._mean(lifted, weights)

    @property
    def _way_out(self) -> str:
        return "above 0, or a `floor` on the mean"

    def _lift(self, scores: np.ndarray) -> np.ndarray:
        return scores if self.floor is None else np.maximum(scores, self.floor)

    def _too_low(self, scores: np.ndarray) -> np.ndarray:
        return scores <= 0


class Geometric(_FlooredMean):
    """Weighted geometric mean: the lower a score, the more a point more of it is worth.

    Scores at or below 0 have no geometric mean: they are an error, unless `floor` (in points) lifts them.
    """

    kind: Literal["geometric"] = "geometric"

    def shares(self, scores: pd.DataFrame, weights: pd.Series) -> pd.DataFrame:
        """Split the parent's score by shares of its logarithm (of 1 + score, so that no share is negative)."""
        whole = self(scores, weights)
        logs = np.log1p(scores.clip(lower=self.floor)) * weights
        return logs.div(logs.sum(axis=1), axis=0).mul(whole, axis=0)

    def _mean(self, scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
        return np.exp(weighted_mean(np.log(scores), weights))


class Harmonic(_FlooredMean):
    """Weighted harmonic mean, `1 / Σ (w / s)`: stricter on a low score than the geometric mean.

    Scores at or below 0 have no harmonic mean: they are an error, unless `floor` (in points) lifts them.
    """

    kind: Literal["harmonic"] = "harmonic"

    def _mean(self, scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
        return 1 / weighted_mean(1 / scores, weights)


class PowerMean(_FlooredMean):
    """Weighted power mean, `(Σ w s^p)^(1/p)`: arithmetic at p = 1, harmonic at −1, and stricter the smaller `p` is.

    Scores below 0, and 0 itself where `p` is below 0, are an error, unless `floor` (in points) lifts them.
    """

    kind: Literal["power"] = "power"
    p: float

    @field_validator("p")
    @classmethod
    def _has_a_mean(cls, p: float) -> float:
        if p == 0:
            raise ValueError("a power other than 0 (towards 0 the mean is `geometric`)")
        return p

    @property
    def _title(self) -> str:
        return f"a power mean with p = {self.p:g} needs scores {'above 0' if self.p < 0 else 'of 0 or more'}"

    @property
    def _way_out(self) -> str:
        return f"{'above 0' if self.p < 0 else '0 or more'}, or a `floor` on the mean"

    def _too_low(self, scores: np.ndarray) -> np.ndarray:
        return scores <= 0 if self.p < 0 else scores < 0

    def _mean(self, scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
        return 100 * weighted_mean((scores / 100) ** self.p, weights) ** (1 / self.p)  # of 1, to stay finite


class MazziottaPareto(_Mean):
    """The mean, less (or plus) a penalty for imbalance: `M ∓ S² / M`, with weighted mean M and variance S².

    `penalty: minus` where more is better, as it is of scores; `plus` for an index of deprivation.
    Source: De Muro, Mazziotta & Pareto (2011), with weights; meant for scores that lie well above 0.
    """

    kind: Literal["mazziotta_pareto"] = "mazziotta_pareto"
    penalty: Literal["minus", "plus"] = "minus"

    def __call__(self, scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
        """Aggregate rows. Raises MethodError that names every row whose mean is not above 0."""
        means = (scores * weights).sum(axis=1, skipna=False).to_numpy()
        nodes = ", ".join(map(str, scores.columns))
        _refuse_low_means({f"{nodes} of {unit_name(scores.index[r])}": means[r] for r in np.flatnonzero(means <= 0)})
        return super().__call__(scores, weights)

    def combine(self, scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Give `M ∓ S² / M`. Raises MethodError with the place of every row whose mean is not above 0 in any draw."""
        mean = weighted_mean(scores, weights)
        _refuse_low_means({f"row {at[-1]}": mean[tuple(at)] for at in np.argwhere(mean <= 0)})
        centred = scores - scores.mean(axis=-1, keepdims=True)
        variance = weighted_mean(centred**2, weights) - weighted_mean(centred, weights) ** 2
        imbalance = np.maximum(variance, 0) / mean
        return mean - imbalance if self.penalty == "minus" else mean + imbalance


class Copeland(_Mean):
    """Pairwise majority: a region beats another where it is better on more than half of the weight.

    Points are `100 (wins + ties / 2) / (n − 1)` over the other regions of the year, so only the order of the
    children's scores counts. Source: Copeland (1951); OECD/JRC Handbook (2008), step 7.
    """

    kind: Literal["copeland"] = "copeland"
    by_year: ClassVar[bool] = True
    span: ClassVar[float | None] = 100

    def __call__(self, scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
        """Compare the complete rows of each year. Raises MethodError where a year has only one."""
        counts = scores.notna().all(axis=1).groupby(level="year").sum()
        alone = [Problem(f"{year}", "one region only", "two at least to compare") for year in counts[counts == 1].index]
        if alone:
            raise MethodError("Copeland's rule compares regions", alone)
        found = pd.Series(float("nan"), index=scores.index)
        for rows in scores.groupby(level="year").indices.values():
            found.iloc[rows] = super().__call__(scores.iloc[rows], weights)
        return found

    def combine(self, scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Compare the rows with each other; all of them are of one year."""
        rivals = np.maximum((~np.isnan(scores).any(axis=-1)).sum(axis=-1, keepdims=True) - 1, 1)
        return 50 + 50 * net_wins(scores, weights) / rivals

    def shares(self, scores: pd.DataFrame, weights: pd.Series) -> pd.DataFrame:
        """Refuse: wins over other regions are no sum of the children's scores. Raises MethodError."""
        wrong = [Problem(", ".join(map(str, scores.columns)), "copeland", "a mean, to split a score among them")]
        raise MethodError("Copeland's rule gives no contributions", wrong)


def _refuse_low_means(means: dict[str, float]) -> None:
    wrong = [
        Problem(where, f"a mean of {mean:.2f}", "above 0: a scale well above 0, such as `z_score` of `mean: 100`")
        for where, mean in means.items()
    ]
    if wrong:
        raise MethodError("Mazziotta and Pareto's index needs a mean above 0", wrong)


Aggregation = Annotated[
    Arithmetic | Geometric | Harmonic | PowerMean | MazziottaPareto | Copeland, Discriminator("kind")
]
