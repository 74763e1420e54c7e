import numpy as np
import pytest

from evalkit.data.digits import (
    BENFORD,
    UNIFORM,
    chi_square,
    conformity,
    first_digits,
    fit_chance,
    heaping_chance,
    last_digits,
    mean_absolute_deviation,
    orders,
    step_of,
)


@pytest.mark.parametrize(
    ("values", "step"),
    [([790.1, 871.0], 0.1), ([12.25, 3.5], 0.01), ([5000.0, 120.0], 10.0), ([7.0], 1.0), ([np.nan, 0.0], 1.0)],
)
def test_the_last_printed_digit_is_the_finest_that_any_figure_needs(values, step):
    assert step_of(np.array(values)) == pytest.approx(step)


def test_digits_are_counted_at_the_printed_step():
    counts = last_digits(np.array([790.1, 871.0, 12.3, np.nan]), 0.1)
    assert counts.tolist() == [1, 1, 0, 1, 0, 0, 0, 0, 0, 0]
    assert first_digits(np.array([790.1, 0.0072, 1000.0, 0.0, np.nan])).tolist() == [1, 0, 0, 0, 0, 0, 2, 0, 0]


def test_chi_square_by_hand():
    counts = np.array([20] + [10] * 8 + [0])
    assert chi_square(counts, UNIFORM) == pytest.approx((10**2 + 10**2) / 10)


def test_even_digits_are_likely_and_heaped_ones_are_not():
    even, heaped = np.array([11, 9] * 5), np.array([30, 5, 5, 5, 5, 30, 5, 5, 5, 5])
    assert fit_chance(even, UNIFORM) > 0.9
    assert fit_chance(heaped, UNIFORM) == pytest.approx(1 / 2001)


def test_the_chance_of_a_fit_is_about_that_of_the_chi_square_distribution():
    """Of nine degrees of freedom 14.68 is the upper tenth (any table of the distribution)."""
    counts = np.array([135, 65, 100, 100, 105, 95, 140, 100, 60, 100])
    scaled = 100 + (counts - 100) * np.sqrt(14.68 / chi_square(counts, UNIFORM))
    assert fit_chance(scaled, UNIFORM) == pytest.approx(0.1, abs=0.02)


def test_the_chance_of_heaping_by_hand():
    assert heaping_chance(3, 3) == pytest.approx(0.2**3)
    assert heaping_chance(1, 2) == pytest.approx(1 - 0.8**2)
    assert heaping_chance(0, 9) == 1


def test_powers_of_two_follow_the_law_and_their_exponents_do_not():
    """The first digits of 2ⁿ follow Benford's law (a textbook example); those of 1 to 900 are all as frequent."""
    follows, other = first_digits(2.0 ** np.arange(1000)), first_digits(np.arange(1.0, 1000))
    assert follows[0] == 301
    assert conformity(mean_absolute_deviation(follows)) == "close"
    assert conformity(mean_absolute_deviation(other)) == "none"
    assert fit_chance(follows, BENFORD) > 0.5
    assert orders(np.array([0.0, 2.0, 2000.0])) == pytest.approx(3)
    assert orders(np.array([0.0])) == 0
