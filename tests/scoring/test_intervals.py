import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evalkit import Categorical, Interval, MethodError
from evalkit.scoring.intervals import steps
from tests.scoring.small import leaf, panel, quick, system

CLASS_SIZE = {"a": {"low_bound": 10, "low": 20, "high": 30, "high_bound": 50}}
GRADES = {"a": {"thresholds": (60, 85), "points": (0, 50, 100)}}
FALLING = {"a": {"thresholds": (60, 85), "points": (100, 50, 0)}}
UP, DOWN = system(leaf("a")), system(leaf("a", worst=100, best=0))


def scores(scale, values, tree=UP):
    return scale(panel({"a": values}).values, tree)["a"].tolist()


def test_full_marks_inside_and_none_beyond_the_permitted_bounds():
    found = scores(Interval(indicators=CLASS_SIZE), [5, 10, 15, 20, 25, 30, 45, 50, 60])
    assert found == [0, 0, 50, 100, 100, 100, 25, 0, 0]


def test_a_range_stretches_the_interval():
    assert scores(Interval(indicators=CLASS_SIZE, range=(20, 80)), [5, 15, 25]) == [20, 50, 80]


@quick
@given(st.lists(st.integers(-10, 80), min_size=1, max_size=6))
def test_an_interval_mirrors_about_zero(values):
    mirrored = {"a": {"low_bound": -50, "low": -30, "high": -20, "high_bound": -10}}
    turned = scores(Interval(indicators=mirrored), [-x for x in values])
    assert turned == pytest.approx(scores(Interval(indicators=CLASS_SIZE), values))


@pytest.mark.parametrize("scale", [Interval(indicators=CLASS_SIZE), Categorical(indicators=GRADES)])
def test_a_blank_stays_blank(scale):
    assert np.isnan(scores(scale, [None, 25])[0])


@pytest.mark.parametrize("scale", [Interval(indicators=CLASS_SIZE), Categorical(indicators=GRADES)])
def test_indicators_that_are_not_declared_are_scored_on_their_goalposts(scale):
    tree = system(leaf("a"), leaf("b", worst=10, best=20))
    assert scale(panel({"a": [25, 25], "b": [12, 20]}).values, tree)["b"].tolist() == [20, 100]


@pytest.mark.parametrize("ends", [(20, 10, 30, 50), (10, 30, 20, 50), (10, 20, 50, 50)])
def test_an_interval_is_declared_in_order(ends):
    with pytest.raises(ValidationError, match="low_bound < low <= high < high_bound"):
        Interval(indicators={"a": dict(zip(CLASS_SIZE["a"], ends, strict=True))})


def test_a_threshold_belongs_to_the_better_class():
    assert scores(Categorical(indicators=GRADES), [59, 60, 84, 85, 99]) == [0, 50, 50, 100, 100]
    assert scores(Categorical(indicators=FALLING), [59, 60, 84, 85, 99], DOWN) == [100, 100, 50, 50, 0]


def test_noise_moves_no_value_over_a_threshold():
    assert steps(np.array([0.1 + 0.7]), (0.8,), (0, 100)).tolist() == [100]
    assert steps(np.array([0.1 + 0.2]), (0.3,), (100, 0)).tolist() == [100]


@quick
@given(st.lists(st.integers(50, 90), min_size=1, max_size=6))
def test_the_two_directions_of_classes_mirror_each_other(values):
    mirrored = {"a": {"thresholds": (-85, -60), "points": (100, 50, 0)}}
    turned = scores(Categorical(indicators=mirrored), [-x for x in values], DOWN)
    assert turned == scores(Categorical(indicators=GRADES), values)


def test_points_that_run_against_the_goalposts_are_refused():
    with pytest.raises(MethodError, match="a: found goalposts falling, points rising; expected one direction"):
        scores(Categorical(indicators=GRADES), [60], DOWN)


@pytest.mark.parametrize(
    ("thresholds", "points", "expected"),
    [
        ((60, 85), (0, 100), "3 points, one more than thresholds"),
        ((85, 60), (0, 50, 100), "thresholds that rise"),
        ((60, 85), (0, 100, 50), "points that all rise or all fall"),
        ((60,), (0, 120), "points from 0 to 100 for a"),
    ],
)
def test_classes_are_declared_in_order(thresholds, points, expected):
    with pytest.raises(ValidationError, match=expected):
        Categorical(indicators={"a": {"thresholds": thresholds, "points": points}})


@pytest.mark.parametrize(
    "scale", [Interval(indicators={"pupil": CLASS_SIZE["a"]}), Categorical(indicators={"pupil": GRADES["a"]})]
)
def test_an_unknown_code_is_refused_with_a_near_name(scale):
    with pytest.raises(MethodError, match=r"found 'pupil'; expected one of pupils .did you mean 'pupils'"):
        scale(panel({"pupils": [1]}).values, system(leaf("pupils")))
