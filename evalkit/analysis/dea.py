"""Data envelopment analysis: what units with such means have been shown to reach."""

from __future__ import annotations

from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from evalkit.analysis.dea_bounds import LIMIT, certified
from evalkit.analysis.dea_programme import Frontier, Model, Optimum, Orientation, Returns
from evalkit.analysis.production import Production
from evalkit.base.errors import MethodError, unit_name

ROOM = 1e-9
NO_SLACK = 1e-7
SAME = 1e-6


@dataclass(frozen=True, eq=False)
class Efficiency:
    """Scores of units, and what lies behind them; slacks, peers and targets are found when first asked for.

    `scores` are in (0, 1], 1 on the frontier; output-oriented they are the reciprocal of the factor by which all
    outputs could grow. `gap` is what a score can be wrong by, proven by prices that were held against all units.
    `multipliers` are those prices, by unit and ("input" or "output", column): output-oriented a unit's priced outputs
    sum to 1, input-oriented its priced inputs. They need not be unique, so they explain a score but rank nothing.
    """

    production: Production = field(repr=False)
    model: Model
    scores: pd.Series
    gap: pd.Series
    multipliers: pd.DataFrame = field(repr=False)

    @property
    def n(self) -> int:
        """Give the number of units."""
        return len(self.scores)

    @property
    def needed(self) -> int:
        """Give the number of units that the rule of thumb asks for, `max(m s, 3 (m + s))`."""
        return self.production.needed()

    @property
    def adequate(self) -> bool:
        """Tell whether there are as many units as the rule of thumb asks for."""
        return self.n >= self.needed

    @property
    def efficient(self) -> pd.Series:
        """Tell by unit whether the score is 1 and no slack is left."""
        return ((self.scores >= 1 - LIMIT) & (self.slacks == 0).all(axis=1)).rename("efficient")

    @cached_property
    def slacks(self) -> pd.DataFrame:
        """Give what a unit could still save or add, input by input, once it has moved to the frontier.

        Second stage: with the score held, the sum of slacks, each over its column's mean, is as large as can be.
        """
        direction, base = self.model.aim(self.production.netputs)
        moved = base + self.model.factor(self.scores.to_numpy())[:, None] * direction
        slack = self._table(self._reached - moved)
        return (slack.where(slack > NO_SLACK, 0.0)) * np.abs(self.production.scale)

    @cached_property
    def targets(self) -> pd.DataFrame:
        """Give the inputs and outputs that a unit would have to reach: those of its peers, in their intensities."""
        return self._table(self._reached * self.production.scale)

    @cached_property
    def peers(self) -> pd.DataFrame:
        """Give one row a unit and peer: `unit`, `peer`, `intensity`. Intensities below 1e-9 are left out."""
        index = self.scores.index.to_list()
        rows = [
            (index[unit], index[peer], share)
            for unit, optimum in enumerate(self._second)
            for peer, share in sorted(zip(optimum.peers.tolist(), optimum.intensities.tolist(), strict=True))
            if share >= LIMIT
        ]
        return pd.DataFrame(rows, columns=["unit", "peer", "intensity"])

    @cached_property
    def _second(self) -> list[Optimum]:
        netputs, scores = self.production.netputs, self.scores.to_numpy()
        start = np.flatnonzero(scores >= 1 - SAME)
        frontier = Frontier(netputs, self.model, rewards=netputs.sum(axis=1), start=start)
        each = zip(self.scores.index, netputs, self.model.factor(scores), strict=True)
        return [_slackest(frontier, unit, point, factor) for unit, point, factor in each]

    @cached_property
    def _reached(self) -> np.ndarray:
        netputs = self.production.netputs
        return np.array([optimum.intensities @ netputs[optimum.peers] for optimum in self._second])

    def _table(self, values: np.ndarray) -> pd.DataFrame:
        return pd.DataFrame(values, index=self.scores.index, columns=self.production.columns())


def dea(
    inputs: pd.DataFrame,
    outputs: pd.DataFrame,
    *,
    returns: Returns = "variable",
    orientation: Orientation = "output",
) -> Efficiency:
    """Score units by what they yield for what they put in, against the best combinations of all of them.

    Both frames have one row a unit. Constant returns: Charnes, Cooper & Rhodes (1978); variable: Banker, Charnes &
    Cooper (1984). Raises MethodError for data that cannot be compared (see `Production.checked`), and where a score
    cannot be certified to 1e-9.

    >>> units = pd.Index(["A", "B"])
    >>> pupils = pd.DataFrame({"pupils": [10, 5]}, index=units)
    >>> dea(pd.DataFrame({"yuan": [2, 2]}, index=units), pupils).scores.tolist()
    [1.0, 0.5]
    """
    model, production = Model(returns, orientation), Production.checked(inputs, outputs)
    units = production.inputs.index
    found = certified(production.netputs, production.netputs, model, units)
    prices = np.maximum(found.prices, 0) / np.abs(production.scale)
    multipliers = pd.DataFrame(prices, index=units, columns=production.columns())
    scores = pd.Series(np.minimum(found.scores, 1), index=units, name="score")
    return Efficiency(production, model, scores, pd.Series(found.gap, index=units, name="gap"), multipliers)


def scale_efficiency(
    inputs: pd.DataFrame, outputs: pd.DataFrame, *, orientation: Orientation = "output"
) -> pd.DataFrame:
    """Split constant-returns scores into pure efficiency and scale, and say on which side of the best scale units are.

    Returns one row a unit: `constant`, `variable`, `scale` (their ratio) and `returns`: increasing (too small),
    constant, or decreasing (too large). Where a unit is inefficient, `returns` is that of the frontier point it is
    held against. By comparison with non-increasing returns: Färe, Grosskopf & Lovell (1985). Raises as `dea` does.
    """
    kinds = ("constant", "variable", "non_increasing")
    scores = {kind: dea(inputs, outputs, returns=kind, orientation=orientation).scores for kind in kinds}
    constant, variable, lesser = scores.values()
    sides = np.where((lesser - variable).abs() <= SAME, "decreasing", "increasing")
    sides = np.where((variable - constant).abs() <= SAME, "constant", sides)
    return pd.DataFrame({"constant": constant, "variable": variable, "scale": constant / variable, "returns": sides})


def super_efficiency(
    inputs: pd.DataFrame,
    outputs: pd.DataFrame,
    *,
    returns: Returns = "variable",
    orientation: Orientation = "output",
) -> pd.DataFrame:
    """Score each unit against the others alone, so that units on the frontier can be unit_name apart.

    Returns one row a unit: `score` (above 1 for units that the frontier would miss) and `infeasible`, true where the
    others do not reach the unit's outputs, or its inputs, in any combination; the score is then blank, since none
    exists. That cannot happen under constant returns unless a unit alone has an output. Andersen & Petersen (1993).
    Raises as `dea` does.
    """
    model, production = Model(returns, orientation), Production.checked(inputs, outputs)
    netputs, units = production.netputs, production.inputs.index
    found = certified(netputs, netputs, model, units, without_own=True)
    return pd.DataFrame({"score": found.scores, "infeasible": np.isnan(found.scores)}, index=units)


def _slackest(frontier: Frontier, unit: Hashable, point: np.ndarray, factor: float) -> Optimum:
    """Maximise the slacks of one unit; often a single combination reaches its score, which rounding can hide."""
    for room in (0.0, ROOM, 10 * ROOM):
        with suppress(MethodError):
            if optimum := frontier.solve(point - room * np.abs(point), at=factor):
                return optimum
    raise MethodError(f"the slacks of {unit_name(unit)} cannot be found: HiGHS leaves its programme unsolved")
