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
    spread = structure.std(ddof=0)
    told = structure.loc[:, spread > 0] / spread[spread > 0]
    distances = ((told - told.loc[region]) ** 2).sum(axis=1, skipna=False).drop(region)
    finite = distances[np.isfinite(distances)]
    return tuple(finite.sort_values(kind="stable").index[:count])
