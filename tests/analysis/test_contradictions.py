import numpy as np

from evalkit.analysis.contradictions import outside_range, sums_apart

BLANK = np.nan
WHOLE = np.array([10.0, 10.0, 10.0, 10.0, BLANK])


def test_parts_come_to_the_whole_or_contradict_it():
    parts = np.array([[4.0, 4.0, 4.0, 11.0, 4.0], [6.0, 5.0, BLANK, BLANK, 5.0]])
    assert sums_apart(WHOLE, parts, slack=0.05).tolist() == [False, True, False, True, False]


def test_with_a_rest_they_may_fall_short():
    parts = np.array([[4.0, 4.0, 4.0, 11.0, 4.0], [6.0, 5.0, 7.0, BLANK, 5.0]])
    assert sums_apart(WHOLE, parts, slack=0.05, rest=True).tolist() == [False, False, True, True, False]


def test_a_difference_within_the_slack_is_none():
    parts = np.array([[4.0], [6.04]])
    assert not sums_apart(WHOLE[:1], parts, slack=0.05).any()
    assert sums_apart(WHOLE[:1], parts, slack=0.03).all()


def test_a_mean_lies_among_those_of_its_parts():
    parts = np.array([[8.0, 8.0, 11.0, BLANK, 8.0], [12.0, 9.0, 12.0, 9.0, 9.0]])
    assert outside_range(WHOLE, parts, tolerance=0.01).tolist() == [False, True, True, False, False]
    assert not outside_range(WHOLE, np.empty((0, 5)), tolerance=0.01).any()
