import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit import FloorToTarget, GoalpostsScale, Method, MethodError, MinMax, evaluate, rescale
from tests.scoring.small import cases, leaf, panel, quick, system

ends = st.tuples(st.integers(-1000, 1000), st.integers(-1000, 1000)).filter(lambda pair: pair[0] != pair[1])
numbers = st.floats(-1000, 1000)


def near(value):
    return pytest.approx(value, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(("x", "expected"), [(20, 0), (10, 1), (12, 0.8), (25, -0.5)])
def test_rescale_runs_from_worst_to_best_where_worst_is_the_larger(x, expected):
    assert rescale(x, worst=20, best=10) == expected


@quick
@given(ends, st.floats(-2, 3))
def test_rescale_finds_the_share_of_the_way_from_worst_to_best(pair, share):
    worst, best = pair
    assert rescale(worst + share * (best - worst), worst, best) == near(share)


@quick
@given(ends, numbers, numbers, st.floats(0, 1))
def test_rescale_is_affine(pair, x, y, t):
    mixed = t * rescale(x, *pair) + (1 - t) * rescale(y, *pair)
    assert rescale(t * x + (1 - t) * y, *pair) == near(mixed)


@quick
@given(ends, numbers)
def test_rescale_is_the_same_when_the_ends_are_swapped_and_x_is_mirrored(pair, x):
    worst, best = pair
    assert rescale(worst + best - x, best, worst) == near(rescale(x, worst, best))


def test_the_worst_value_scores_zero_without_a_minus_sign():
    scores = GoalpostsScale()(panel({"a": [20, 10]}).values, system(leaf("a", worst=20, best=10)))
    assert [f"{score:.2f}" for score in scores["a"]] == ["0.00", "100.00"]


def test_goalposts_score_each_indicator_in_its_own_direction():
    tree = system(leaf("pupils", worst=26, best=14), leaf("beds", worst=2, best=4))
    scores = GoalpostsScale()(panel({"pupils": [20, 11], "beds": [2.5, 1]}).values, tree)
    assert scores["pupils"].tolist() == [50, 125]
    assert scores["beds"].tolist() == [25, -50]


def test_goalposts_leave_a_blank_blank_and_unscored_indicators_out():
    tree = system(leaf("a"), leaf("b", worst=None, unscored="context"))
    scores = GoalpostsScale()(panel({"a": [40, None], "b": [1, 2]}).values, tree)
    assert list(scores) == ["a"]
    assert scores["a"].isna().tolist() == [False, True]


def test_a_logarithm_is_taken_of_the_value_and_of_both_goalposts():
    tree = system(leaf("income", worst=100, best=10_000, transform="log"))
    scores = GoalpostsScale()(panel({"income": [100, 1000, 10_000, 100_000]}).values, tree)
    assert scores["income"].tolist() == near([0, 50, 100, 150])


def test_min_max_takes_the_logarithm_too():
    tree = system(leaf("income", worst=1, best=10, transform="log"))
    scores = MinMax()(panel({"income": [2, 8, 4]}).values, tree)
    assert scores["income"].tolist() == near([0, 100, 50])


def test_a_logarithm_of_zero_or_less_names_every_cell():
    tree = system(leaf("income", worst=1, best=10, transform="log"))
    with pytest.raises(MethodError, match="above 0") as error:
        GoalpostsScale()(panel({"income": [0, 5, -3]}).values, tree)
    assert [o.where for o in error.value.problems] == ["income of r1 in 2012", "income of r3 in 2012"]


@quick
@given(cases(values=st.floats(-500, 500)))
def test_scores_stay_within_0_and_100_under_the_cap(case):
    drawn, values = case
    scores = evaluate(values, drawn).scores
    assert scores.ge(0).all(axis=None)
    assert scores.le(100 + 1e-9).all(axis=None)


def test_floor_to_target_gives_60_at_the_floor_and_100_at_the_target():
    scores = FloorToTarget()(panel({"a": [70, 80, 90, 100, 60]}).values, system(leaf("a", worst=70, best=90)))
    assert scores["a"].tolist() == near([60, 80, 100, 120, 40])


def test_floor_to_target_where_less_is_better():
    scores = FloorToTarget()(panel({"a": [20, 15, 10]}).values, system(leaf("a", worst=20, best=10)))
    assert scores["a"].tolist() == near([60, 80, 100])


@quick
@given(cases())
def test_a_floor_of_0_points_is_the_plain_scale(case):
    drawn, values = case
    plain = GoalpostsScale()(values.values, drawn)
    pd.testing.assert_frame_equal(FloorToTarget(floor_score=0)(values.values, drawn), plain)


def test_floor_to_target_refuses_a_floor_that_is_only_proposed():
    posts = {"worst_status": "proposed", "best_status": "confirmed"}
    with pytest.raises(MethodError, match="beds: found floor proposed; expected one of confirmed, other-source"):
        FloorToTarget()(panel({"beds": [3]}).values, system(leaf("beds", status=posts)))


def test_floor_to_target_names_every_end_that_is_not_official():
    tree = system(leaf("a", status="proxy"), leaf("b", status="other-source"), leaf("c", status="absent"))
    with pytest.raises(MethodError) as error:
        evaluate(panel({"a": [1], "b": [1], "c": [1]}), tree, Method(normalisation=FloorToTarget()))
    found = [(o.where, o.found) for o in error.value.problems]
    both = [("a", "floor proxy"), ("a", "target proxy"), ("c", "floor absent"), ("c", "target absent")]
    assert found == both


def test_min_max_gives_0_and_100_at_the_extremes_in_the_right_direction():
    tree = system(leaf("more"), leaf("less", worst=100, best=0))
    scores = MinMax()(panel({"more": [3, 7, 5], "less": [3, 7, 4]}).values, tree)
    assert scores["more"].tolist() == [0, 100, 50]
    assert scores["less"].tolist() == [100, 0, 75]


def test_min_max_looks_at_every_year_at_once():
    scores = MinMax()(panel({"a": [0, 4, 6, 10]}, years=(2011, 2012)).values, system(leaf("a")))
    assert scores.loc[("r1", 2012), "a"] == 40


@quick
@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=8, unique=True), st.booleans())
def test_min_max_scores_the_extremes_of_any_panel(values, less_is_better):
    tree = system(leaf("a", worst=int(less_is_better), best=int(not less_is_better)))
    scores = MinMax()(panel({"a": values}).values, tree)["a"].tolist()
    low, high = (100, 0) if less_is_better else (0, 100)
    assert scores[values.index(min(values))] == low
    assert scores[values.index(max(values))] == high


def test_min_max_names_every_indicator_that_does_not_vary():
    tree = system(leaf("a"), leaf("b"), leaf("c"))
    with pytest.raises(MethodError, match="min–max needs values that vary") as error:
        MinMax()(panel({"a": [5, 5], "b": [1, 2], "c": [None, 3]}).values, tree)
    assert [o.where for o in error.value.problems] == ["a", "c"]


def test_a_region_outside_the_panel_moves_min_max_but_not_goalposts():
    tree, few, more = system(leaf("a")), panel({"a": [20, 40]}).values, panel({"a": [20, 40, 60]}).values
    assert MinMax()(few, tree).loc[("r2", 2012), "a"] == 100
    assert MinMax()(more, tree).loc[("r2", 2012), "a"] == 50
    assert GoalpostsScale()(more, tree).loc[("r2", 2012), "a"] == 40
    assert math.isclose(GoalpostsScale()(few, tree).loc[("r2", 2012), "a"], 40)
