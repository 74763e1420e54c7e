"""Values with errors of measurement, on scales whose ends stay where they are."""

from __future__ import annotations

import numpy as np

from evalkit.base.errors import MethodError, Problem
from evalkit.index import IndexSystem
from evalkit.scoring.normalisation import FloorToTarget, GoalpostsScale, Normalisation
from evalkit.scoring.scales import rescale

FIXED = (GoalpostsScale, FloorToTarget)


def on_goalposts(values: np.ndarray, system: IndexSystem, normalisation: Normalisation) -> np.ndarray:
    """Normalise (draws, rows, indicators) as the class does a frame; a value without a logarithm gives a blank.

    Raises MethodError under a normalisation that has other ends than the goalposts.
    """
    if not isinstance(normalisation, FIXED):
        fixed = ", ".join(kind.model_fields["kind"].default for kind in FIXED)
        wrong = [Problem("normalisation", normalisation.kind, f"one of {fixed}")]
        raise MethodError("measurement error needs ends of the scale that do not move with the data", wrong)
    worst, best = (np.array([getattr(i.goalposts, end) for i in system.scored]) for end in ("worst", "best"))
    logs = np.array([i.transform == "log" for i in system.scored])
    with np.errstate(invalid="ignore"):
        x, worst, best = (np.where(logs, np.log(np.where(logs, a, 1.0)), a) for a in (values, worst, best))
    floor = getattr(normalisation, "floor_score", 0.0)
    return floor + (100 - floor) * rescale(x, worst, best)
