"""Comparisons and rounding of computed numbers, held against exact fractions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evalkit.base.exact import above, as_written, at_least, at_most, below, decimals_of, publish, reached

many = settings(max_examples=300, deadline=None)
figures = st.integers(1, 10**8).map(lambda n: n / 1000)
shares = st.integers(1, 999)


def half_up(exact, decimals):
    """What is printed of an exact number, the half away from zero."""
    units = abs(exact) * 10**decimals
    whole = (units + Fraction(1, 2)).__floor__()
    return float(Fraction(whole, 10**decimals)) * (-1 if exact < 0 else 1) + 0.0


@pytest.mark.parametrize(
    ("score", "printed"),
    [(59.995, 60.00), (2.675, 2.68), (0.005, 0.01), (59.994, 59.99), (60, 60), (-2.675, -2.68), (-0.994, -0.99)],
)
def test_a_score_is_rounded_half_up_as_the_decimal_that_is_read(score, printed):
    assert publish(score) == printed


def test_the_noise_of_a_sum_does_not_decide_a_half():
    means = np.array([[1.65, 17.52], [9.58, 9.59]]) @ [0.5, 0.5]
    assert publish(means).tolist() == [9.59, 9.59]


def test_there_is_no_minus_before_a_zero():
    assert str(publish(-0.004)) == str(publish(-1e-17)) == "0.0"
    assert not np.signbit(publish(np.array([-0.001, -0.0]))).any()


def test_a_blank_stays_blank_and_infinity_infinite():
    assert np.isnan(publish(float("nan")))
    assert publish(float("inf")) == float("inf")


def test_decimals_may_be_asked_for():
    assert (publish(0.9545, 3), publish(82.5, 0)) == (0.955, 83)


@pytest.mark.parametrize(("number", "printed"), [(123456789012.34, 123456789012.34), (9999999999.995, 1e10)])
def test_large_amounts_keep_their_cents(number, printed):
    assert publish(number) == printed


@many
@given(st.integers(-(10**10), 10**10), st.integers(0, 6), st.integers(0, 6))
def test_what_is_written_is_published_as_exact_fractions_say(number, places, decimals):
    written = Fraction(number, 10**places)
    assert publish(float(written), decimals) == half_up(written, decimals)
    assert publish(np.array([float(written)]), decimals).tolist() == [half_up(written, decimals)]


@many
@given(st.lists(st.tuples(st.integers(0, 10_000), shares), min_size=1, max_size=12))
@example([(165, 1), (1752, 1)])
@example([(958, 1), (959, 1)])
def test_a_weighted_mean_is_published_as_exact_fractions_say(parts):
    scores, weights = np.array(parts).T
    exact = sum(Fraction(int(s), 100) * int(w) for s, w in parts) / sum(int(w) for _, w in parts)
    assert publish(float((scores / 100) @ (weights / weights.sum()))) == half_up(exact, 2)


@pytest.mark.parametrize(("span", "decimals"), [(100, 2), (1, 4), (10, 3), (1000, 1), (10_000, 0), (1e6, 0), (30, 3)])
def test_the_decimals_of_a_scale_follow_its_width(span, decimals):
    assert decimals_of(span) == decimals


@many
@given(figures, figures, st.integers(101, 999).map(lambda n: n / 100))
@example(3.0, 4.8, 1.6)
@example(0.7, 1.12, 1.6)
def test_a_ratio_is_held_against_a_bound_as_exact_fractions_say(one, other, bound):
    ratio = as_written(other) / as_written(one)
    assert at_least(other / one, bound) == (ratio >= as_written(bound))
    assert at_most(other / one, bound) == (ratio <= as_written(bound))
    assert above(other / one, bound) == (ratio > as_written(bound))
    assert below(other / one, bound) == (ratio < as_written(bound))


def test_every_change_by_exactly_the_factor_reaches_it():
    before = np.arange(1, 3000) / 10
    after = np.array([float(as_written(figure) * Fraction(8, 5)) for figure in before])
    assert (after / before < 1.6).sum() > 500, "in binary many do not"
    assert at_least(after / before, 1.6).all()
    assert not above(after / before, 1.6).any()


@many
@given(figures, st.integers(1, 99).map(lambda n: n / 100))
def test_what_stands_exactly_at_a_bound_reaches_it(figure, share):
    at = float(as_written(figure) * (1 - as_written(share)))
    excess = (figure - at) / figure
    assert at_least(excess, share)
    assert not above(excess, share)
    assert at_most(figure / share * share, figure)


@many
@given(st.integers(1, 10**10), st.integers(1, 3))
@example(3 * 10**9, 2)
def test_what_misses_a_bound_by_one_does_not_reach_it(bound, short):
    assert not at_least(bound - short, bound)
    assert not at_most(bound + short, bound)


def test_blanks_and_missing_bounds_reach_nothing():
    for compared in (at_least, at_most, above, below):
        assert not compared(float("nan"), 1.0)
        assert not compared(1.0, float("nan"))


def test_infinite_bounds_are_bounds():
    inf = float("inf")
    assert below(1.0, inf)
    assert above(1.0, -inf)
    assert at_least(inf, inf)
    assert not above(inf, inf)


def test_a_figure_is_the_decimal_that_is_written():
    assert as_written(14.3) == Fraction(143, 10)
    with pytest.raises(ValueError, match="nan"):
        as_written(float("nan"))


def test_a_large_milestone_is_not_reached_by_what_misses_it():
    assert not reached(2_999_999_998, 3e9, rises=True)
    assert not reached(3_000_000_001, 3e9, rises=False)
    assert reached(0.1 + 0.2, 0.3, rises=False)
    assert reached(0.1 + 0.7, 0.8, rises=True)


@many
@given(st.integers(1, 10**10), st.integers(1, 10**10), st.booleans())
def test_whole_numbers_reach_one_another_as_they_do(x, level, up):
    assert reached(float(x), float(level), rises=up) == (x >= level if up else x <= level)


def test_a_blank_reaches_nothing():
    assert not reached(np.nan, 1, rises=True)
    assert not reached(1, np.nan, rises=False)
