import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.base.exact import publish
from evalkit.scoring.draws import Draws, competition
from tests.scoring.small import quick


def draws(scores, base=None, decimals=2):
    """Draws by hand: one row a draw, one column a region."""
    scores = np.array(scores, dtype=float)
    base = scores[0] if base is None else np.array(base, dtype=float)
    regions = tuple("ABCDEFGH"[: scores.shape[1]])
    decimals = np.full(len(scores), decimals)
    return Draws(scores, regions, 2012, base, pd.DataFrame(), pd.DataFrame(), decimals, decimals[0])


# ranks: 1 2 3; 1 2 3; 2 1 3; 1 2 2
FOUR = [[90, 80, 70], [90, 80, 70], [85, 95, 70], [90, 60, 60]]


@pytest.fixture(scope="module")
def noisy():
    return draws(np.random.default_rng(1).normal([60, 50, 50, 40, 10], 5, (500, 5)), base=[60, 50, 50, 40, 10])


def test_ties_share_the_better_rank():
    assert competition(np.array([[70, 90, 80, 80, 60]])).tolist() == [[4, 1, 2, 2, 5]]


def test_ranks_rest_on_scores_as_they_are_published():
    assert competition(np.array([[50.001, 50.004, 50.005, 49]])).tolist() == [[2, 2, 1, 4]]


def test_ranks_of_draws_have_the_decimals_of_their_scale():
    scores = [[0.5312, 0.5314, 0.5], [0.53121, 0.53124, 0.5]]
    assert draws(scores, decimals=4).ranks.tolist() == [[2, 1, 3], [1, 1, 3]]
    assert draws(scores, decimals=4).rank_interval()["rank"].to_list() == [2, 1, 3]
    assert draws(scores, decimals=2).ranks.tolist() == [[1, 1, 3], [1, 1, 3]]


@pytest.mark.parametrize("score", [59.995, 59.99499999999999, 0.005, 1.005, 2.675, 99.99499999])
def test_a_score_near_a_half_is_read_as_the_decimal_that_it_prints(score):
    assert competition(np.array([[score, publish(score)]])).tolist() == [[1, 1]]


def test_ranks_of_every_draw():
    assert draws(FOUR).ranks.tolist() == [[1, 2, 3], [1, 2, 3], [2, 1, 3], [1, 2, 2]]


def test_the_interval_of_ranks_holds_its_share_of_the_draws():
    found = draws(FOUR).rank_interval(0.5)
    assert found.loc["A"].to_dict() == {"rank": 1, "median": 1, "low": 1, "high": 1}
    assert draws(FOUR).rank_interval(0.9).to_numpy().tolist() == [[1, 1, 1, 2], [2, 2, 1, 2], [3, 3, 2, 3]]


@pytest.mark.parametrize(
    ("number", "level", "low", "high"), [(20, 0.7, 3, 17), (100, 0.1, 45, 55), (100, 0.42, 29, 71), (100, 0.9, 5, 95)]
)
def test_the_ends_of_the_interval_are_counted_exactly(number, level, low, high):
    # one region falls from rank 1 to the last, a rank a draw
    rivals = np.arange(number)
    scores = np.array([np.append(rivals, number - place - 0.5) for place in range(number)])
    found = Draws(scores, tuple(map(str, range(number + 1))), 2012, scores[0], None, None, np.full(number, 2), 2)
    last = found.rank_interval(level).iloc[-1]
    assert (last.low, last["median"], last.high) == (low, number / 2, high)


def test_a_tier_starts_at_exactly_its_share_of_the_draws():
    # A is above B in 6 draws and ties in 2 of 10: .7, which adds up to .7 only but for noise
    scores = [[90, 80]] * 6 + [[80, 80]] * 2 + [[70, 80]] * 2
    assert draws(scores).tiers(0.7).to_dict() == {"A": 1, "B": 2}
    assert draws(scores).tiers(0.71).to_dict() == {"A": 1, "B": 1}


def test_the_rank_in_force_is_that_of_the_base():
    assert draws(FOUR, base=[10, 30, 20]).rank_interval()["rank"].to_dict() == {"A": 3, "B": 1, "C": 2}


