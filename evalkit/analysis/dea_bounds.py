"""Scores with a proof: bounds that rest on the data, and not on what a solver says of itself."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from evalkit.analysis.dea_programme import Frontier, Model, Optimum
from evalkit.base.errors import MethodError, Problem, unit_name

LIMIT = 1e-9
BLOCK = 500


@dataclass(frozen=True, eq=False)
class Certified:
    """Scores by point (blank where no combination reaches it), what they may be wrong by, and the netputs' prices."""

    scores: np.ndarray
    gap: np.ndarray
    prices: np.ndarray


def certified(
    reference: np.ndarray, points: np.ndarray, model: Model, names: Sequence[Hashable], *, without_own: bool = False
) -> Certified:
    """Score points against a reference set, both as netputs, and certify each score by its dual.

    `without_own` leaves each point, which then is the reference unit of the same row, out of its own reference.
    A point whose gap is above 1e-9 is solved again, cold, on the scale of its own netputs.
    Raises MethodError with the names of the points whose gap stays above it.
    """
    left_out = range(len(points)) if without_own else [None] * len(points)
    frontier = Frontier(reference, model)
    optima = [_attempt(frontier, point, own) for point, own in zip(points, left_out, strict=True)]
    found = _bounded(reference, points, model, optima, without_own)
    doubtful = np.flatnonzero(found.gap > LIMIT)
    for place in doubtful:
        optima[place] = _again(reference, points[place], model, left_out[place])
    if len(doubtful):
        found = _bounded(reference, points, model, optima, without_own)
    wrong = [
        Problem(unit_name(names[place]), f"{found.gap[place]:.1e} between its bounds", f"{LIMIT:g} at most")
        for place in np.flatnonzero(found.gap > LIMIT)
    ]
    if wrong:
        raise MethodError("scores that cannot be certified", wrong)
    return found


def reached(reference: np.ndarray, point: np.ndarray, model: Model, optimum: Optimum) -> tuple[float, float]:
    """Give the score that the intensities really lead to, and the share by which they miss the side that stays.

    A combination that misses nothing proves that the true score is no higher.
    """
    intensities = np.maximum(optimum.intensities, 0)
    total = intensities.sum()
    if model.returns == "variable" or (model.returns == "non_increasing" and total > 1):
        intensities = intensities / total
    netputs = intensities @ reference[optimum.peers]
    direction, base = model.aim(point)
    moved, stays = direction > 0, base != 0
    missed = ((base - netputs)[stays] / np.abs(base[stays])).max()
    return model.score((netputs[moved] / direction[moved]).min()), max(missed, 0.0)


def proven(
    reference: np.ndarray, points: np.ndarray, model: Model, prices: np.ndarray, *, without_own: bool = False
) -> np.ndarray:
    """Give, by point, the score that the prices prove: the true one is no lower.

    The prices are first made to respect every unit of the reference, by the price of Σ λ (the largest profit of any
    unit) or, under constant returns, by the largest ratio of any unit's priced outputs to its priced inputs.
    """
    prices = np.maximum(prices, 0)
    prices = prices / (prices * model.aim(points)[0]).sum(axis=1, keepdims=True)
    profit, ratio = _best(reference, prices, model, without_own)
    cost, gain = (prices * np.maximum(-points, 0)).sum(axis=1), (prices * np.maximum(points, 0)).sum(axis=1)
    return 1 / (cost * ratio + profit) if model.orientation == "output" else gain / ratio - profit


def _attempt(frontier: Frontier, point: np.ndarray, without: int | None) -> Optimum | None:
    """Solve; a programme that HiGHS leaves unsolved has an optimum that proves nothing."""
    try:
        return frontier.solve(point, without=without)
    except MethodError:
        return Optimum(np.empty(0, dtype=int), np.empty(0), np.full(len(point), np.nan))


def _again(reference: np.ndarray, point: np.ndarray, model: Model, without: int | None) -> Optimum | None:
    size = np.where(point == 0, 1, np.abs(point))
    optimum = _attempt(Frontier(reference / size, model), point / size, without)
    return optimum and Optimum(optimum.peers, optimum.intensities, optimum.prices / size)


def _best(reference: np.ndarray, prices: np.ndarray, model: Model, without_own: bool) -> tuple[np.ndarray, np.ndarray]:
    profit, ratio = np.zeros(len(prices)), np.ones(len(prices))
    for start in range(0, len(prices), BLOCK):
        rows = np.arange(start, min(start + BLOCK, len(prices)))
        cost, gain = prices[rows] @ np.maximum(-reference, 0).T, prices[rows] @ np.maximum(reference, 0).T
        if without_own:
            gain[np.arange(len(rows)), rows] = -np.inf
        if model.returns == "constant":
            ratio[rows] = (gain / cost).max(axis=1)
        else:
            profit[rows] = (gain - cost).max(axis=1)
    return np.maximum(profit, 0) if model.returns == "non_increasing" else profit, ratio


def _bounded(
    reference: np.ndarray, points: np.ndarray, model: Model, optima: list[Optimum | None], without_own: bool
) -> Certified:
    blank = np.full(points.shape[1], np.nan)
    prices = np.array([blank if optimum is None else optimum.prices for optimum in optima])
    with np.errstate(all="ignore"):  # what is not a number counts as no proof
        pairs = [
            (np.nan, np.nan) if optimum is None else reached(reference, point, model, optimum)
            for point, optimum in zip(points, optima, strict=True)
        ]
        scores, missed = np.array(pairs).T
        low = proven(reference, points, model, prices, without_own=without_own)
        gap = np.maximum(scores - low, 0) / np.maximum(scores, 1) + missed
    gap[np.isnan(gap)] = np.inf
    if without_own:
        gap[[optimum is None for optimum in optima]] = np.nan
    return Certified(scores, gap, prices)
