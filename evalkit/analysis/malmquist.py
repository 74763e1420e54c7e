"""Change of productivity from year to year, split into catching up and the movement of the frontier."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from evalkit.analysis.dea_bounds import certified
from evalkit.analysis.dea_programme import Model, Orientation
from evalkit.analysis.production import Production
from evalkit.base.errors import MethodError, Problem, unit_name

CHANGES = ["efficiency_change", "technical_change", "pure_change", "scale_change", "productivity_change"]


def malmquist(inputs: pd.DataFrame, outputs: pd.DataFrame, *, orientation: Orientation = "output") -> pd.DataFrame:
    """Give each unit's change of productivity between one year of the data and the next; above 1 is better.

    Both frames have the index (unit, year), every unit in every year. Returns one row a unit and later year:
    `efficiency_change` (catching up, `pure_change × scale_change`), `technical_change` (of the frontier),
    `pure_change`, `scale_change`, and `productivity_change`, the product of the first two. Distances are to constant
    returns, to variable ones for `pure_change`: Färe, Grosskopf, Norris & Zhang (1994).
    Raises MethodError for a panel with gaps, for data that cannot be compared (as `dea` does), and where an output is
    0 for every unit of a year, since no distance to that year's frontier might exist.
    """
    constant, variable = Model("constant", orientation), Model("variable", orientation)
    production = _checked(inputs, outputs)
    units, years = production.inputs.index.remove_unused_levels().levels
    netputs = production.netputs.reshape(len(units), len(years), -1).swapaxes(0, 1)

    def scores(model: Model, frontier: int, year: int) -> np.ndarray:
        names = [(unit, years[year]) for unit in units]
        return certified(netputs[frontier], netputs[year], model, names).scores

    own, pure = ([scores(model, year, year) for year in range(len(years))] for model in (constant, variable))
    tables = {}
    for before, after in pairwise(range(len(years))):
        ahead, behind = scores(constant, before, after), scores(constant, after, before)
        efficiency, purely = own[after] / own[before], pure[after] / pure[before]
        technical = np.sqrt(ahead / own[after] * own[before] / behind)
        changes = (efficiency, technical, purely, efficiency / purely, efficiency * technical)
        tables[years[after]] = pd.DataFrame(dict(zip(CHANGES, changes, strict=True)), index=units)
    return pd.concat(tables).swaplevel().sort_index().rename_axis(production.inputs.index.names)


def _checked(inputs: pd.DataFrame, outputs: pd.DataFrame) -> Production:
    """Give the production sorted by unit and year, if it has every unit in every year."""
    if not inputs.index.nlevels == outputs.index.nlevels == 2:
        raise MethodError("the panel has no years", ["the index: expected two levels, unit and year, in both frames"])
    every = pd.MultiIndex.from_product(inputs.index.remove_unused_levels().levels, names=inputs.index.names)
    gaps = [Problem(unit_name(row), "no row", "one a unit and year") for row in every.difference(inputs.index)]
    if len(every.levels[1]) < 2:
        gaps.append(Problem("the years", f"{len(every.levels[1])}", "two at least"))
    if gaps:
        raise MethodError("the panel has gaps", gaps)
    production = Production.checked(inputs, outputs, by=1)
    return Production(production.inputs.loc[every], production.outputs.loc[every])
