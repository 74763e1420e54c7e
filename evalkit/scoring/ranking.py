"""Published scores and their ranks."""

import pandas as pd

from evalkit.exact import DECIMALS, publish


def published(scores: pd.DataFrame, decimals: int = DECIMALS) -> pd.DataFrame:
    """Give scores as they are printed."""
    return pd.DataFrame(publish(scores.to_numpy(dtype=float), decimals), index=scores.index, columns=scores.columns)


def competition_ranks(scores: pd.DataFrame, decimals: int = DECIMALS) -> pd.DataFrame:
    """Rank regions within each year on published scores, the highest first; ties share a rank (1, 2, 2, 4).

    `scores` has the index (region, year); blanks get no rank.
    """
    return published(scores, decimals).groupby(level="year").rank(method="min", ascending=False)
