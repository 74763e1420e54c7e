"""Which regions are most like one another in figures of their structure."""

from __future__ import annotations

import numpy as np
import pandas as pd


def nearest(structure: pd.DataFrame, region: str, count: int) -> tuple[str, ...]:
    """Name the regions nearest to one: least squared distance over the figures, each in standard deviations.

    `structure` has a row a region and a column a figure. A figure in which no two regions differ tells nothing, and a
    region that lacks one is near to none. Where two are as near, the order of the rows decides. The distance is that of
    the Nearest Neighbours Model of the Chartered Institute of Public Finance and Accountancy.

    >>> nearest(pd.DataFrame({"a": [0.0, 1, 5], "b": [2.0, 2, 2]}, index=["x", "y", "z"]), "y", 1)
    ('x',)
    """
    return tuple(structure.index[_nearest(_told(structure), structure.index.get_loc(region), count)])


def all_nearest(structure: pd.DataFrame, count: int) -> dict[str, tuple[str, ...]]:
    """Name the regions nearest to each, as `nearest` does of one."""
    told, names = _told(structure), structure.index
    return {region: tuple(names[_nearest(told, at, count)]) for at, region in enumerate(names)}


def _told(structure: pd.DataFrame) -> np.ndarray:
    """Give the figures in which regions differ, in standard deviations."""
    spread = structure.std(ddof=0)
    return (structure.loc[:, spread > 0] / spread[spread > 0]).to_numpy()


def _nearest(told: np.ndarray, at: int, count: int) -> np.ndarray:
    """Give the places of those nearest to the region at a place."""
    distances = ((told - told[at]) ** 2).sum(axis=1)
    distances[at] = np.nan
    known = np.flatnonzero(np.isfinite(distances))
    if count < len(known):  # the sorting of all is the dearest of it
        known = known[distances[known] <= np.partition(distances[known], count)[count]]
    return known[np.argsort(distances[known], kind="stable")[:count]]
