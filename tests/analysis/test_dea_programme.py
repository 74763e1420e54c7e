import numpy as np
import pytest
import scipy

from evalkit.analysis import dea_programme
from evalkit.analysis.dea import dea, super_efficiency
from evalkit.analysis.dea_programme import Frontier, Model
from evalkit.base.errors import MethodError
from tests.analysis.shops import all_efficient, constant_column, made_up, of_many_sizes

SETS = [
    *((made_up, shape) for shape in [(2, 1, 1), (12, 2, 2), (25, 3, 2), (40, 1, 4), (60, 3, 6)]),
    *((constant_column, shape) for shape in [(11, 2, 2), (30, 2, 3)]),
    *((all_efficient, shape) for shape in [(15, 1, 2), (30, 2, 3)]),
    *((of_many_sizes, shape) for shape in [(20, 2, 2), (50, 3, 2)]),
]
MODELS = [(r, o) for r in ("variable", "constant", "non_increasing") for o in ("output", "input")]


TIGHT = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}


def linear_programme(x, y, unit, returns, orientation, reference):
    """Give the cost, rows, bounds and sums of a unit's programme as the textbooks write it."""
    x, y = x / x.mean(axis=0), y / y.mean(axis=0)
    moved = (0 * x[unit], y[unit]) if orientation == "output" else (-x[unit], 0 * y[unit])
    stays = (x[unit], 0 * y[unit]) if orientation == "output" else (0 * x[unit], -y[unit])
    rows = np.vstack([np.column_stack([x[reference].T, moved[0]]), np.column_stack([-y[reference].T, moved[1]])])
    bounds, total = np.concatenate(stays), np.append(np.ones(len(reference)), 0)
    if returns == "non_increasing":
        rows, bounds = np.vstack([rows, total]), np.append(bounds, 1)
    cost = np.append(np.zeros(len(reference)), -1 if orientation == "output" else 1)
    return cost, rows, bounds, [total] if returns == "variable" else np.empty((0, len(total)))


def solved(programmes, orientation):
    """Solve programmes that share nothing as one, and give the score of each; blanks where it is infeasible."""
    costs, rows, bounds, sums = zip(*programmes, strict=True)
    equal = scipy.sparse.block_diag(sums, format="csr")
    with_sums = {"A_eq": equal, "b_eq": np.ones(equal.shape[0])} if equal.shape[0] else {}
    limits = {"A_ub": scipy.sparse.block_diag(rows, format="csr"), "b_ub": np.concatenate(bounds)}
    found = scipy.optimize.linprog(np.concatenate(costs), **limits, **with_sums, method="highs", options=TIGHT)
    if found.status == 2:
        return [np.nan] * len(costs)
    moved = found.x[np.cumsum([len(cost) for cost in costs]) - 1]
    return (1 / moved if orientation == "output" else moved).tolist()


def by_scipy(frames, returns, orientation):
    (x, y), units = (frame.to_numpy() for frame in frames), range(len(frames[0]))
    return solved([linear_programme(x, y, unit, returns, orientation, units) for unit in units], orientation)


def by_scipy_without_own(frames, returns, orientation):
    """One by one: the unit that is infeasible must not make the others so."""
    (x, y), units = (frame.to_numpy() for frame in frames), range(len(frames[0]))
    others = [[other for other in units if other != unit] for unit in units]
    each = [linear_programme(x, y, unit, returns, orientation, others[unit]) for unit in units]
    return [score for programme in each for score in solved([programme], orientation)]


@pytest.mark.parametrize(("returns", "orientation"), MODELS)
@pytest.mark.parametrize(("kind", "shape"), SETS)
def test_scores_are_those_of_scipy(kind, shape, returns, orientation):
    frames = kind(*shape)
    found = dea(*frames, returns=returns, orientation=orientation)
    assert found.scores.tolist() == pytest.approx(by_scipy(frames, returns, orientation), rel=0, abs=1e-9)


@pytest.mark.parametrize(("returns", "orientation"), MODELS)
@pytest.mark.parametrize("kind", [made_up, all_efficient])
def test_super_efficiency_is_scipys_and_infeasible_where_scipy_says_so(kind, returns, orientation):
    frames = kind(14, 2, 3)
    found = super_efficiency(*frames, returns=returns, orientation=orientation).score
    expected = by_scipy_without_own(frames, returns, orientation)
    assert found.tolist() == pytest.approx(expected, rel=1e-9, nan_ok=True)


@pytest.mark.parametrize(("returns", "orientation"), MODELS)
def test_units_that_enter_as_needed_lead_to_the_same_scores(monkeypatch, returns, orientation):
    frames, choices = made_up(40, 2, 3), {"returns": returns, "orientation": orientation}
    whole, beyond = dea(*frames, **choices), super_efficiency(*frames, **choices)
    monkeypatch.setattr(dea_programme, "SMALL", 0)
    parts = dea(*frames, **choices)
    assert parts.scores.tolist() == pytest.approx(whole.scores.tolist(), rel=1e-12)
    assert super_efficiency(*frames, **choices).score.tolist() == pytest.approx(beyond.score.tolist(), nan_ok=True)
    assert parts.slacks.sum().tolist() == pytest.approx(whole.slacks.sum().tolist(), abs=1e-6)


def test_a_point_out_of_reach_has_no_optimum():
    frontier = Frontier(np.array([[-2.0, 1.0], [-3.0, 3.0]]), Model("variable", "input"))
    assert frontier.solve(np.array([-3.0, 4.0])) is None
    assert frontier.solve(np.array([-3.0, 2.0])).intensities.tolist() == pytest.approx([0.5, 0.5])


class Doubting(Frontier):
    """A frontier that is told of a ray for every point."""

    def _prices(self):
        return np.array([0.0, 1.0, -3.5]), False


def test_a_point_is_out_of_reach_only_where_the_ray_proves_it():
    frontier = Doubting(np.array([[-2.0, 1.0], [-3.0, 3.0]]), Model("variable", "input"))
    assert frontier.solve(np.array([-3.0, 4.0])) is None
    with pytest.raises(MethodError, match="no proof that there is none"):
        frontier.solve(np.array([-3.0, 2.0]))


def test_nothing_is_printed(capfd):
    dea(*made_up(5, 1, 2)).slacks  # noqa: B018
    assert capfd.readouterr() == ("", "")


def test_unknown_words_are_all_refused_with_a_near_name():
    with pytest.raises(MethodError, match=r"(?s)returns.*mean 'constant'.*orientation.*mean 'input'"):
        Model("constnt", "inputs")
