"""Order-m efficiency: units held against the best of m that could be met, and not against the best of all."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalkit.analysis.dea_programme import Orientation
from evalkit.analysis.production import Production
from evalkit.base.errors import MethodError, Problem


def order_m(
    inputs: pd.DataFrame, outputs: pd.DataFrame, *, m: int, orientation: Orientation = "output"
) -> pd.DataFrame:
    """Score units against the expected best of `m` units drawn from those that use no more (or yield no less).

    Returns one row a unit: `score` (above 1 for a unit better than m such units are expected to be) and `peers`, the
    number of units that it is held against, itself among them. Expected over the data, in closed form, so nothing is
    drawn; no outlier or single best unit decides, and as m grows the score falls to that of the free disposal hull.
    No convexity and no returns to scale are assumed. Cazals, Florens & Simar (2002).
    Raises MethodError as `dea` does, and for an m below 1.
    """
    if m < 1:
        raise MethodError("there is no such order", [Problem("m", f"{m}", "1 at least")])
    production = Production.checked(inputs, outputs)
    x, y = production.inputs.to_numpy(), production.outputs.to_numpy()
    rows = [_expected(x, y, unit, m, orientation) for unit in range(len(x))]
    return pd.DataFrame(rows, index=production.inputs.index, columns=["score", "peers"])


def _expected(x: np.ndarray, y: np.ndarray, unit: int, m: int, orientation: Orientation) -> tuple[float, int]:
    """Give 1 over the expected largest growth of outputs, or the expected least share of inputs, and its basis."""
    if orientation == "output":
        peers, used = (x <= x[unit]).all(axis=1), y[unit] > 0
        reached = np.sort((y[peers][:, used] / y[unit, used]).min(axis=1))
        return 1 / (reached @ _of_largest(len(reached), m)), len(reached)
    needed = np.sort((x[(y >= y[unit]).all(axis=1)] / x[unit]).max(axis=1))[::-1]
    return float(needed @ _of_largest(len(needed), m)), len(needed)


def _of_largest(n: int, m: int) -> np.ndarray:
    """Give the probability of each of n places, in rising order, to be the largest of m that are drawn."""
    return np.diff((np.arange(n + 1) / n) ** m)
