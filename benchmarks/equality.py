"""What splitting inequality between and within groups costs, on one core.

Prints the figure beside its limit. The panel is made up here, from a seed: 2,800 counties over 20 years, with weights.
"""

# ruff: noqa: E402 (one core has to be asked for before numpy is loaded)
import os

for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import time
from statistics import median

import numpy as np
import pandas as pd

from evalkit import theil_decomposition

SEED, REGIONS, YEARS, RUNS = 20081231, 2800, range(2001, 2021), 21
LIMIT = 10


def main() -> None:
    """Measure and print, for as many groups as a country has provinces, and as it has prefectures."""
    for groups in (31, 340):
        show(f"2,800 × 20, {groups} groups: ms a Theil decomposition", milliseconds(groups), LIMIT)


def milliseconds(groups: int) -> float:
    """Give the median of several runs, each on a panel that pandas has not seen: an index remembers what it found."""
    times = []
    for run in range(RUNS):
        values, weights, grouping = made_up(groups, SEED + run)
        start = time.perf_counter()
        theil_decomposition(values, grouping, weights)
        times.append(1000 * (time.perf_counter() - start))
    return median(times)


def made_up(groups: int, seed: int) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Give values and weights by (region, year), and the group of each region."""
    regions = pd.Index([f"r{number}" for number in range(REGIONS)], name="region")
    index = pd.MultiIndex.from_product([regions, YEARS], names=["region", "year"])
    rng = np.random.default_rng(seed)
    values = pd.Series(rng.lognormal(size=len(index)), index)
    weights = pd.Series(rng.uniform(1, 9, len(index)), index)
    return values, weights, pd.Series([f"g{number % groups}" for number in range(REGIONS)], regions)


def show(what: str, value: float, limit: float) -> None:
    kept = "kept" if value <= limit else "MISSED"
    print(f"{what:52} {value:7.2f}  limit {limit:5.2f}  {kept}")


if __name__ == "__main__":
    main()
