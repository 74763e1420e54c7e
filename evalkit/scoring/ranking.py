"""Published scores and their ranks."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from evalkit.base.exact import DECIMALS, publish


def published(scores: pd.DataFrame, decimals: int | Sequence[int] = DECIMALS) -> pd.DataFrame:
    """Give scores as they are printed, with decimals for all columns or for each."""
    decimals = np.asarray(decimals)
    return pd.DataFrame(publish(scores.to_numpy(dtype=float), decimals), index=scores.index, columns=scores.columns)


def competition_ranks(scores: pd.DataFrame, decimals: int | Sequence[int] = DECIMALS) -> pd.DataFrame:
    """Rank regions within each year on published scores, the highest first; ties share a rank (1, 2, 2, 4).

    `scores` has the index (region, year); blanks get no rank.
    """
    return published(scores, decimals).groupby(level="year").rank(method="min", ascending=False)
