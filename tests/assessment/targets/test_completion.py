import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.assessment.targets.completion import completion, interval_completion, progress, quota_completion
from tests.index.test_target import KINDS, aimed
from tests.scoring.small import quick

values = st.floats(0, 200).map(lambda value: round(value, 3))
NAN = float("nan")


@pytest.mark.parametrize(
    ("x", "expected"),
    [(80, 0), (79, 0), (83, 50), (85.4, 90), (86, 100), (95, 100), (NAN, NAN)],
)
def test_completion_runs_from_the_baseline_to_the_milestone(x, expected):
    assert completion(x, 80, 86, rises=True, scale=90) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(("x", "expected"), [(20, 0), (22, 0), (17, 50), (14, 100), (3, 100)])
def test_a_ceiling_runs_downwards(x, expected):
    assert completion(x, 20, 14, rises=False, scale=10) == pytest.approx(expected)


@pytest.mark.parametrize(("x", "expected"), [(96, 100), (95, 100), (90.25, 95), (0, 0), (-1, 0)])
def test_a_baseline_at_the_milestone_is_full_while_it_is_held_and_falls_as_it_slips(x, expected):
    assert completion(x, 97, 95, rises=True, scale=95) == pytest.approx(expected)


@pytest.mark.parametrize(("x", "milestone", "expected"), [(3, 4, 100), (4.2, 4, 95), (9, 4, 0), (0, 0, 100), (1, 0, 0)])
def test_a_ceiling_that_was_kept_is_held_to_the_same(x, milestone, expected):
    assert completion(x, 0, milestone, rises=False, scale=milestone) == pytest.approx(expected)


def test_without_a_baseline_there_is_no_completion_even_at_the_milestone():
    assert np.isnan(completion(np.array([3, 9]), NAN, 8, rises=True, scale=90)).all()


def test_the_noise_of_a_straight_line_costs_no_completion():
    milestone = 0.1 + 0.2
    assert completion(0.3, 0, milestone, rises=True, scale=1) == 100


@quick
@given(values, values, values, values, st.booleans())
def test_a_better_value_never_lowers_completion(x, y, baseline, milestone, up):
    worse, better = sorted((x, y), reverse=not up)
    assert completion(worse, baseline, milestone, rises=up, scale=milestone) <= completion(
        better, baseline, milestone, rises=up, scale=milestone
    )


@pytest.mark.parametrize(
    ("x", "expected"),
    [(60, 100), (80, 100), (70, 100), (50, 50), (40, 0), (30, 0), (90, 50), (100, 0), (110, 0), (NAN, NAN)],
)
def test_an_interval_is_full_inside_and_linear_to_its_permitted_bounds(x, expected):
    assert interval_completion(x, KINDS["interval"]) == pytest.approx(expected, nan_ok=True)


def test_an_interval_may_begin_at_its_permitted_bound():
    target = aimed(kind="interval", value=0, upper=60, permitted=(0, 100))
    assert interval_completion(np.array([-1.0, 0, 60, 80]), target).tolist() == [0, 100, 100, 50]


@quick
@given(values)
def test_no_value_of_an_interval_is_worth_more_than_one_inside(x):
    assert interval_completion(x, KINDS["interval"]) <= interval_completion(70, KINDS["interval"])


@pytest.mark.parametrize(
    ("x", "quota", "made", "asked", "expected"),
    [
        (200, 200, 400, 400, 100),
        (150, 200, 450, 400, 75),
        (300, 200, 350, 400, 87.5),
        (0, 200, 500, 400, 0),
        (5, 0, 205, 200, 100),
        (200, 200, NAN, 400, NAN),
    ],
)
def test_the_worse_of_the_year_and_the_sum_counts(x, quota, made, asked, expected):
    assert quota_completion(x, quota, made, asked) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("x", "before", "milestone", "expected"),
    [
        (84, 80, 88, 0.5),
        (88, 80, 88, 1),
        (90, 80, 88, 1),
        (79, 80, 88, 0),
        (80, 80, 88, 0),
        (89, 89, 88, 1),
        (88.5, 89, 88, 0),
        (100, 101, 88, 1),
        (100, NAN, 88, 1),
        (99, NAN, 88, NAN),
        (NAN, 80, 88, NAN),
    ],
)
def test_progress_is_the_change_over_the_change_required(x, before, milestone, expected):
    assert progress(x, before, milestone, goal=100, rises=True) == pytest.approx(expected, nan_ok=True)


def test_progress_of_a_ceiling_counts_downwards():
    assert progress(17, 20, 14, goal=10, rises=False) == 0.5
    assert progress(21, 20, 14, goal=10, rises=False) == 0
    assert progress(10, 9, 14, goal=10, rises=False) == 1


@quick
@given(values, values, values, values)
def test_a_better_value_never_lowers_progress(x, y, before, milestone):
    low, high = sorted((x, y))
    goal = 100
    assert progress(low, before, milestone, goal=goal, rises=True) <= progress(
        high, before, milestone, goal=goal, rises=True
    )


def test_the_ends_of_an_interval_are_inside_whatever_noise_a_value_has():
    narrow = aimed(kind="interval", value=0.3, upper=0.8, permitted=(0.1, 1))
    assert interval_completion(np.array([0.1 + 0.7, 0.3, 0.8 + 1e-16]), narrow).tolist() == [100, 100, 100]


def test_a_gap_that_widens_is_no_progress_within_its_target_either():
    held = {"goal": 0.2, "rises": False}
    assert progress(0.15, 0.1, 0.25, **held) == 1
    assert progress(0.15, 0.1, 0.25, **held, narrows=True) == 0
    assert progress(0.15, 0.15, 0.25, **held, narrows=True) == progress(0.1, 0.15, 0.25, **held, narrows=True) == 1
    assert np.isnan(progress(0.15, np.nan, 0.25, **held, narrows=True))
