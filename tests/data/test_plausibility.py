from statistics import NormalDist

import numpy as np
import pytest

from evalkit.data.plausibility import (
    centre,
    chance_of_flag,
    cutoff,
    drawn_by_chance,
    power_of_ten,
    robust_z,
    row_medians,
    same_by_chance,
    simulated_size,
)

BLANK = np.nan


def test_robust_z_of_rows_by_hand():
    found = centre(np.array([[1.0, 2.0, 3.0, 4.0, 10.0], [5.0, 5.0, 5.0, 9.0, BLANK], [BLANK] * 5]))
    assert found.middle.tolist()[:2] == [3.0, 5.0]
    assert found.spread.tolist()[:2] == [pytest.approx(1.4826), 0.0]
    assert found.n.tolist() == [5, 4, 0]
    assert np.isnan([found.middle[2], found.spread[2]]).all()


def test_a_spread_of_noise_is_none():
    assert centre(np.array([[0.1 + 0.2, 0.3, 0.3, 0.1 * 3]])).spread.tolist() == [0.0]


def test_medians_of_rows_are_those_of_numpy():
    rows = np.random.default_rng(1).normal(size=(50, 7))
    rows[rows > 1] = BLANK
    assert row_medians(rows) == pytest.approx(np.nanmedian(rows, axis=1))
    assert np.isnan(row_medians(np.empty((2, 0)))).all()


def test_the_robust_z_of_one_series_is_that_of_its_row():
    series = np.array([3.0, 1.0, 4.0, 1.0, 5.0, 9.0])
    found = centre(series[None])
    assert robust_z(series) == pytest.approx((series - found.middle[0]) / found.spread[0])


def test_the_cutoff_of_many_is_that_of_the_normal_distribution_and_wider_of_few():
    chance = 0.005
    few, more, many = cutoff(np.array([5, 11, 5000]), chance)
    assert many == pytest.approx(NormalDist().inv_cdf(1 - chance / 2), rel=0.03)
    assert few > more > many


def test_a_share_of_right_values_as_large_as_the_chance_is_beyond_the_cutoff():
    drawn = np.random.default_rng(7).normal(5, 3, size=(20_000, 11))
    found = centre(drawn)
    z = np.abs(drawn - found.middle[:, None]) / found.spread[:, None]
    assert (z > cutoff(np.array([11]), 0.01)).mean() == pytest.approx(0.01, rel=0.08)


def test_a_flag_that_need_not_be_apart_has_the_chance_of_the_cutoff_and_more_under_heavy_tails():
    n, apart = np.array([11, 60]), np.array([0.0, 0.0])
    normal, heavy = (chance_of_flag(n, 0.005, apart, tails) for tails in ("normal", "heavy"))
    assert normal == pytest.approx(0.005, rel=0.01)
    assert (heavy > 2 * normal).all()


def test_one_that_must_be_far_apart_has_the_chance_of_that_distance():
    """Far beyond the cutoff of many values the probability is that of the normal distribution: 2(1 − Φ(3.5))."""
    found = chance_of_flag(np.array([200, 200]), 0.01, np.array([3.5, np.nan]))
    assert found[0] == pytest.approx(2 * (1 - NormalDist().cdf(3.5)), rel=0.3)
    assert np.isnan(found[1])


def test_heavy_tails_have_the_same_spread():
    for tails in ("normal", "heavy"):
        _, distances = drawn_by_chance(400, tails)
        assert 1.4826 * np.median(distances) == pytest.approx(1, rel=0.02)


def test_between_the_simulated_sizes_the_smaller_one_stands():
    assert simulated_size(np.array([0, 3, 13, 59, 60, 10**6])).tolist() == [3, 3, 12, 40, 60, 1000]


@pytest.mark.parametrize(
    ("value", "reference", "power"),
    [(8700, 0.87, 4), (0.93, 93, -2), (930, 93, 1), (16, 1, 1), (17, 1, 0), (5, 1, 0), (1e6, 1, 0), (0, 5, 0)],
)
def test_a_slip_is_a_power_of_ten_but_for_a_factor(value, reference, power):
    assert power_of_ten(np.array([value]), np.array([reference]), within=1.6).tolist() == [power]


def test_a_figure_seldom_comes_out_the_same_by_chance():
    """Of figures of about 500 that move by 5 per cent, 1 in about 63 comes out the same: 1/500 over 0.05·√(2π)."""
    found = same_by_chance(np.array([500.0]), np.array([1.0]), 0.0, 0.05)
    assert found.tolist() == [pytest.approx(1 / 500 / 0.05 / 2.5066, rel=1e-4)]
    rng = np.random.default_rng(3)
    moved = np.rint(500 * np.exp(rng.normal(0, 0.05, 200_000)))
    assert found[0] == pytest.approx((moved == 500).mean(), rel=0.05)
    assert np.isnan(same_by_chance(np.array([500.0]), np.array([1.0]), 0.0, 0.0)).all()
