"""Panel regression: what goes with an outcome over regions and years, by inference that suits few regions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalkit.analysis.least_squares import Effects, LeastSquares
from evalkit.analysis.regression_diagnostics import Diagnostics, diagnose
from evalkit.analysis.wild_bootstrap import WildTest, sign_vectors


@dataclass(frozen=True)
class PanelRegression:
    """A regression over regions and years; the regions are the clusters.

    Attributes
    ----------
    table : one row a regressor. `coefficient`: change of the outcome for one more unit; `se`: its cluster-robust
        standard error; `p`, `low`, `high`: of the wild cluster bootstrap, an end may be infinite; `p_without`: the
        largest p when one region is left out.
    diagnostics : what the regression has to work with, and what it hangs on.
    effects, level : as asked for.
    n, clusters, years : number of rows, number of regions, and the years.
    r2, r2_within : share of the outcome's variance that is explained with the effects, and share of what the effects
        leave that the regressors explain; the same without effects.
    samples : bootstrap samples; no p-value is below 1 / samples.
    """

    table: pd.DataFrame
    diagnostics: Diagnostics
    effects: Effects
    level: float
    n: int
    clusters: int
    years: tuple[int, ...]
    r2: float
    r2_within: float
    samples: int


def panel_regression(
    outcome: pd.Series,
    regressors: pd.DataFrame,
    *,
    effects: Effects = "none",
    level: float = 0.9,
    seed: int | None = None,
) -> PanelRegression:
    """Regress an outcome on regressors by least squares, with a constant and dummies for the effects.

    Both have the index (region, year), in any order, and the same rows. A coefficient is an association: nothing here
    makes it a cause. Standard errors are cluster-robust (CR1): times `G/(G − 1) · (n − 1)/(n − k)`, k counting
    dummies. p-values and intervals come from the wild cluster bootstrap: exact up to 12 regions, by `seed` above.

    Raises
    ------
    MethodError
        Rows differ, are repeated or have a blank or infinite value; fewer than 5 regions, or no more rows than
        coefficients; a regressor that the effects or the others explain, in all regions or in all but one (no test
        holds with one region to go by); an outcome that is explained without remainder.
    """
    from statsmodels.regression.linear_model import OLS  # a quarter less to import than all of statsmodels.api

    model = LeastSquares.checked(outcome, regressors, effects)
    signs = sign_vectors(len(model.regions), seed=seed)
    fit = OLS(model.y.to_numpy(), model.design).fit(cov_type="cluster", cov_kwds={"groups": model.clusters})
    return PanelRegression(
        table=_inference(model, fit.bse[: regressors.shape[1]], signs, level).assign(p_without=_largest_p(model, seed)),
        diagnostics=diagnose(model),
        effects=effects,
        level=level,
        n=len(model.y),
        clusters=len(model.regions),
        years=tuple(int(year) for year in sorted(model.x.index.unique("year"))),
        r2=float(fit.rsquared),
        r2_within=float(1 - fit.ssr / (model.y_left**2).sum()),
        samples=len(signs),
    )


def _inference(model: LeastSquares, errors: np.ndarray, signs: np.ndarray, level: float) -> pd.DataFrame:
    rows = {}
    for name, estimate, se, test in zip(model.x, model.coefficients, errors, _tests(model, signs), strict=True):
        low, high = test.interval(level)
        own = {"coefficient": estimate, "se": se, "p": test.p_value(-estimate)}
        rows[name] = own | {"low": estimate + low, "high": estimate + high}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("regressor")


def _largest_p(model: LeastSquares, seed: int | None) -> np.ndarray:
    signs = sign_vectors(len(model.regions) - 1, seed=seed)
    return np.max([_p_values(rest, signs) for rest in model.without.values()], axis=0)


def _p_values(model: LeastSquares, signs: np.ndarray) -> list[float]:
    return [test.p_value(-b) for b, test in zip(model.coefficients, _tests(model, signs), strict=True)]


def _tests(model: LeastSquares, signs: np.ndarray) -> list[WildTest]:
    return [WildTest(own, model.residuals, model.design, model.clusters, signs) for own in model.x_own.T]
