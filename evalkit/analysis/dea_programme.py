"""The linear programmes of data envelopment: how far a point may move before it meets a frontier.

In netputs, where inputs count below 0 and more is better throughout, every model here is one programme:

    maximise β + rewards · λ   subject to   λ Z − β d ≥ b,   λ ≥ 0,   Σ λ = 1, ≤ 1 or free

with the reference units as rows of Z. Output-oriented, d holds a point's outputs and b its inputs, and β is the
expansion factor; input-oriented the other way about, and −β is the contraction factor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from evalkit.base.errors import MethodError, Problem, one_of

Returns = Literal["variable", "constant", "non_increasing"]
Orientation = Literal["output", "input"]
INFINITY = float("inf")
SUMS = {"variable": (1.0, 1.0), "constant": (-INFINITY, INFINITY), "non_increasing": (-INFINITY, 1.0)}
OPTIONS = {
    "output_flag": False,
    "threads": 1,
    "presolve": "off",  # a warm start has no use for it
    "solver": "simplex",
    "primal_feasibility_tolerance": 1e-10,
    "dual_feasibility_tolerance": 1e-10,
}
PRECISION = 1e-10
TINY = 1e-13
DUAL, PRIMAL = 1, 4
SMALL = 200


@dataclass(frozen=True)
class Model:
    """What is assumed of returns to scale, and which side moves. Raises MethodError for words that it does not know."""

    returns: Returns
    orientation: Orientation

    def __post_init__(self):
        known = {"returns": tuple(SUMS), "orientation": ("output", "input")}
        said = {name: getattr(self, name) for name in known}
        wrong = [Problem(name, repr(said[name]), one_of(said[name], known[name])) for name in known]
        wrong = [problem for problem in wrong if said[problem.where] not in known[problem.where]]
        if wrong:
            raise MethodError("there is no such envelopment", wrong)

    def aim(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Split netputs into the direction d in which they move and the side b that stays."""
        inputs, outputs = np.minimum(points, 0), np.maximum(points, 0)
        return (outputs, inputs) if self.orientation == "output" else (-inputs, outputs)

    def score(self, factor):
        """Give the score that goes with β: 1/β output-oriented, −β input-oriented."""
        return 1 / factor if self.orientation == "output" else -factor

    def factor(self, score):
        """Give the β that goes with a score."""
        return 1 / score if self.orientation == "output" else -score


@dataclass(frozen=True, eq=False)
class Optimum:
    """A solved programme: the peers with their intensities, and the price of each netput."""

    peers: np.ndarray
    intensities: np.ndarray
    prices: np.ndarray


