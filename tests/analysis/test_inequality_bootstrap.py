import numpy as np
import pandas as pd
import pytest

from evalkit import MethodError, change_interval, gini, inequality_interval, theil
from evalkit.analysis.inequality_bootstrap import without_each

VALUES = pd.Series({"a": 3.0, "b": 5, "c": 4, "d": 9, "e": 2})
PEOPLE = pd.Series({"a": 1.0, "b": 2, "c": 1, "d": 4, "e": 2})
SEED = 7


def frame(values, weights=PEOPLE):
    return pd.DataFrame({"values": values, "weights": weights})


def test_the_interval_is_that_of_a_loop_over_the_same_draws():
    drawn = np.random.default_rng(SEED).integers(5, size=(200, 5))
    looped = [gini(VALUES.to_numpy()[rows], PEOPLE.to_numpy()[rows]) for rows in drawn]
    found = inequality_interval(VALUES, PEOPLE, draws=200, level=0.8, seed=SEED)
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(looped, [0.1, 0.9])))
    assert found.value == pytest.approx(gini(VALUES, PEOPLE))
    assert (found.n, found.level) == (5, 0.8)


def test_a_seed_of_several_numbers_gives_draws_of_its_own():
    first, other, again = (inequality_interval(VALUES, seed=(SEED, n)) for n in (1, 2, 1))
    assert first == again
    assert (first.low, first.high) != (other.low, other.high)


def test_the_same_seed_gives_the_same_interval_and_another_another():
    same = [inequality_interval(VALUES, measure="theil", seed=SEED) for _ in range(2)]
    assert same[0] == same[1]
    assert same[0] != inequality_interval(VALUES, measure="theil", seed=SEED + 1)


def test_a_change_takes_the_same_regions_in_both_years():
    found = change_interval(frame(VALUES), frame(2 * VALUES), seed=SEED)
    assert (found.value, found.low, found.high) == pytest.approx((0, 0, 0), abs=1e-12)
    assert not found.excludes_zero


def test_a_change_is_that_of_the_two_years():
    after = pd.Series({"e": 3.8, "a": 4.0, "b": 4.2, "c": 4.1, "d": 4.3})
    found = change_interval(frame(VALUES), frame(after), measure="theil", seed=SEED)
    assert found.value == pytest.approx(theil(after.sort_index(), PEOPLE) - theil(VALUES, PEOPLE))
    assert found.excludes_zero
    assert found.high < 0


def test_each_region_is_left_out_in_turn():
    found = without_each(VALUES, PEOPLE)
    assert found["d"] == pytest.approx(gini(VALUES.drop("d"), PEOPLE.drop("d")))
    assert found["a"] == pytest.approx(gini(VALUES.drop("a"), PEOPLE.drop("a")))
    assert list(found.index) == list(VALUES.index)


def test_regions_of_one_year_only_are_named():
    with pytest.raises(MethodError, match="after: found no e"):
        change_interval(frame(VALUES), frame(VALUES.drop("e"), PEOPLE.drop("e")), seed=SEED)


def test_what_cannot_be_drawn_is_told_at_once():
    with pytest.raises(MethodError) as error:
        inequality_interval(VALUES, measure="ginni", draws=5, level=1.5, seed=SEED)
    assert [problem.where for problem in error.value.problems] == ["measure", "draws", "level"]
    with pytest.raises(MethodError, match="regions: found 2; expected three at least"):
        without_each(VALUES.head(2))


def test_draws_of_nothing_but_zeros_are_told_and_not_averaged_away():
    with pytest.raises(MethodError, match=r"(?s)draws hold nothing but zeros.*a: found 0"):
        inequality_interval(pd.Series({"a": 0.0, "b": 0, "c": 0, "d": 0, "e": 5}), seed=SEED)


def test_fewer_than_five_regions_give_no_interval():
    with pytest.raises(MethodError, match="regions: found 4; expected 5 at least"):
        inequality_interval(VALUES.head(4), seed=SEED)


def test_a_change_needs_no_weights_but_values():
    alike = frame(VALUES, 1.0)
    unweighted = change_interval(alike[["values"]], 2 * alike[["values"]], seed=SEED)
    assert unweighted == change_interval(alike, alike.assign(values=2 * VALUES), seed=SEED)
    with pytest.raises(MethodError, match="after: found a Series without `values`"):
        change_interval(alike, VALUES, seed=SEED)


def test_leaving_out_needs_a_known_measure_and_something_that_is_left():
    with pytest.raises(MethodError, match="'ginni'; expected one of"):
        without_each(VALUES, measure="ginni")
    with pytest.raises(MethodError, match="all but c: found 0"):
        without_each(pd.Series({"a": 0.0, "b": 0, "c": 3}))