def test_the_interval_contains_the_median_and_narrows_with_its_level(noisy):
    wide, narrow = noisy.rank_interval(0.9), noisy.rank_interval(0.5)
    assert (wide.low <= wide["median"]).all()
    assert (wide["median"] <= wide.high).all()
    assert (wide.low <= narrow.low).all()
    assert (narrow.high <= wide.high).all()
    inside = (noisy.ranks >= wide.low.to_numpy()) & (noisy.ranks <= wide.high.to_numpy())
    assert (inside.mean(axis=0) >= 0.9).all()


def test_rank_probabilities_are_shares_of_draws():
    expected = [[0.75, 0.25, 0], [0.25, 0.75, 0], [0, 0.25, 0.75]]
    found = draws(FOUR).rank_probability()
    assert found.to_numpy().tolist() == expected
    assert list(found.columns) == [1, 2, 3]
    assert list(found.index) == ["A", "B", "C"]


def test_rank_probabilities_of_a_region_sum_to_1(noisy):
    assert noisy.rank_probability().sum(axis=1).to_numpy() == pytest.approx(1)


def test_a_tie_counts_half_above():
    assert draws(FOUR).above().to_numpy().tolist() == [[0.5, 0.75, 1], [0.25, 0.5, 0.875], [0, 0.125, 0.5]]


def test_above_and_below_make_1(noisy):
    above = noisy.above()
    assert (above + above.T).to_numpy() == pytest.approx(1)


def test_a_tier_ends_where_a_region_is_below_its_first():
    # A is above B in 3 of 4 draws and above C in all; B and C are a tier of their own then
    assert draws(FOUR).tiers(0.9).to_dict() == {"A": 1, "B": 1, "C": 2}
    assert draws(FOUR).tiers(0.7).to_dict() == {"A": 1, "B": 2, "C": 3}


def test_a_tier_ends_where_a_region_is_below_any_of_it():
    # A is above C in 85 draws of 100 only, but B is above C in all
    mixed = draws([[90, 80, 70]] * 85 + [[60, 80, 70]] * 15)
    assert mixed.above().loc[["A", "B"], "C"].tolist() == [0.85, 1]
    assert mixed.tiers(0.9).to_dict() == {"A": 1, "B": 1, "C": 2}


@given(st.integers(0, 2**32 - 1), st.sampled_from([0.6, 0.75, 0.9]))
@quick
def test_no_two_of_a_tier_can_be_told_apart(seed, level):
    random = np.random.default_rng(seed)
    found = draws(random.integers(0, 9, (25, 8)) + random.normal(0, 3, 8))
    tiers, above = found.tiers(level), found.above()
    for one in tiers.index:
        for other in tiers.index[tiers == tiers[one]]:
            assert max(above.loc[one, other], above.loc[other, one]) < level


def test_the_chances_of_one_are_its_row_of_the_probabilities():
    found = draws(FOUR)
    for region in found.regions:
        pd.testing.assert_series_equal(found.chances(region), found.rank_probability().loc[region])
    assert found.chances("B").tolist() == [0.25, 0.75, 0]


def test_two_are_told_apart_whichever_of_them_is_above():
    assert draws(FOUR).told_apart("AABC", "ABAC", 0.75).tolist() == [False, True, True, False]
    assert draws(FOUR).told_apart("AB", "CA", 0.8).tolist() == [True, False]


def test_regions_that_never_change_places_are_tiers_of_one_in_the_order_of_the_data():
    assert draws([[1, 3, 2]] * 5).tiers().tolist() == [3, 1, 2]


def test_regions_that_are_always_equal_are_one_tier():
    assert draws([[5, 5, 5]] * 4).tiers().tolist() == [1, 1, 1]


def test_a_band_is_stable_in_the_draws_that_stay_in_it():
    found = draws([[59, 60], [61, 60], [59.99, 59.99], [59.995, 75]], base=[59, 60]).band_stability([60, 80])
    assert found.to_dict() == {"A": 0.5, "B": 0.75}


def test_a_score_at_an_edge_is_in_the_band_above():
    assert draws([[60, 1], [79.99, 1], [80, 1]], base=[60, 1]).band_stability([60, 80])["A"] == pytest.approx(2 / 3)
