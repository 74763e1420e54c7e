"""Diagnostics of a panel regression: what it has to work with, and what it hangs on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalkit.analysis.least_squares import LeastSquares


@dataclass(frozen=True)
class Diagnostics:
    """What a panel regression has to work with, and what it hangs on.

    Attributes
    ----------
    regressors : one row a regressor. `within`: share of its variation that lies within regions; `left`: share that the
        effects leave; `vif`: variance inflation by the other regressors, after the effects; `lowest`, `highest`: range
        of the coefficient when one region is left out; `moved_by`: the region whose leaving moves it most.
    without : the coefficients when a region is left out: one row a region.
    condition : condition number of the regressors after the effects, each of unit length.
    serial, pairs : correlation of a residual with the same region's a year earlier, and the number of such pairs.
    serial_expected : that correlation if the errors were independent, which region effects push below 0.
    """

    regressors: pd.DataFrame
    without: pd.DataFrame
    condition: float
    serial: float
    pairs: int
    serial_expected: float


def diagnose(model: LeastSquares) -> Diagnostics:
    """Work out the diagnostics of a model that passed its checks."""
    without = pd.DataFrame(
        {region: rest.coefficients for region, rest in model.without.items()}, index=model.x.columns
    ).T.rename_axis("region")
    serial, pairs = serial_correlation(pd.Series(model.residuals, index=model.y.index))
    absorbed = model.effects in ("region", "both")
    return Diagnostics(
        regressors=_variation(model).join(_range(model.coefficients, without)),
        without=without,
        condition=float(np.linalg.cond(model.x_left / np.linalg.norm(model.x_left, axis=0))),
        serial=serial,
        pairs=pairs,
        serial_expected=-1 / (len(model.y) / len(model.regions) - 1) if absorbed else 0.0,
    )


def serial_correlation(residuals: pd.Series) -> tuple[float, int]:
    """Correlate each residual with the same region's a year earlier: Pearson's r and the number of pairs.

    `residuals` has the index (region, year). Blank with fewer than 3 pairs.
    """
    wide = residuals.unstack("year")
    pairs = [(wide[year - 1], wide[year]) for year in wide if year - 1 in wide]
    both = pd.concat([pd.concat(pair, axis=1, keys=["before", "own"]) for pair in pairs]).dropna() if pairs else []
    r = both.before.corr(both.own) if len(both) > 2 else float("nan")
    return float(r), len(both)


def _variation(model: LeastSquares) -> pd.DataFrame:
    x = model.x
    total = ((x - x.mean()) ** 2).sum()
    within = ((x - x.groupby(level="region").transform("mean")) ** 2).sum()
    left, own = (pd.Series((m**2).sum(axis=0), index=x.columns) for m in (model.x_left, model.x_own))
    table = pd.DataFrame({"within": within / total, "left": left / total, "vif": left / own})
    return table.rename_axis("regressor")


def _range(coefficients: np.ndarray, without: pd.DataFrame) -> pd.DataFrame:
    moved = (without - coefficients).abs()
    return pd.DataFrame({"lowest": without.min(), "highest": without.max(), "moved_by": moved.idxmax()})
