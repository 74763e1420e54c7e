import pandas as pd
import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from evalkit.analysis.rank_mobility import mobility
from evalkit.base.errors import MethodError
from tests.scoring.small import quick

BEFORE = pd.Series({"a": 90.0, "b": 80.0, "c": 70.0, "d": 60.0})
AFTER = pd.Series({"a": 80.0, "b": 60.0, "c": 70.0, "d": 90.0})  # ranks 2, 4, 3, 1
pairs = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=12).filter(
    lambda rows: all(len(set(column)) > 1 for column in zip(*rows, strict=True))
)


def test_four_regions_by_hand():
    found = mobility(BEFORE, AFTER)
    assert found.n == 4
    assert found.ranks.sort_index().to_dict("list") == {
        "before": [1, 2, 3, 4],
        "after": [2, 4, 3, 1],
        "change": [-1, -2, 0, 3],
    }
    assert found.mean_rank_change == 6 / 4
    assert found.spearman == pytest.approx(1 - 6 * (1 + 4 + 0 + 9) / (4 * 15))
    assert found.kendall == pytest.approx((2 - 4) / 6)


def test_the_region_that_moved_most_comes_first():
    found = mobility(BEFORE, AFTER)
    assert found.ranks.index.tolist() == ["d", "b", "a", "c"]
    assert found.movers.index.tolist() == ["d"]


def test_nobody_moved_where_the_order_stays():
    found = mobility(BEFORE, BEFORE + 5)
    assert (found.spearman, found.kendall, found.mean_rank_change) == (pytest.approx(1), 1, 0)
    assert found.movers.empty


def test_the_reversed_order_is_as_far_as_can_be():
    found = mobility(BEFORE, -BEFORE)
    assert (found.spearman, found.kendall) == (pytest.approx(-1), -1)
    assert found.movers.index.tolist() == ["a", "d"]


def test_where_less_is_better_the_lowest_is_first_and_nothing_else_changes():
    less, more = mobility(BEFORE, AFTER, higher_is_better=False), mobility(BEFORE, AFTER)
    assert less.ranks.before.sort_index().tolist() == [4, 3, 2, 1]
    assert (less.spearman, less.kendall) == (more.spearman, more.kendall)


def test_regions_that_tie_share_the_better_rank():
    tied = mobility(pd.Series({"a": 5, "b": 5, "c": 1}), pd.Series({"a": 3, "b": 2, "c": 1}))
    assert tied.ranks.sort_index().before.tolist() == [1, 1, 3]


def test_the_order_of_the_rows_does_not_matter():
    assert mobility(BEFORE, AFTER[::-1]).ranks.equals(mobility(BEFORE, AFTER).ranks)


@quick
@given(pairs)
def test_both_correlations_are_those_of_scipy(rows):
    before, after = (pd.Series(column, dtype=float) for column in zip(*rows, strict=True))
    found = mobility(before, after)
    assert found.spearman == pytest.approx(scipy.stats.spearmanr(before, after).statistic)
    assert found.kendall == pytest.approx(scipy.stats.kendalltau(before, after).statistic)


def test_every_region_without_a_pair_is_named():
    with pytest.raises(MethodError) as raised:
        mobility(pd.Series({"a": 1, "b": 2, "c": 3}), pd.Series({"a": 1, "b": None, "d": 3}))
    for words in ("b after: found no finite value", "c: found a value before only", "d: found a value after only"):
        assert words in str(raised.value)


def test_a_repeated_region_is_named():
    with pytest.raises(MethodError, match="a before: found more than one value"):
        mobility(pd.Series([1, 2, 3], index=["a", "a", "b"]), pd.Series({"a": 1, "b": 2}))


def test_two_regions_have_no_order_to_compare():
    with pytest.raises(MethodError, match="regions: found 2; expected 3 at least"):
        mobility(BEFORE[:2], AFTER[:2])


def test_equal_values_have_no_order():
    with pytest.raises(MethodError, match="all regions after: found 7; expected values that differ"):
        mobility(BEFORE, BEFORE * 0 + 7)
