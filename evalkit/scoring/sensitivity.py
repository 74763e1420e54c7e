"""Sensitivity: how much of a rank's variance each source of uncertainty accounts for (Sobol' indices)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalkit.base.errors import MethodError, Problem
from evalkit.scoring.evaluation import Evaluation
from evalkit.scoring.uncertainty import Experiment
from evalkit.scoring.uncertainty_sources import Uncertainty, library


def sensitivity(
    result: Evaluation, design: Uncertainty, *, seed: int, size: int = 256, year: int | None = None
) -> pd.DataFrame:
    """Give first-order and total Sobol' indices of every region's rank, one row a region and source.

    The design is Saltelli's, `size` (a power of 2) times (sources + 2) draws; each source is one factor, however many
    numbers it takes. `first` and `total` have the half-widths of their 95 % bootstrap intervals beside them; they are
    blank where the rank never moves. Source: Saltelli et al. (2010), Jansen (1999), as in SALib.

    Raises MethodError with fewer than two sources (there is nothing to tell apart), or another `size`.
    """
    analysis, sampling = library("SALib.analyze.sobol"), library("SALib.sample.sobol")
    if size < 2 or size & (size - 1):
        raise MethodError("Saltelli's design comes in powers of 2", [Problem("size", f"{size}", "256, 512, 1024, …")])
    experiment = Experiment(result, design, year)
    problem = _problem(experiment)
    u = sampling.sample(problem, size, calc_second_order=False, seed=seed)
    draws = experiment.run(np.clip(u, 1e-12, 1 - 1e-12))
    rows = []
    for place, region in enumerate(draws.regions):
        ranks = draws.ranks[:, place].astype(float)
        found = analysis.analyze(problem, ranks, calc_second_order=False, seed=seed) if np.ptp(ranks) else None
        rows += [_row(region, name, found, factor) for factor, name in enumerate(design.sources)]
    return pd.DataFrame(rows)


def _problem(experiment: Experiment) -> dict:
    sources = experiment.design.sources
    if len(sources) < 2:
        raise MethodError("sensitivity compares sources", [Problem("sources", ", ".join(sources), "two at least")])
    groups = [name for name, c in experiment.columns.items() for _ in range(c.stop - c.start)]
    names = [f"{group} {place}" for place, group in enumerate(groups)]
    return {"num_vars": len(groups), "names": names, "groups": groups, "bounds": [[0, 1]] * len(groups)}


def _row(region: str, source: str, found: dict | None, factor: int) -> dict:
    keys = {"first": "S1", "first_half_width": "S1_conf", "total": "ST", "total_half_width": "ST_conf"}
    values = {key: float(found[name][factor]) if found else float("nan") for key, name in keys.items()}
    return {"region": region, "source": source, **values}
