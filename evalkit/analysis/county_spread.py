"""Equality inside a city: how its counties differ."""

import pandas as pd


def spread(values: pd.DataFrame, higher_is_better: pd.Series) -> pd.DataFrame:
    """Say for each indicator which county is best, which is worst, and how far they are apart.

    `values` has one row a county and one column an indicator; `higher_is_better` is indexed by indicator.
    Returns one row an indicator that has a value: best_region, best, worst_region, worst, difference, ratio (larger
    over smaller).
    """
    rows = {}
    for code in values.dropna(axis="columns", how="all"):
        column = values[code].dropna()
        high, low = column.idxmax(), column.idxmin()
        best, worst = (high, low) if higher_is_better[code] else (low, high)
        rows[code] = {
            "best_region": best,
            "best": column[best],
            "worst_region": worst,
            "worst": column[worst],
            "difference": column[high] - column[low],
            "ratio": column[high] / column[low] if column[low] else float("nan"),
        }
    return pd.DataFrame.from_dict(rows, orient="index")
