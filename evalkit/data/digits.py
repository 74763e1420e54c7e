"""The digits of many figures: whether the last ones are as frequent as each other, and the first ones as Benford's law.

Sources: D. A. Preece, "Distributions of final digits in data", The Statistician 30, 1981; F. Benford, "The law of
anomalous numbers", Proc. American Philosophical Society 78, 1938; M. J. Nigrini, *Benford's Law*, 2012, whose bounds of
the mean absolute deviation are taken as the R package benford.analysis has them (the book was not at hand).
"""

from __future__ import annotations

from math import exp, lgamma, log

import numpy as np

from evalkit.base.exact import NOISE

FINEST, COARSEST = -6, 6  # powers of ten that a last digit may stand for
BENFORD = np.log10(1 + 1 / np.arange(1, 10))  # of the first digits 1 to 9
UNIFORM = np.full(10, 0.1)
# The mean absolute deviation of first digits up to which they conform closely, acceptably and marginally.
CONFORMS = {"close": 0.006, "acceptable": 0.012, "marginal": 0.015}
DRAWS, SEED = 2_000, 1938
ROUND_SHARE = 0.2  # of 0 and 5 among the last digits


def step_of(values: np.ndarray) -> float:
    """Give the largest power of ten of which all known values are multiples: the unit of the last printed digit.

    >>> step_of(np.array([12.5, 3.0])), step_of(np.array([1200.0, 300.0])), step_of(np.array([7.0]))
    (0.1, 100.0, 1.0)
    """
    known = values[np.isfinite(values) & (values != 0)]
    for power in range(COARSEST, FINEST, -1):
        units = known / 10.0**power
        if np.all(np.abs(units - np.rint(units)) <= NOISE * np.maximum(1.0, np.abs(units)) * 100):
            return float(10.0**power) if len(known) else 1.0
    return float(10.0**FINEST)


def last_digits(values: np.ndarray, step: float) -> np.ndarray:
    """Count the last printed digits 0 to 9 of known values."""
    units = np.rint(np.abs(values[np.isfinite(values)]) / step).astype(np.int64)
    return np.bincount(units % 10, minlength=10)


def first_digits(values: np.ndarray) -> np.ndarray:
    """Count the first digits 1 to 9 of the values that are above 0."""
    positive = values[np.isfinite(values) & (values > 0)]
    leading = positive / 10.0 ** np.floor(np.log10(positive) + NOISE)
    return np.bincount(np.clip(np.floor(leading + NOISE * 100), 1, 9).astype(int), minlength=10)[1:]


def orders(values: np.ndarray) -> float:
    """Give the orders of magnitude that the positive values span: log₁₀ of the largest over the smallest."""
    positive = values[np.isfinite(values) & (values > 0)]
    return float(np.log10(positive.max() / positive.min())) if len(positive) else 0.0


def chi_square(counts: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Give Pearson's chi-square of counts (last axis) against declared shares."""
    expected = counts.sum(axis=-1, keepdims=True) * shares
    return ((counts - expected) ** 2 / expected).sum(axis=-1)


def fit_chance(counts: np.ndarray, shares: np.ndarray) -> float:
    """Give the Monte-Carlo p-value of counts: the share of 2,000 draws, and of these counts, with such a chi-square.

    No approximation to a chi-square distribution is used; the smallest value is 1/2001.
    """
    drawn = np.random.default_rng(SEED).multinomial(int(counts.sum()), shares, size=DRAWS)
    at_least = chi_square(drawn, shares) >= chi_square(counts, shares) * (1 - NOISE)
    return float((at_least.sum() + 1) / (DRAWS + 1))


def heaping_chance(round_ones: int, n: int) -> float:
    """Give the exact probability that so many of n last digits, or more, are 0 or 5 where all ten are as likely.

    >>> round(heaping_chance(2, 2), 10), heaping_chance(0, 7)
    (0.04, 1.0)
    """
    if round_ones <= 0:
        return 1.0
    each = (
        exp(
            lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
            + k * log(ROUND_SHARE) + (n - k) * log(1 - ROUND_SHARE)
        )
        for k in range(round_ones, n + 1)
    )  # fmt: skip
    return min(1.0, sum(each))


def mean_absolute_deviation(counts: np.ndarray) -> float:
    """Give the mean absolute deviation of the shares of the first digits from Benford's."""
    return float(np.abs(counts / counts.sum() - BENFORD).mean())


def conformity(deviation: float) -> str:
    """Say how closely first digits conform to Benford's law, by their deviation: a key of `CONFORMS`, or none."""
    return next((name for name, bound in CONFORMS.items() if deviation <= bound), "none")
