import numpy as np
import pytest

from evalkit.analysis import dea_bounds
from evalkit.analysis.dea_bounds import certified, proven, reached
from evalkit.analysis.dea_programme import Frontier, Model, Optimum
from evalkit.analysis.production import Production
from evalkit.base.errors import MethodError
from tests.analysis.shops import BY_HAND, frames, made_up

MODEL = Model("variable", "output")


@pytest.fixture(scope="module")
def netputs():
    return Production.checked(*frames(BY_HAND)).netputs


@pytest.mark.parametrize("returns", ["variable", "constant", "non_increasing"])
@pytest.mark.parametrize("orientation", ["output", "input"])
def test_the_two_bounds_meet(returns, orientation):
    netputs = Production.checked(*made_up(30, 2, 3)).netputs
    found = certified(netputs, netputs, Model(returns, orientation), range(30))
    assert found.gap.max() < 1e-9
    low = proven(netputs, netputs, Model(returns, orientation), found.prices)
    assert found.scores.tolist() == pytest.approx(low.tolist(), abs=1e-9)


def test_prices_that_are_not_the_best_prove_only_a_lower_score(netputs):
    low = proven(netputs, netputs[3:], MODEL, np.array([[1.0, 1.0]]))
    # D at (4, 2): two thirds of the way from (3, 3) to (6, 5) is 11/3, so its score is 6/11
    assert 0 < low[0] < 6 / 11 - 1e-3


def test_intensities_that_overreach_are_seen_to_miss(netputs):
    wrong = Optimum(np.array([2]), np.array([1.0]), np.ones(2))
    score, missed = reached(netputs, netputs[3], MODEL, wrong)
    assert score == pytest.approx(2 / 5)
    assert missed == pytest.approx(6 / 4 - 1)


class Careless(Frontier):
    """A solver that takes every unit for its own best peer."""

    def solve(self, point, *, at=None, without=None):
        optimum = super().solve(point, at=at, without=without)
        own = np.flatnonzero((self.reference == point).all(axis=1))
        return Optimum(own, np.ones(1), optimum.prices)


class CarelessOnce(Careless):
    """A solver that is careful on a unit's own scale, where all its netputs are 1 in size."""

    def solve(self, point, *, at=None, without=None):
        careful = (np.abs(point) == 1).all()
        return (Frontier if careful else Careless).solve(self, point, at=at, without=without)


def test_a_wrong_score_is_caught_and_named(netputs, monkeypatch):
    monkeypatch.setattr(dea_bounds, "Frontier", Careless)
    with pytest.raises(MethodError, match=r"cannot be certified\n  - D: found 4\.5e-01") as caught:
        certified(netputs, netputs, MODEL, list("ABCD"))
    assert len(caught.value.problems) == 1


class Stuck(Frontier):
    """A solver that gives up."""

    def solve(self, point, *, at=None, without=None):
        raise MethodError("HiGHS leaves a programme unsolved")


@pytest.mark.parametrize("without_own", [False, True])
def test_units_whose_programme_stays_unsolved_are_named_and_never_taken_for_infeasible(
    netputs, monkeypatch, without_own
):
    monkeypatch.setattr(dea_bounds, "Frontier", Stuck)
    with pytest.raises(MethodError, match=r"- A: found inf between its bounds.*\n  - B: (.*\n){2}  - D: "):
        certified(netputs, netputs, MODEL, list("ABCD"), without_own=without_own)


def test_a_wrong_score_is_mended_by_solving_again_on_the_units_own_scale(netputs, monkeypatch):
    monkeypatch.setattr(dea_bounds, "Frontier", CarelessOnce)
    found = certified(netputs, netputs, MODEL, list("ABCD"))
    assert found.scores[3] == pytest.approx(6 / 11)
    assert found.gap.max() < 1e-9
