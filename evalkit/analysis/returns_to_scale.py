"""Whether returns to scale are constant: a bootstrap test on the scores of both frontiers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from evalkit.analysis.dea import Efficiency, dea
from evalkit.analysis.dea_bootstrap import bandwidth, drawn_reference, smoothed
from evalkit.analysis.dea_bounds import LIMIT, certified
from evalkit.analysis.dea_programme import Model, Orientation
from evalkit.base.errors import MethodError, Problem


class ScaleTest(NamedTuple):
    """The mean constant-returns score over the mean variable-returns one, and how often chance gives as low a ratio."""

    ratio: float
    p: float
    draws: int
    n: int


def returns_to_scale_test(
    inputs: pd.DataFrame, outputs: pd.DataFrame, *, orientation: Orientation = "output", draws: int = 1000, seed: int
) -> ScaleTest:
    """Test constant returns to scale against variable ones: a small p speaks against constant returns.

    The ratio of the mean scores is held against that of samples drawn from the constant-returns frontier with the
    smoothed distances of `efficiency_intervals`, each sample scored against itself. After Simar & Wilson (2002).
    Raises MethodError as `dea` does, for fewer than 1 draw, and where all units are on the constant-returns frontier.
    """
    found = dea(inputs, outputs, returns="constant", orientation=orientation)
    if draws < 1 or (found.scores >= 1 - LIMIT).all():
        wrong = [Problem("draws", f"{draws}", "1 at least")] if draws < 1 else []
        wrong += [Problem("the scores", "1 for all units", "a unit below the frontier")] if not wrong else []
        raise MethodError("returns to scale cannot be tested", wrong)
    variable = Model("variable", orientation)
    ratio = _ratio(found.production.netputs, found, variable)
    distances, random = 1 / found.scores.to_numpy(), np.random.default_rng(seed)
    width = bandwidth(distances)
    samples = (drawn_reference(found, distances / smoothed(distances, width, random)) for _ in range(draws))
    lower = sum(_ratio(sample, found, variable) <= ratio + LIMIT for sample in samples)
    return ScaleTest(ratio, (1 + lower) / (1 + draws), draws, found.n)


def _ratio(netputs: np.ndarray, found: Efficiency, variable: Model) -> float:
    """Give the mean score of units under constant returns over that under variable ones."""
    names = found.scores.index
    constant, free = (certified(netputs, netputs, model, names).scores.mean() for model in (found.model, variable))
    return float(constant / free)