class Frontier:
    """A reference set as one HiGHS model, kept warm from point to point.

    A small set is in the model throughout. Of a large one, units enter as they are needed: after each solution all
    are held against its prices, the most profitable one enters, and a solution stands once none is left.
    """

    def __init__(
        self,
        reference: np.ndarray,
        model: Model,
        *,
        rewards: np.ndarray | None = None,
        start: np.ndarray | None = None,
    ):
        self.reference, self.model = reference, model
        self.rewards = np.zeros(len(reference)) if rewards is None else rewards
        self._entered = np.empty(0, dtype=np.int32)
        self._programme = _programme(reference.shape[1], SUMS[model.returns])
        if start is None:
            start = np.arange(len(reference)) if len(reference) <= SMALL else np.unique(reference.argmax(axis=0))
        self._enter(start)

    def solve(self, point: np.ndarray, *, at: float | None = None, without: int | None = None) -> Optimum | None:
        """Solve for one point of netputs; None where no combination of the reference units reaches it.

        `at` fixes β, so that the rewards alone are maximised; `without` leaves out one reference unit.
        Raises MethodError where HiGHS gives up.
        """
        self._aim(point, at)
        barred = np.flatnonzero(self._entered == without)
        self._allow(barred, 0.0)
        try:
            return self._solved(point, [] if without is None else [without])
        finally:
            self._allow(barred, INFINITY)

    def _solved(self, point: np.ndarray, barred: list[int]) -> Optimum | None:
        while True:
            duals, reached = self._run()
            profit = duals[:-1] @ self.reference.T + duals[-1] + (self.rewards if reached else 0)
            profit[self._entered] = profit[barred] = -INFINITY
            best = int(profit.argmax())
            if profit[best] > PRECISION * max(1, np.abs(duals).max()):
                self._enter(np.array([best]))
            elif reached:
                return self._optimum(duals)
            else:
                return self._refused(point, duals[:-1], barred)

    def _refused(self, point: np.ndarray, ray: np.ndarray, barred: list[int]) -> None:
        """Make sure that a point is out of reach: at the ray's prices its fixed side is above all that units offer."""
        direction, base = self.model.aim(point)
        prices = np.where((direction == 0) & (ray > TINY * ray.max()), ray, 0)
        offers = np.delete(self.reference, barred, axis=0) @ prices
        most = offers.max() if self.model.returns == "variable" else max(offers.max(), 0)
        if prices @ base - most <= PRECISION * (prices @ np.abs(base)) or (
            self.model.returns == "constant" and most > 0
        ):
            raise MethodError(
                "HiGHS leaves a programme unsolved: it finds no solution, and no proof that there is none"
            )

    def _run(self) -> tuple[np.ndarray, bool]:
        """Run, and give the rows' prices; where no point is feasible, a ray that shows it."""
        from highspy import HighsModelStatus

        self._programme.run()
        for strategy in (PRIMAL, DUAL):
            if self._programme.getModelStatus() == HighsModelStatus.kOptimal:
                break
            # HiGHS can miss a point that is only just reached: once more, cold and by the other simplex
            self._programme.clearSolver()
            self._programme.setOptionValue("simplex_strategy", strategy)
            self._programme.run()
        self._programme.setOptionValue("simplex_strategy", DUAL)
        return self._prices()

    def _prices(self) -> tuple[np.ndarray, bool]:
        from highspy import HighsModelStatus

        status = self._programme.getModelStatus()
        if status == HighsModelStatus.kOptimal:
            return np.array(self._programme.getSolution().row_dual), True
        _, known, ray = self._programme.getDualRay()
        if status != HighsModelStatus.kInfeasible or not known:
            raise MethodError(f"HiGHS leaves a programme unsolved: {self._programme.modelStatusToString(status)}")
        return ray, False

    def _optimum(self, duals: np.ndarray) -> Optimum:
        intensities = np.array(self._programme.getSolution().col_value)[1:]
        used = intensities > TINY
        return Optimum(self._entered[used], intensities[used], duals[:-1])

    def _aim(self, point: np.ndarray, at: float | None) -> None:
        direction, base = self.model.aim(point)
        for row, step in enumerate(direction):
            self._programme.changeCoeff(row, 0, -step)
        rows = np.arange(len(point), dtype=np.int32)
        self._programme.changeRowsBounds(len(point), rows, base, np.full(len(point), INFINITY))
        self._programme.changeColBounds(0, *((-INFINITY, INFINITY) if at is None else (at, at)))

    def _allow(self, places: np.ndarray, most: float) -> None:
        for place in places.tolist():
            self._programme.changeColBounds(1 + place, 0.0, most)

    def _enter(self, units: np.ndarray) -> None:
        count, rows = len(units), self.reference.shape[1] + 1
        columns = np.hstack([self.reference[units], np.ones((count, 1))])
        starts, places = np.arange(count) * rows, np.tile(np.arange(rows), count)
        free = np.zeros(count), np.full(count, INFINITY)
        self._programme.addCols(
            count, -self.rewards[units], *free, columns.size, _whole(starts), _whole(places), columns.ravel()
        )
        self._entered = np.append(self._entered, _whole(units))


def _programme(netputs: int, total: tuple[float, float]):
    """Make a model with one row a netput and one for Σ λ, and with β as its only column."""
    from highspy._core import _Highs  # the public class prints a banner while it is being made

    programme = _Highs()
    for name, value in OPTIONS.items():
        programme.setOptionValue(name, value)
    low, high = np.append(np.zeros(netputs), total[0]), np.append(np.full(netputs, INFINITY), total[1])
    rows, starts = _whole(np.arange(netputs)), _whole(np.zeros(netputs + 1))
    programme.addRows(netputs + 1, low, high, 0, starts, rows[:0], np.empty(0))
    programme.addCol(-1.0, -INFINITY, INFINITY, netputs, rows, -np.ones(netputs))
    return programme


def _whole(numbers: np.ndarray) -> np.ndarray:
    return numbers.astype(np.int32)
