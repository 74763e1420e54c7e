"""The wild cluster bootstrap: tests that hold with few clusters, and exactly the same ones in every run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from evalkit.base.errors import MethodError, Problem

EXACT = 12  # clusters up to which every vector of signs is tried
DRAWS = 9_999
TIES = 1e-9  # relative: the sample's own statistic returns as a draw, up to rounding
FURTHEST = 2.0**20  # standard errors; an interval not closed within them is open
HALVINGS = 50


def sign_vectors(clusters: int, *, seed: int | None = None) -> np.ndarray:
    """Give one row of signs (1 or −1) a bootstrap sample, one column a cluster; the first row is all 1, the sample.

    Up to 12 clusters these are all vectors there are, without those that mirror another and so give the same |t|:
    2^(clusters − 1) rows. Above, 9,999 drawn rows follow the first, and a seed is needed.

    >>> sign_vectors(3).tolist()
    [[1.0, 1.0, 1.0], [1.0, 1.0, -1.0], [1.0, -1.0, 1.0], [1.0, -1.0, -1.0]]
    """
    if clusters <= EXACT:
        order = np.arange(2 ** (clusters - 1))[:, None]
        return 1.0 - 2.0 * (order >> np.arange(clusters)[::-1] & 1)
    if seed is None:
        problem = Problem("seed", "none", f"a whole number: above {EXACT} clusters the signs are drawn")
        raise MethodError("the wild bootstrap cannot be repeated", [problem])
    drawn = np.random.default_rng(seed).integers(0, 2, (DRAWS, clusters))
    return np.vstack([np.ones(clusters), 1.0 - 2.0 * drawn])


@dataclass(frozen=True)
class WildTest:
    """The restricted wild cluster bootstrap-t of one coefficient: Cameron, Gelbach & Miller (2008), null imposed.

    In every sample the residuals of the regression *under the null* change sign cluster by cluster, and the t statistic
    of the null is computed anew with a cluster-robust standard error. Whatever corrects that error for the size of
    the sample cancels, so none is applied. All samples and nulls come from sums by cluster that are formed once.

    Attributes
    ----------
    regressor : what is left of the regressor when the other columns have explained it; length n.
    residuals : of the unrestricted regression; length n.
    design : all its columns, the regressor among them, of full rank; n × k.
    clusters : the cluster of each row, as a number from 0; length n.
    signs : from `sign_vectors`.
    """

    regressor: np.ndarray
    residuals: np.ndarray
    design: np.ndarray
    clusters: np.ndarray
    signs: np.ndarray

    def p_value(self, distance: float) -> float:
        """Give the share of samples, the own one among them, with |t| no smaller than the own.

        `distance` is the null minus the estimate: to test that a coefficient is 0, minus its estimate.
        """
        fit, step, square, cross, square_step = self._sums
        top = (fit - distance * step) ** 2
        bottom = np.maximum(square - 2 * distance * cross + distance**2 * square_step, 0)
        return float(np.mean(top * bottom[0] >= top[0] * bottom * (1 - TIES)))

    def interval(self, level: float) -> tuple[float, float]:
        """Give the distances from the estimate between which no null is rejected at 1 − level.

        Each end is the first crossing met on the way out; it is infinite where even far nulls are not rejected, as
        with so few clusters that the smallest possible p-value exceeds 1 − level.
        """
        return self._end(-1.0, level), self._end(1.0, level)

    def _end(self, side: float, level: float) -> float:
        alpha, error = round(1 - level, 12), self._error
        inner, outer = 0.0, 1.0
        while self.p_value(side * outer * error) > alpha:
            inner, outer = outer, 2 * outer
            if outer > FURTHEST:
                return side * float("inf")
        for _ in range(HALVINGS):
            middle = (inner + outer) / 2
            inner, outer = (middle, outer) if self.p_value(side * middle * error) > alpha else (inner, middle)
        return side * outer * error

    @cached_property
    def _error(self) -> float:
        _, step, square, *_ = self._sums
        return float(np.sqrt(square[0]) / step[0])

    @cached_property
    def _sums(self) -> tuple[np.ndarray, ...]:
        """By sample: the numerator of t as fit − distance × step, and the three terms of its squared denominator.

        Under the null the residuals are û − distance × x̃. With signs v by cluster, cluster g adds v_g x̃_g'r_g to the
        numerator, and x̃_g'(M r v)_g, M = I − QQ', is its score in the denominator.
        """
        member = np.eye(self.signs.shape[1])[self.clusters].T
        q = np.linalg.qr(self.design)[0]
        x, u = self.regressor, self.residuals
        spread = member @ (x[:, None] * q)
        fits, steps = member @ (x * u), member @ (x * x)
        from_fit = self.signs @ (np.diag(fits) - spread @ (member @ (u[:, None] * q)).T).T
        from_step = self.signs @ (np.diag(steps) - spread @ spread.T).T
        products = [(a * b).sum(axis=1) for a, b in ((from_fit, from_fit), (from_fit, from_step), (from_step,) * 2)]
        return self.signs @ fits, self.signs @ steps, *products
