"""Milestones: what each year must reach on the way from the baseline to the target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from evalkit.assessment.targets.completion import measured, reached, rises
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
    (way,) = levels([target], index.to_numpy(), np.array([baseline], dtype=float), since=since)
    return pd.Series(way, index=index, name="milestone", dtype=float)


def base_year(target: Target, first: int) -> int:
    """Give the year from which a target is on its way: its baseline's, or the one before it is first due.

    `first` is the first year of the round.
    """
    return target.baseline.year if target.baseline else max(first, target.valid_from or first) - 1


def levels(own: Sequence[Target], years: np.ndarray, baselines: np.ndarray, *, since: int) -> np.ndarray:
    """Give the milestones of one target as some regions have it, region × year.

    A baseline that is not known is a blank.
    """
    one = own[0]
    if one.kind == "annual_quota":
        quotas = [[target.milestones.get(year, target.value) for year in years.tolist()] for target in own]
        return np.where((since < years) & (years <= one.year), quotas, np.nan)
    goals = np.array([target.value for target in own], dtype=float)
    there = reached(measured(one, baselines), measured(one, goals), rises=rises(one)) | (one.kind == "interval")
    points = [
        {since: at, **target.milestones, one.year: target.value} for target, at in zip(own, baselines, strict=True)
    ]
    bends = sorted(points[0])
    ways = np.array([np.interp(years, bends, [path[year] for year in bends]) for path in points])
    return np.where(since < years, np.where(there[:, None], goals[:, None], ways), np.nan)
