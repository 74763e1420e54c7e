import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit import MethodError, contributions, dagum, gini, mean_log_deviation, theil, theil_decomposition

invariant = settings(max_examples=40, deadline=None, derandomize=True)
WHOLE = {"theil": theil, "mean_log_deviation": mean_log_deviation}


@st.composite
def grouped(draw):
    """Values, weights and groups of up to 14 units."""
    count = draw(st.integers(2, 14))
    values = draw(st.lists(st.floats(0.5, 1e4), min_size=count, max_size=count))
    weights = draw(st.lists(st.floats(0.5, 100), min_size=count, max_size=count))
    groups = draw(st.lists(st.sampled_from("NSE"), min_size=count, max_size=count))
    index = pd.Index([f"r{place}" for place in range(count)], name="region")
    return pd.Series(values, index), pd.Series(weights, index), pd.Series(groups, index)


@pytest.mark.parametrize("measure", WHOLE)
@given(units=grouped())
@invariant
def test_between_and_within_add_up_to_the_whole(measure, units):
    values, weights, groups = units
    row = theil_decomposition(values, groups, weights, measure=measure).iloc[0]
    assert row["between"] + row.within == pytest.approx(WHOLE[measure](values, weights), abs=1e-12)
    assert row.filter(like="within ").sum() == pytest.approx(row.within, abs=1e-12)
    assert row["between"] >= -1e-12


def test_between_is_what_is_left_when_each_group_shares_alike():
    values = pd.Series({"a": 1.0, "b": 3, "c": 6, "d": 10})
    groups = pd.Series({"a": "poor", "b": "poor", "c": "rich", "d": "rich"})
    row = theil_decomposition(values, groups).iloc[0]
    assert row["between"] == pytest.approx(theil([2, 2, 8, 8]))
    assert row["within poor"] == pytest.approx(4 / 20 * theil([1, 3]))
    assert row["within rich"] == pytest.approx(16 / 20 * theil([6, 10]))
    assert row.between_share == pytest.approx(row["between"] / row.total)


def test_a_group_of_one_adds_nothing_within():
    groups = pd.Series({"a": "alone", "b": "pair", "c": "pair"})
    row = theil_decomposition(pd.Series({"a": 7.0, "b": 1, "c": 2}), groups).iloc[0]
    assert row["within alone"] == pytest.approx(0, abs=1e-15)
    assert row.alone == "alone"
    assert row["within pair"] > 0


def test_a_panel_is_split_year_by_year():
    index = pd.MultiIndex.from_product([["a", "b", "c"], [2011, 2012]], names=["region", "year"])
    values = pd.Series([1.0, 2, 3, 2, 5, 2], index)
    groups = pd.Series({"a": "x", "b": "x", "c": "y", "z": "not there"})
    table = theil_decomposition(values, groups)
    assert table.total.tolist() == pytest.approx([theil([1, 3, 5]), 0], abs=1e-12)
    assert (table.n.tolist(), list(table.index)) == ([3, 3], [2011, 2012])
    assert np.isnan(table.between_share[2012])
    assert [name for name in table if name.startswith("within ")] == ["within x", "within y"]


@given(units=grouped())
@invariant
def test_dagum_s_parts_add_up_to_gini(units):
    values, weights, groups = units
    found = dagum(values, groups, weights)
    assert found.within + found.net_between + found.transvariation == pytest.approx(gini(values, weights), abs=1e-12)
    assert ((found.pairs.affluence >= -1e-12) & (found.pairs.affluence <= 1 + 1e-12)).all()


def test_groups_that_do_not_overlap_have_no_transvariation():
    found = dagum([1, 2, 8, 9], ["poor", "poor", "rich", "rich"])
    (pair,) = found.pairs.itertuples()
    assert (pair.richer, pair.poorer, pair.affluence) == ("rich", "poor", 1)
    assert found.transvariation == pytest.approx(0)
    assert pair.gini == pytest.approx(7 / 10)  # mean difference 7 over the sum of the means
    assert found.own["within"].tolist() == pytest.approx([0.5 * 0.15 * 0.5 / 3, 0.5 * 0.85 * 0.5 / 17])


def test_groups_with_the_same_mean_have_no_net_part():
    found = dagum([1, 5, 2, 4], ["a", "a", "b", "b"])
    assert found.net_between == pytest.approx(0)
    assert found.transvariation > 0
    assert found.n == 4


def test_all_pairs_of_groups_are_there_the_richer_first():
    found = dagum([1, 5, 3, 9], list("abcd"))
    assert list(zip(found.pairs.richer, found.pairs.poorer, strict=True)) == [
        ("d", "b"),
        ("d", "c"),
        ("d", "a"),
        ("b", "c"),
        ("b", "a"),
        ("c", "a"),
    ]


def test_contributions_sum_to_theil_and_bear_the_sign_of_the_lead():
    values = pd.Series({"a": 1.0, "b": 4, "c": 7})
    found = contributions(values, pd.Series({"a": 1.0, "b": 1, "c": 1}))
    assert found.sum() == pytest.approx(theil(values))
    assert found.tolist() == pytest.approx([0.25 * np.log(0.25) / 3, 0, 1.75 * np.log(1.75) / 3])


def test_regions_without_a_group_and_blanks_are_named():
    values = pd.Series({"a": 1.0, "b": 2, "c": 3})
    with pytest.raises(MethodError, match=r"(?s)b: found no group.*c: found no group"):
        theil_decomposition(values, pd.Series({"a": "x", "b": None}))
    with pytest.raises(MethodError, match="a: found a blank"):
        theil_decomposition(pd.Series({"a": None, "b": 2.0, "c": 1}), pd.Series({"a": "x", "b": "x", "c": "y"}))
    with pytest.raises(MethodError, match="a: found no group"):
        dagum(values, pd.Series({"b": "x", "c": "y"}))


def test_nothing_has_no_logarithm():
    values, groups = pd.Series({"a": 0.0, "b": 2}), pd.Series({"a": "x", "b": "x"})
    assert theil_decomposition(values, groups).total[0] == pytest.approx(np.log(2))
    with pytest.raises(MethodError, match="a: found 0; expected a value above 0"):
        theil_decomposition(values, groups, measure="mean_log_deviation")


def test_an_unknown_measure_is_not_taken_for_another():
    with pytest.raises(MethodError, match="'thiel'; expected one of theil, mean_log_deviation"):
        theil_decomposition(pd.Series([1.0, 2]), pd.Series(["x", "y"]), measure="thiel")


def test_a_group_in_which_all_have_nothing_has_no_inequality():
    found = dagum([0, 0, 1, 2], ["poor", "poor", "rich", "rich"])
    assert found.own.gini.tolist() == pytest.approx([0, 1 / 6])
    assert found.total == pytest.approx(gini([0, 0, 1, 2]))
    assert dagum([0, 0, 3], list("abc")).pairs.gini.tolist() == [1, 1, 0]


def test_groups_that_do_not_match_are_told():
    with pytest.raises(MethodError, match="groups: found 2; expected 3, as the values"):
        dagum([1, 2, 3], ["a", "b"])
    with pytest.raises(MethodError, match="a: found more than one row; expected one"):
        theil_decomposition(pd.Series({"a": 1.0, "b": 2}), pd.Series(["x", "y", "x"], list("aab")))
    with pytest.raises(MethodError, match="groups: found a list; expected a Series"):
        theil_decomposition(pd.Series([1.0, 2]), ["x", "y"])
