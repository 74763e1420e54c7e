import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit import MethodError
from evalkit.assessment.supervision.sampling import draws, inclusion_probabilities, select_visits, systematic
from tests.assessment.inspected import rules
from tests.assessment.small import quick

RISKS = [90, 80, 70, 60, 0, 5, 10, 20, 30, 40, 15, 15]
sizes = st.lists(st.floats(0.5, 100), min_size=1, max_size=12)


def units(values, regions=4):
    pairs = [(f"r{n % regions}", f"P{n:02}") for n in range(len(values))]
    return pd.Series(values, index=pd.MultiIndex.from_tuples(pairs, names=["region", "project"]), dtype=float)


def risks(values=RISKS):
    score = units(values).astype(int)
    return pd.DataFrame({"score": score, "place": score.rank(ascending=False, method="first").astype(int)})


def chosen(values=RISKS, seed=1, year=2012, **visits):
    rule = rules(visits={"capacity": 6, "riskiest": 2, "base": 10.0} | visits).visits
    return select_visits(risks(values), rule, seed=seed, year=year)


def test_a_probability_that_passes_1_is_1_and_the_others_share_what_is_left():
    # 3 · 10/18 > 1; then 2 · 5/8 > 1; then 1 visit over 1, 1 and 1
    assert inclusion_probabilities(pd.Series([10, 5, 1, 1, 1.0]), 3).tolist() == pytest.approx(
        [1, 1, 1 / 3, 1 / 3, 1 / 3]
    )


def test_all_or_none_may_be_drawn():
    assert inclusion_probabilities(pd.Series([3, 2, 1.0]), 3).tolist() == [1, 1, 1]
    assert inclusion_probabilities(pd.Series([3, 2, 1.0]), 0).tolist() == [0, 0, 0]


@quick
@given(sizes, st.data())
def test_probabilities_sum_to_the_number_and_follow_the_sizes(values, data):
    number = data.draw(st.integers(0, len(values)))
    found = inclusion_probabilities(pd.Series(values), number)
    assert found.sum() == pytest.approx(number)
    assert found.between(0, 1).all()
    assert found[np.argsort(values)].is_monotonic_increasing


def test_the_systematic_draw_by_hand():
    # stretches 0–0.5, 0.5–1.25, 1.25–1.5, 1.5–2
    shares = np.array([0.5, 0.75, 0.25, 0.5])
    drawn = {start: np.flatnonzero(systematic(shares, start)).tolist() for start in (0.0, 0.3, 0.5, 0.99)}
    assert drawn == {0.0: [0, 1], 0.3: [0, 2], 0.5: [1, 3], 0.99: [1, 3]}


def test_over_10_000_seeds_every_unit_comes_as_often_as_declared():
    given_, seeds = inclusion_probabilities(units(RISKS) + 10, 6), range(10_000)
    open_ = given_[given_ < 1]
    assert len(open_) == 11
    found = draws(open_, seeds)
    assert set(found.sum(axis=1)) == {round(open_.sum())}
    error = np.sqrt(open_ * (1 - open_) / len(seeds))
    assert (abs(found.mean(axis=0) - open_) < 4 * error).all()


def test_a_region_has_as_many_visits_as_its_probabilities_add_up_to():
    given_ = inclusion_probabilities(units([5, 4, 3, 2, 6, 4, 3, 1, 5, 5, 2, 2]), 5)
    found = pd.DataFrame(draws(given_, range(500)), columns=given_.index).T.groupby(level="region").sum()
    expected = given_.groupby(level="region").sum()
    assert (abs(found.sub(expected, axis=0)) < 1).all(axis=None)


def test_the_riskiest_are_visited_for_certain_and_the_capacity_is_used_up():
    table = chosen()
    assert table.chosen.sum() == 6
    assert table.probability.sum() == pytest.approx(6)
    assert table.stratum.tolist()[:2] == ["certainty", "certainty"]
    # four left over ten units of sizes 80, 70, 10, 15, 20, 30, 40, 50, 25, 25: 365 in all
    assert table.probability.tolist()[2:4] == pytest.approx([4 * 80 / 365, 4 * 70 / 365])


def test_a_unit_that_would_pass_1_joins_the_certain_ones():
    table = chosen([90, 80, 90, 0, 0, 0, 0, 0], capacity=5, riskiest=1)
    # after the riskiest, four over 90, 100 and six of 10: 4 · 100/250 and 4 · 90/250 pass 1; two are left over 5
    assert table.stratum.tolist()[:3] == ["certainty", "capped", "capped"]
    assert table.probability.tolist()[3:] == pytest.approx([2 / 5] * 5)
    assert table.chosen.sum() == 5


def test_all_above_a_score_are_certain():
    table = chosen(riskiest=None, above=70)
    assert (table.stratum == "certainty").tolist() == [True] * 3 + [False] * 9
    assert table.chosen.sum() == 6


def test_certain_visits_alone_may_use_up_the_capacity():
    table = chosen(capacity=2)
    assert table.chosen.tolist() == [True, True] + [False] * 10
    assert table.probability.tolist()[2:] == [0] * 10


def test_the_same_seed_gives_the_same_visits_in_whatever_order_units_are_given():
    rule, given_ = rules(visits={"capacity": 6, "riskiest": 2}).visits, risks()
    first, second = (select_visits(t, rule, seed=7, year=2012) for t in (given_, given_.sample(frac=1, random_state=3)))
    pd.testing.assert_frame_equal(first, second.loc[first.index])
    assert len({tuple(chosen(seed=seed).chosen) for seed in range(20)}) > 5
    assert len({tuple(chosen(year=year).chosen) for year in range(2008, 2013)}) > 1


def test_a_capacity_that_does_not_fit_is_refused():
    with pytest.raises(MethodError, match="capacity: found 2 visits; expected 3 at least, the units that are visited"):
        chosen(capacity=2, riskiest=None, above=70)
    with pytest.raises(MethodError, match="capacity: found 13 visits; expected 12 at most, the number of units"):
        chosen(capacity=13)
    with pytest.raises(MethodError, match=r"(?s)capacity: found 13.*seed: found -1; expected 0 or more"):
        chosen(capacity=13, seed=-1)


def test_sizes_that_are_not_above_0_and_a_number_that_does_not_fit_are_told_together():
    with pytest.raises(
        MethodError, match=r"(?s)size of r1 P01: found 0\.0.*size of r2 P02: found nan.*found 5; expected 0 to"
    ):
        inclusion_probabilities(units([1, 0, np.nan]), 5)
