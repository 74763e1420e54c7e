"""Milestones: what each year must reach on the way from the baseline to the target."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from evalkit.assessment.completion import measured, reached, rises
from evalkit.index.target import Target


def milestones(target: Target, years: Iterable[int], baseline: float | None, *, since: int) -> pd.Series:
    """Give what each year must reach, index year, in the indicator's unit.

    Linear from the baseline (in the year `since`) to the target, through the milestones that the target declares; the
    target itself after its year. Where the baseline is at the target already, the target is to be held from the first
    year on. An annual quota has each year's own quota, and an interval its lower bound. Blank up to `since`, where an
    unknown baseline leaves it open, and after the last year of an annual quota.

    >>> from evalkit.text import Text
    >>> floor = Target(kind="floor", value=90, year=2012, status="proxy", document=Text(zh="", en=""))
    >>> milestones(floor, range(2008, 2014), 80, since=2007).tolist()
    [82.0, 84.0, 86.0, 88.0, 90.0, 90.0]
    """
    index = pd.Index(list(years), name="year", dtype=int)
    way = levels(target, index.to_numpy(), np.nan if baseline is None else baseline, since=since)
    return pd.Series(way, index=index, name="milestone", dtype=float)


def base_year(target: Target, first: int) -> int:
    """Give the year from which a target is on its way: its baseline's, or the one before it is first due.

    `first` is the first year of the round.
    """
    return target.baseline.year if target.baseline else max(first, target.valid_from or first) - 1


def levels(target: Target, years: np.ndarray, baseline: float, *, since: int) -> np.ndarray:
    """Give the milestones as an array; a baseline that is not known is a blank."""
    if target.kind == "annual_quota":
        quotas = [target.milestones.get(year, target.value) for year in years.tolist()]
        return np.where((since < years) & (years <= target.year), quotas, np.nan)
    there = reached(measured(target, baseline), measured(target, target.value), rises=rises(target))
    if target.kind == "interval" or there:
        way = np.full(len(years), target.value)
    else:
        points = {since: baseline, **target.milestones, target.year: target.value}
        way = np.interp(years, sorted(points), [points[year] for year in sorted(points)])
    return np.where(since < years, way, np.nan)
