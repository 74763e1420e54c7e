import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from evalkit import MethodError
from evalkit.scoring import uncertainty_sources
from evalkit.scoring.uncertainty_sources import (
    Choice,
    DirichletWeights,
    ExpertWeights,
    Inclusion,
    MeasurementError,
    Uncertainty,
    WeightNoise,
    pick,
    weighted_nodes,
)
from tests.scoring.small import group, leaf, system

DRAWS = 20_000


def nested():
    return system(leaf("a"), group("g", leaf("b"), leaf("c"), leaf("d")))


def numbers(columns=1):
    return np.random.default_rng(1).random((DRAWS, columns))


def base(**weights):
    return pd.DataFrame([weights] * DRAWS)


def test_every_scored_node_but_the_root_has_a_weight():
    assert weighted_nodes(nested()) == ["a", "g", "b", "c", "d"]


def test_options_are_picked_all_alike():
    assert pick(np.array([0, 0.33, 0.34, 0.99, 1 - 1e-16]), 3).tolist() == [0, 0, 1, 2, 2]


def test_weight_noise_is_uniform_within_its_spread():
    found = WeightNoise(spread=0.2).weights(base(a=0.5), numbers(), system(leaf("a")))["a"]
    assert found.between(0.4, 0.6).all()
    assert found.mean() == pytest.approx(0.5, abs=0.002)
    assert found.std() == pytest.approx(0.2 / np.sqrt(12), abs=0.002)


def dirichlet(concentration, **weights):
    drawn = DirichletWeights(concentration=concentration).weights(base(**weights), numbers(len(weights)), nested())
    return drawn.div(drawn.sum(axis=1), axis=0)


def test_dirichlet_weights_have_the_mean_and_deviation_of_theory():
    found, means = dirichlet(20, b=0.2, c=0.3, d=0.5), np.array([0.2, 0.3, 0.5])
    assert found.mean().to_numpy() == pytest.approx(means, abs=0.003)
    assert found.std().to_numpy() == pytest.approx(np.sqrt(means * (1 - means) / 21), abs=0.003)


def test_dirichlet_weights_at_100_leave_a_half_with_a_deviation_of_a_twentieth():
    assert dirichlet(100, b=0.5, c=0.5)["b"].std() == pytest.approx(0.05, abs=0.001)


def test_a_weight_of_0_stays_0_under_dirichlet():
    found = dirichlet(20, b=0.0, c=0.4, d=0.6)
    assert (found["b"] == 0).all()
    assert found["c"].mean() == pytest.approx(0.4, abs=0.003)


def test_each_draw_takes_the_weights_of_one_expert_and_keeps_the_others():
    source = ExpertWeights(experts={"x": {"b": 3, "c": 1, "d": 0}, "y": {"a": 2, "g": 1}})
    u = np.array([[0.1], [0.9]])
    before = pd.DataFrame([{"a": 0.5, "g": 0.5, "b": 0.2, "c": 0.2, "d": 0.6}] * 2)
    assert source.picks(u, nested()).tolist() == ["x", "y"]
    assert source.weights(before, u, nested()).to_numpy().tolist() == [[0.5, 0.5, 3, 1, 0], [2, 1, 0.2, 0.2, 0.6]]


def test_an_indicator_is_left_out_by_a_weight_of_0():
    source, u = Inclusion(indicators=("b", "d")), np.array([[0.1], [0.5], [0.9]])
    found = source.weights(pd.DataFrame([{"b": 0.3, "c": 0.3, "d": 0.4}] * 3), u, nested())
    assert source.picks(u, nested()).tolist() == ["", "b", "d"]
    assert found.to_numpy().tolist() == [[0.3, 0.3, 0.4], [0, 0.3, 0.4], [0.3, 0.3, 0]]


def test_without_names_every_scored_indicator_may_be_left_out():
    left_out = Inclusion().picks(numbers(), nested())
    assert pd.Series(left_out).value_counts(normalize=True).to_dict() == pytest.approx(
        dict.fromkeys(["", "a", "b", "c", "d"], 0.2), abs=0.01
    )


def test_measurement_errors_are_normal_and_relative():
    source = MeasurementError(relative=0.05)
    factors = source.factors(source.picks(numbers()[:50], nested()), (100, 4))
    assert factors.shape == (50, 100, 4)
    assert factors.mean() == pytest.approx(1, abs=0.002)
    assert factors.std() == pytest.approx(0.05, abs=0.002)


