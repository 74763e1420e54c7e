import numpy as np
import pytest

from evalkit.analysis import unusual
from evalkit.analysis.unusual import changes, moved_together, repeated_among, repeated_in_time
from evalkit.data.plausibility import cutoff

BLANK = np.nan


def held(rows, *, apart=0.0, spread=None):
    rows = np.array(rows, dtype=float)
    return unusual.Tested(rows, 0.005, apart, 4, None if spread is None else np.full(len(rows), spread))


def test_the_one_that_is_out_of_line_is_flagged_by_hand():
    found = held([[0.0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 1.0]])
    assert found.flagged.tolist() == [[False] * 10 + [True]]
    assert found.z[0, -1] == pytest.approx((1.0 - 0.05) / (1.4826 * 0.03))
    assert found.bound.tolist() == cutoff(np.array([11]), 0.005).tolist()


def test_what_is_out_of_line_but_not_apart_is_not_flagged():
    row = [[0.0, 0.001, 0.002, 0.003, 0.004, 0.005, 0.006, 0.007, 0.008, 0.009, 0.09]]
    assert held(row).flagged[0, -1]
    assert not held(row, apart=0.1).flagged.any()


def test_of_too_few_or_of_equal_ones_nothing_is_tested():
    found = held([[1.0, 2.0, 9.0, BLANK, BLANK], [1.0, 1.0, 1.0, 1.0, 9.0]])
    assert (found.tested, found.flagged.any(), found.expected()) == (0, False, 0)


def test_as_many_are_flagged_in_right_figures_as_are_expected_by_chance():
    rows = np.random.default_rng(4).normal(0.05, 0.1, size=(4000, 11))
    found, apart = held(rows), held(rows, apart=0.25, spread=0.1)
    assert found.flagged.sum() == pytest.approx(found.expected(), rel=0.15)
    assert apart.flagged.sum() < found.flagged.sum()
    assert apart.flagged.sum() == pytest.approx(apart.expected(), rel=0.15)
    assert found.expected("heavy") > 1.5 * found.expected()
    assert held(rows).expected() == pytest.approx(0.005 * rows.size, rel=0.001)


def test_changes_are_of_logarithms_and_blank_where_there_is_none():
    found = changes(np.array([[100.0, 200.0, 0.0, 50.0, BLANK, 5.0]]))
    assert found[0, 0] == pytest.approx(np.log(2))
    assert np.isnan(found[0, 1:]).all()


def test_a_year_in_which_all_regions_move_otherwise_is_unlikely():
    moved = np.random.default_rng(2).normal(0.03, 0.01, size=(11, 5))
    assert moved_together(moved, least=4).min() > 0.001
    moved[:, 3] += 0.3
    found = moved_together(moved, least=4)
    assert found.argmin() == 3
    # every region ranks the year last of five: z = (5 − 3) / √(24 / 132)
    assert found[3] == pytest.approx(1.365e-06, rel=0.01)


def test_years_that_are_as_far_share_their_rank_and_say_nothing():
    assert moved_together(np.zeros((11, 5)), least=4).tolist() == [0.5] * 5
    assert np.isnan(moved_together(np.zeros((3, 5)), least=4)).all()
    assert np.isnan(moved_together(np.zeros((11, 3)), least=4)).all()


def test_a_figure_that_repeats_the_one_before_is_found_where_chance_seldom_does_it():
    values = 1e6 * np.cumprod(np.exp(np.random.default_rng(5).normal(0.05, 0.03, size=(11, 6))), axis=1).round(6)
    values[4, 3] = values[4, 2]
    found = repeated_in_time(values, np.ones(6), at_most=0.01)
    assert np.argwhere(found.flagged).tolist() == [[4, 2]]
    assert found.expected < 0.01


def test_where_figures_often_stay_the_same_no_repeat_is_flagged():
    values = np.tile([[12.0], [13.0], [14.0], [15.0]], 5)
    assert repeated_in_time(values, np.ones(5), at_most=0.01).tested == 0


def test_small_counts_repeat_by_chance():
    values = np.array([[20.0, 21.0], [22.0, 22.0], [30.0, 33.0], [40.0, 39.0]])
    assert not repeated_in_time(values, np.ones(2), at_most=0.01).flagged.any()


def test_a_figure_of_two_regions_is_found_where_chance_seldom_does_it():
    values = np.array([103_412.0, 250_113.0, 250_113.0, 887_512.0, 55_014.0, BLANK])
    found = repeated_among(values, 1.0, at_most=0.005)
    assert found.flagged.tolist() == [False, True, True, False, False, False]
    assert not repeated_among(np.array([3.0, 4.0, 4.0, 9.0, 2.0]), 1.0, at_most=0.005).flagged.any()


def test_the_chance_of_one_figure_in_two_regions_is_that_of_draws():
    rng = np.random.default_rng(6)
    drawn = np.rint(np.exp(rng.normal(6, 0.8, size=(3000, 11))))
    same = np.array([[(row == one).sum() > 1 for one in row] for row in drawn])
    chances = np.array([repeated_among(row, 1.0, at_most=1.0).chance for row in drawn])
    assert np.median(chances.sum(axis=1)) == pytest.approx(same.sum(axis=1).mean(), rel=0.25)
