"""Numbers as they are written: the noise of floating point is no difference, and nothing else is taken for noise.

A figure that was computed is off by some units in the last of its 16 digits: 0.7 → 1.12 is 1.6 times and computes as
1.6000000000000003. What is read from a file and held against a declared literal is exact by itself; all that was
computed is compared and rounded here. Everything takes numbers and arrays (and gives the like), and leaves a blank
blank: it is at least, at most, above and below nothing.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import count
from math import copysign, floor, isfinite

import numpy as np

NOISE = 1e-12  # of a number, or of 1 where it is smaller
DECIMALS = 2
FINE_DECIMALS = 9  # of a gap or a gain: far above the noise of sums of floats, far below what anybody prints
STEPS = 10_000  # what a scale is divided into at least, as 0–100 is by two decimals
_HALF = 1e-8  # of the last decimal, and some units of the number's own last digit
_DIGIT = 4 * float(np.finfo(float).eps)
_FINEST = 2.0**48  # from here on a number has no digits that a rounding could take


def publish(number, decimals=DECIMALS):
    """Round half away from zero as the decimal that is meant, never to −0: 59.995 becomes 60.00, though stored below.

    `decimals` is 0 or more, one for all or an array that fits.

    >>> publish(59.995), publish(59.99499999999999), round(59.995, 2)
    (60.0, 60.0, 59.99)
    """
    if isinstance(number, float | int):
        return _published(float(number), decimals)
    units = np.abs(number) * 10.0**decimals
    whole = np.floor(units + 0.5 + _HALF + _DIGIT * units)
    rounded = np.copysign(whole, number) / 10.0**decimals
    return np.where(units < _FINEST, rounded, number) + 0.0


def _published(number: float, decimals: int) -> float:
    """Round one number, many times as fast as an array of one."""
    units = abs(number) * 10.0**decimals
    if not units < _FINEST:
        return number
    whole = floor(units + 0.5 + _HALF + _DIGIT * units)
    return copysign(whole / 10.0**decimals, number) + 0.0


def decimals_of(span: float) -> int:
    """Give the decimals with which a scale of that width has 10,000 steps or more.

    `span` is above 0.

    >>> decimals_of(100), decimals_of(1), decimals_of(30)
    (2, 4, 3)
    """
    return next(decimals for decimals in count() if at_least(span * 10.0**decimals, STEPS))


def at_least(number, bound):
    """Say whether a number reaches a bound from above, or is it but for noise.

    >>> bool(at_least(4.8 / 3, 1.6)), bool(at_least(2_999_999_998, 3e9))
    (True, False)
    """
    return number >= bound - _noise(bound)


def at_most(number, bound):
    """Say whether a number reaches a bound from below, or is it but for noise."""
    return number <= bound + _noise(bound)


def above(number, bound):
    """Say whether a number is above a bound by more than noise."""
    return number > bound + _noise(bound)


def below(number, bound):
    """Say whether a number is below a bound by more than noise."""
    return number < bound - _noise(bound)


def reached(number, bound, *, rises: bool):
    """Say whether a number is at least as good as a bound, where more is better or, unless it `rises`, less.

    >>> bool(reached(4.0, 4.0, rises=True)), bool(reached(4.1, 4.0, rises=False))
    (True, False)
    """
    return at_least(number, bound) if rises else at_most(number, bound)


def as_written(number: float) -> Fraction:
    """Give the decimal that a figure is written as: 14.3 is 143/10. Raises ValueError where it is no finite number."""
    return Fraction(str(float(number)))


def _noise(bound):
    if isinstance(bound, float | int):
        return NOISE * max(1.0, abs(bound)) if isfinite(bound) else 0.0
    size = np.abs(bound)
    return NOISE * np.where(np.isfinite(size), np.maximum(1.0, size), 0.0)
