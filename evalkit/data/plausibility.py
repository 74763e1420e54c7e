"""Plausibility of figures: how far one is from the others of its kind, how often chance puts one there, and slips."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

import numpy as np

from evalkit.base.exact import NOISE

# What makes a sample's median deviation, or its mean one, a standard deviation under normality: 1/Φ⁻¹(3/4), √(π/2).
MEDIAN_SCALE, MEAN_SCALE = 1.4826, 1.2533
Tails = Literal["normal", "heavy"]
HEAVY = 4  # degrees of freedom of Student's t, whose tails are those of many a series of statistics
HEAVY_SPREAD = MEDIAN_SCALE * 0.740697  # its upper quartile
SIMULATED, SEED = 100_000, 1993  # values of each sample size; the seed is fixed: the same figures, the same bounds
# Sample sizes that are simulated; between them the smaller one stands, whose bound is the wider.
SIZES = (*range(3, 13), 14, 16, 18, 20, 25, 30, 40, 60, 100, 200, 400, 1000)
LARGEST_SLIP = 4  # powers of ten: 万 for 1
ROOT_TWO_PI = float(np.sqrt(2 * np.pi))


class Centre(NamedTuple):
    """What the known values of each row come to: their median, 1.4826 · MAD, and how many they are."""

    middle: np.ndarray
    spread: np.ndarray
    n: np.ndarray


def robust_z(x: np.ndarray, *, least: int = 3) -> np.ndarray:
    """Give `(x − median) / (1.4826 · MAD)` of a series; blanks stay blank, as does all with fewer than `least` values.

    Where more than half of the values are the same, the MAD is 0 and 1.2533 times the mean absolute deviation takes
    its place; where all are the same, z is 0. Source: Iglewicz & Hoaglin, *How to Detect and Handle Outliers*, 1993
    (from memory, not checked at the source).

    >>> robust_z(np.array([1.0, 2.0, 3.0, 4.0, 10.0])).round(2).tolist()
    [-1.35, -0.67, 0.0, 0.67, 4.72]
    """
    known = x[~np.isnan(x)]
    if len(known) < least:
        return np.full(len(x), np.nan)
    middle = np.median(known)
    off = np.where(np.abs(x - middle) <= NOISE * np.max(np.abs(known)), 0.0, x - middle)
    sizes = np.abs(off[~np.isnan(x)])
    spread = MEDIAN_SCALE * np.median(sizes) or MEAN_SCALE * np.mean(sizes)
    return off / (spread or 1.0)


def centre(rows: np.ndarray) -> Centre:
    """Give median, robust spread and number of the known values of each row; blank where there is none.

    >>> [part.tolist() for part in centre(np.array([[1.0, 2.0, 4.0, np.nan]]))]
    [[2.0], [1.4826], [3]]
    """
    middle = row_medians(rows)
    spread = MEDIAN_SCALE * row_medians(np.abs(rows - middle[:, None]))
    noise = spread <= NOISE * np.maximum(1.0, np.abs(middle))
    return Centre(middle, np.where(noise, 0.0, spread), np.isfinite(rows).sum(axis=1))


def row_medians(rows: np.ndarray) -> np.ndarray:
    """Give the median of the known values of each row; blank where there is none."""
    if rows.shape[1] == 0:
        return np.full(len(rows), np.nan)
    ordered, n = np.sort(rows, axis=1), np.isfinite(rows).sum(axis=1)  # blanks are last
    ends = (np.take_along_axis(ordered, np.maximum(at, 0)[:, None], axis=1)[:, 0] for at in ((n - 1) // 2, n // 2))
    return np.where(n > 0, sum(ends) / 2, np.nan)


@cache
def drawn_by_chance(n: int, tails: Tails = "normal") -> tuple[np.ndarray, np.ndarray]:
    """Give sizes of robust z, rising, in samples of n (one of `SIZES`) with nothing wrong, and distances beside them.

    The samples are independent draws of a normal distribution or, with heavy tails, of Student's t with 4 degrees of
    freedom; median and MAD are those of each sample, as they are of the figures. A distance is from that median, in
    units of the robust spread of the distribution itself.
    """
    rng = np.random.default_rng([SEED, n, tails == "heavy"])
    shape = (SIMULATED // n, n)
    drawn = rng.standard_normal(shape) if tails == "normal" else rng.standard_t(HEAVY, shape) / HEAVY_SPREAD
    found = centre(drawn)
    distances = np.abs(drawn - found.middle[:, None])
    sizes = (distances / found.spread[:, None]).ravel()
    order = np.argsort(sizes)
    return sizes[order], distances.ravel()[order]


def simulated_size(n: np.ndarray) -> np.ndarray:
    """Give the sample size that is simulated in the place of each: the next smaller one, and at least 3."""
    return np.array(SIZES)[np.maximum(np.searchsorted(SIZES, n, side="right") - 1, 0)]


def cutoff(n: np.ndarray, chance: float) -> np.ndarray:
    """Give the size of robust z that chance exceeds with that probability in samples of n, under normality."""
    sizes = simulated_size(n)
    bounds = np.empty(sizes.shape)
    for size in np.unique(sizes):
        bounds[sizes == size] = np.quantile(drawn_by_chance(int(size))[0], 1 - chance)
    return bounds


def chance_of_flag(n: np.ndarray, chance: float, apart: np.ndarray, tails: Tails = "normal") -> np.ndarray:
    """Give the probability that a value of a right sample of n exceeds its `cutoff` and is `apart` from the median too.

    `apart` is in robust spreads of the sample, which stand for those of the distribution; chances are rather too large
    where they are of few.
    """
    sizes, chances = simulated_size(n), np.full(np.shape(apart), np.nan)
    for size in np.unique(sizes):
        at, (drawn, distances) = sizes == size, drawn_by_chance(int(size), tails)
        first = np.searchsorted(drawn, cutoff(np.array([size]), chance)[0])
        beyond = np.sort(distances[first:])
        chances[at] = (len(beyond) - np.searchsorted(beyond, apart[at])) / len(drawn)
    return np.where(np.isnan(apart), np.nan, chances)


def power_of_ten(value: np.ndarray, reference: np.ndarray, *, within: float) -> np.ndarray:
    """Give k where a value is 10ᵏ times a reference, k from 1 to 4 or −4 to −1, but for a factor `within`; else 0.

    So a figure looks that was entered in another unit: 万 for 1, % or ‰ for a share.

    >>> power_of_ten(np.array([8700.0, 0.95, 3.0]), np.array([0.9, 90.0, 1.0]), within=1.5).tolist()
    [4, -2, 0]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log10(value / reference)
    whole = np.rint(np.where(np.isfinite(logs), logs, 0.0))
    near = np.abs(logs - whole) <= np.log10(within) + NOISE
    return np.where(near & (whole != 0) & (np.abs(whole) <= LARGEST_SLIP), whole, 0).astype(int)


def same_by_chance(value: np.ndarray, step: np.ndarray, middle: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Give about the probability that a figure comes out the same to its last printed digit.

    Its logarithm is off the other's by a normal amount of that middle and spread; `step` is the unit of its last digit:
    step / value times the density at no difference, at most 1. Blank without a spread.
    """
    middle, spread = np.asarray(middle, dtype=float), np.asarray(spread, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        density = np.exp(-0.5 * (middle / spread) ** 2) / (spread * ROOT_TWO_PI)
        chance = np.minimum(1.0, step / np.abs(value) * density)
    return np.where(spread > 0, chance, np.nan)