def test_one_seed_gives_one_set_of_errors():
    again = MeasurementError().factors(np.array([7, 8, 7]), (3, 2))
    assert (again[0] == again[2]).all()
    assert (again[0] != again[1]).all()


def test_experts_may_weigh_only_nodes_that_are_scored():
    source = ExpertWeights(experts={"x": {"P3": 1}, "y": {"index": 1}})
    tree = system(leaf("P03"), leaf("a"))
    with pytest.raises(MethodError, match=r"weights of x: found 'P3'; .*did you mean 'P03'") as error:
        source.dimensions(tree)
    assert [o.found for o in error.value.problems] == ["'P3'", "'index'"]


def test_an_expert_weighs_all_siblings_or_none():
    with pytest.raises(
        MethodError, match="weights of x: found no weight for c, d; expected weights for all of b, c, d"
    ):
        ExpertWeights(experts={"x": {"b": 1}}).dimensions(nested())


def test_an_expert_may_not_give_all_siblings_0():
    with pytest.raises(MethodError, match="weights of x: found 0 for a, g"):
        ExpertWeights(experts={"x": {"a": 0, "g": 0}}).dimensions(nested())


@pytest.mark.parametrize("weight", [-1, float("inf"), float("nan")])
def test_an_experts_weight_is_a_finite_number_of_0_or_more(weight):
    with pytest.raises(ValidationError, match=r"experts\.x\.a"):
        ExpertWeights(experts={"x": {"a": weight, "g": 1}})


def test_only_a_scored_indicator_with_siblings_can_be_left_out():
    tree = system(group("g", leaf("lone")), leaf("pupils"), leaf("show", worst=None, unscored="context"))
    with pytest.raises(MethodError, match="did you mean 'pupils'") as error:
        Inclusion(indicators=("pupil", "show", "lone")).dimensions(tree)
    assert [o.found for o in error.value.problems] == ["'pupil'", "'show'", "'lone', alone in its node"]


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        ({"kind": "choice", "of": "cap", "options": (False,)}, "cap"),
        ({"kind": "measurement_error"}, "measurement_error"),
        ({"kind": "dirichlet"}, "dirichlet"),
        ({"kind": "expert_weights", "experts": {"x": {"a": 1.0}}}, "expert_weights"),
    ],
)
def test_what_only_one_source_can_draw_is_refused_in_two(kind, named):
    with pytest.raises(ValidationError, match=f"not {named} in several"):
        Uncertainty(sources={"one": kind, "two": kind})


def test_a_choice_of_something_else_is_refused():
    with pytest.raises(ValidationError, match="of"):
        Choice(of="colour", options=("red",))


def test_sources_come_kind_after_kind():
    design = Uncertainty(sources={"n": WeightNoise(), "i": Inclusion(), "m": WeightNoise()})
    assert list(design.of_kind(Inclusion, WeightNoise)) == ["i", "n", "m"]


def test_a_library_that_is_not_installed_is_named_with_the_remedy():
    with pytest.raises(MethodError, match=r"nowhere: found not installed; .*pip install 'evalkit\[uncertainty\]'"):
        uncertainty_sources.library("nowhere.at.all")


@pytest.mark.parametrize(
    ("level", "moved"), [("group", ["g"]), ("indicator", ["a", "b", "c", "d"]), (None, list("agbcd"))]
)
def test_weight_noise_of_a_level_moves_its_weights_only(level, moved):
    source, weights = WeightNoise(level=level, spread=0.5), base(a=0.5, g=0.5, b=0.2, c=0.3, d=0.5)
    assert source.dimensions(nested()) == len(moved)
    found = source.weights(weights, numbers(len(moved)), nested())
    assert list(found.columns[found.nunique() > 1]) == moved
    assert found[moved].div(weights[moved]).std().to_numpy() == pytest.approx(0.5 / np.sqrt(3), abs=0.01)


def test_levels_may_have_noise_of_their_own():
    sources = {"groups": WeightNoise(level="group", spread=0.1), "leaves": WeightNoise(level="indicator", spread=1)}
    assert list(Uncertainty(sources=sources).of_kind(WeightNoise)) == ["groups", "leaves"]


def test_noise_of_a_level_that_has_no_weights_is_refused():
    with pytest.raises(MethodError, match=r"level of weight noise: found 'project'; expected one of indicator, group"):
        WeightNoise(level="project").dimensions(nested())
