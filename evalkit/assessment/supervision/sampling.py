"""Sampling: the visits of a year, the riskiest units for certain and the others at random in proportion to risk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from evalkit.assessment.supervision.rules import Visits
from evalkit.base.errors import MethodError, Problem
from evalkit.base.exact import below


def inclusion_probabilities(sizes: pd.Series, number: int) -> pd.Series:
    """Give every unit's probability of being among `number` that are drawn in proportion to their sizes.

    `π = number · size / Σ sizes`; a unit that would pass 1 is in for certain, and the others share the remaining
    number in the same way, until none passes 1. They sum to `number` (Tillé, *Sampling Algorithms*, 2006; from memory,
    not checked at the source). Raises MethodError for sizes that are not above 0, and a number that does not fit.

    >>> inclusion_probabilities(pd.Series({"a": 6.0, "b": 2.0, "c": 1.0, "d": 1.0}), 2).tolist()
    [1.0, 0.5, 0.25, 0.25]
    """
    _check(sizes, number)
    found, rest = pd.Series(1.0, index=sizes.index), sizes.astype(float)
    while len(rest):
        left = number - (len(sizes) - len(rest))
        shares = left * rest / rest.sum()
        if below(shares, 1).all():
            found[rest.index] = shares
            break
        rest = rest[below(shares, 1)]
    return found


def systematic(probabilities: np.ndarray, start: np.ndarray | float) -> np.ndarray:
    """Draw systematically: the units in whose stretch of the summed probabilities start, start + 1, … fall.

    `probabilities` stand in the order of drawing along the last axis, each below 1, and sum to a whole number n; with
    a `start` uniform in [0, 1), every unit has its own probability, and always n are drawn (Madow, *Annals of
    Mathematical Statistics* 20, 1949; from memory, not checked at the source). Returns booleans.

    >>> systematic(np.array([0.5, 0.75, 0.25, 0.5]), 0.6).tolist()
    [False, True, False, True]
    """
    sums = np.cumsum(probabilities, axis=-1)
    passed = np.ceil(sums - start)
    passed[..., -1] = np.round(sums[..., -1])  # the last sum is whole, whatever adding up left of it
    return np.diff(passed, axis=-1, prepend=0) > 0


def draws(probabilities: pd.Series, seeds: Iterable[int | Sequence[int]]) -> np.ndarray:
    """Draw once for each seed: booleans of shape (seeds, units).

    `probabilities` have the index (region, project), each below 1, and sum to a whole number. Regions are put in
    random order, and projects within each: so the draw is spread over regions, which each have as many units as
    their probabilities add up to, rounded down or up. It does not depend on the order of the rows.
    """
    ordered = probabilities.sort_index()
    region, regions = pd.factorize(ordered.index.get_level_values("region"))
    keys = np.array([np.random.default_rng(seed).random(1 + len(regions) + len(ordered)) for seed in seeds])
    start, of_regions, of_units = np.split(keys, [1, 1 + len(regions)], axis=1)
    order = np.lexsort((of_units, of_regions[:, region]), axis=-1)
    drawn = np.zeros(order.shape, dtype=bool)
    np.put_along_axis(drawn, order, systematic(ordered.to_numpy()[order], start), axis=1)
    return drawn[:, ordered.index.get_indexer(probabilities.index)]


def select_visits(risks: pd.DataFrame, rule: Visits, *, seed: int, year: int) -> pd.DataFrame:
    """Choose the visits of a year: exactly as many as the capacity.

    `risks` are as `risk_scores` gives them. Returns the same index: `score`, `place`, `size` (score + base),
    `stratum` (certainty: declared so; capped: its probability would pass 1; random), `probability`, `chosen`. The
    probabilities sum to the capacity. Seed and year together are the seed of the draw, so that years differ.
    Raises MethodError for a capacity that is below the certainty stratum or above the number of units, and for a seed
    below 0.
    """
    table = risks[["score", "place"]].sort_index().assign(stratum="random", probability=1.0)
    certain = table.place <= rule.riskiest if rule.above is None else table.score >= rule.above
    _check_fit(rule.capacity, int(certain.sum()), len(table), seed)
    table.insert(2, "size", table.score + rule.base)
    others = inclusion_probabilities(table["size"][~certain], rule.capacity - int(certain.sum()))
    table.loc[~certain, "probability"] = others
    table.loc[certain, "stratum"] = "certainty"
    table.loc[others.index[others == 1], "stratum"] = "capped"
    table["chosen"] = table.stratum != "random"
    left_open = table.probability[~table.chosen]
    table.loc[left_open.index, "chosen"] = draws(left_open, [(seed, year)])[0] if len(left_open) else []
    return table.loc[risks.index]


def _check(sizes: pd.Series, number: int) -> None:
    numbers = pd.to_numeric(sizes, errors="coerce")
    odd = sizes[~(np.isfinite(numbers) & (numbers > 0))]
    wrong = [Problem(f"size of {_unit_in_words(unit)}", f"{size}", "a number above 0") for unit, size in odd.items()]
    if not 0 <= number <= len(sizes):
        wrong.append(Problem("number to be drawn", f"{number}", f"0 to {len(sizes)}, the number of units"))
    if wrong:
        raise MethodError("no visits can be drawn", wrong)


def _check_fit(capacity: int, certain: int, units: int, seed: int) -> None:
    found, wrong = f"{capacity} visits", []
    if capacity < certain:
        wrong.append(Problem("capacity", found, f"{certain} at least, the units that are visited for certain"))
    if capacity > units:
        wrong.append(Problem("capacity", found, f"{units} at most, the number of units"))
    if seed < 0:
        wrong.append(Problem("seed", f"{seed}", "0 or more"))
    if wrong:
        raise MethodError("the visits cannot be chosen", wrong)


def _unit_in_words(unit: object) -> str:
    return " ".join(map(str, unit)) if isinstance(unit, tuple) else str(unit)
