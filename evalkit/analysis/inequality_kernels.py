"""The measures of inequality as array operations: many samples at once, one a row.

Every kernel takes values `x` and shares of the population `p`, both of shape (samples, units), shares summing to 1 in
each row. A unit that a sample lacks has the share 0 (see `shares`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import MappingProxyType
from typing import Literal

import numpy as np

from evalkit.base.errors import MethodError, Problem, one_of

Measure = Literal["gini", "theil", "mean_log_deviation", "coefficient_of_variation", "atkinson"]
Kernel = Callable[[np.ndarray, np.ndarray], np.ndarray]
NOTHING = 1e-15  # what rounding leaves of an inequality of 0


def shares(values: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give values without blanks and shares that sum to 1: a blank takes the mean of its row and the share 0."""
    known = ~np.isnan(values)
    people = np.where(known, weights, 0.0)
    p = people / people.sum(axis=-1, keepdims=True)
    mean = (np.where(known, values, 0.0) * p).sum(axis=-1, keepdims=True)
    return np.where(known, values, mean), p


def gini(x: np.ndarray, p: np.ndarray) -> np.ndarray:
    """One less twice the area under the Lorenz curve."""
    order = np.argsort(x, axis=-1)
    p, held = (np.take_along_axis(a, order, axis=-1) for a in (p, x * p))
    cumulated = held.cumsum(axis=-1)
    return _not_below_0(1 - (p * (2 * cumulated - held)).sum(axis=-1) / cumulated[..., -1])


def theil(x: np.ndarray, p: np.ndarray) -> np.ndarray:
    """`Σ p (x/μ) ln(x/μ)`, where a value of 0 adds nothing."""
    ratio = x / _mean(x, p)
    return _not_below_0((p * ratio * np.log(np.where(ratio > 0, ratio, 1))).sum(axis=-1))


def mean_log_deviation(x: np.ndarray, p: np.ndarray) -> np.ndarray:
    """`Σ p ln(μ/x)`."""
    return _not_below_0((p * np.log(_mean(x, p) / x)).sum(axis=-1))


def coefficient_of_variation(x: np.ndarray, p: np.ndarray) -> np.ndarray:
    """`√(Σ p (x/μ − 1)²)`."""
    return np.sqrt((p * (x / _mean(x, p) - 1) ** 2).sum(axis=-1))


def atkinson(x: np.ndarray, p: np.ndarray, *, aversion: float = 0.5) -> np.ndarray:
    """One less the mean of order `1 − aversion`, over the arithmetic mean."""
    order = 1 - aversion
    # held against an end of the sample no power overflows, and near an order of 0 expm1 keeps the digits
    pivot = x.max(axis=-1, keepdims=True) if order > 0 else x.min(axis=-1, keepdims=True)
    logs = np.log(x / pivot, out=np.full(np.shape(x), -np.inf), where=x > 0)
    mean = (p * logs).sum(axis=-1) if order == 0 else np.log1p((p * np.expm1(order * logs)).sum(axis=-1)) / order
    return _not_below_0(1 - (pivot / _mean(x, p))[..., 0] * np.exp(mean))


def lorenz(x: np.ndarray, p: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the points of one Lorenz curve from (0, 0): cumulated shares of people, and of what they hold."""
    order = np.argsort(x)
    held = (x * p)[order].cumsum()
    return np.concatenate([[0], p[order].cumsum()]), np.concatenate([[0], held / held[-1]])


def check_measure(name: object, known: Iterable[str] = ()) -> None:
    """Raise MethodError unless there is such a measure."""
    known = tuple(known) or tuple(KERNELS)
    if name not in known:
        raise MethodError("there is no such measure", [Problem("measure", repr(name), one_of(name, known))])


def _mean(x: np.ndarray, p: np.ndarray) -> np.ndarray:
    return (x * p).sum(axis=-1, keepdims=True)


def _not_below_0(found: np.ndarray) -> np.ndarray:
    # rounding may leave −2e-16 of an inequality of 0, and a table would print it as −0.0000
    return np.maximum(found, 0)


KERNELS: MappingProxyType[str, Kernel] = MappingProxyType(
    {
        "gini": gini,
        "theil": theil,
        "mean_log_deviation": mean_log_deviation,
        "coefficient_of_variation": coefficient_of_variation,
        "atkinson": atkinson,
    }
)
NEEDS_POSITIVE = frozenset({"mean_log_deviation"})
