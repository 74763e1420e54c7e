import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from evalkit import DataError, MethodError, evaluate
from evalkit.scoring.coherence import (
    correlations,
    coverage,
    cronbach_alpha,
    influence,
    kurtosis,
    principal_components,
    reliability,
    skewness,
    summary,
)
from tests.scoring.small import cases, group, leaf, panel, quick, system

# Three items whose correlations are 0.5 (a, b), 0 (a, c) and 0 (b, c).
ITEMS = pd.DataFrame({"a": [1, 1, -1, -1, 0, 0], "b": [1, 0, -1, 0, 1, -1], "c": [1, -1, 1, -1, 0, 0]}, dtype=float)
TREE = system(group("left", leaf("a"), leaf("b")), group("right", leaf("c"), leaf("d")))
SCORES = pd.DataFrame(
    {
        **{"index": [1, 2, 3, 4], "left": [1, 2, 3, 4], "a": [1, 2, 3, 4], "b": [2, 4, 6, 8]},
        **{"right": [4, 3, 2, 1], "c": [8, 6, 4, 2], "d": [1, -1, -1, 1]},
    },
    dtype=float,
)
spread_out = st.lists(st.integers(-50, 50).map(float), min_size=4, max_size=12).filter(lambda x: len(set(x)) > 1)


def near(value):
    return pytest.approx(value, rel=1e-9, abs=1e-9)


def pair(table, first, second):
    return table.set_index(["first", "second"]).loc[(first, second)]


@quick
@given(spread_out)
def test_skewness_and_kurtosis_are_those_of_pandas_and_of_scipy(x):
    assert skewness(x) == near(pd.Series(x).skew()) == near(scipy.stats.skew(x, bias=False))
    assert kurtosis(x) == near(pd.Series(x).kurt()) == near(scipy.stats.kurtosis(x, bias=False))


def test_skewness_by_hand():
    # deviations -3, -2, -1, 6: m2 = 12.5, m3 = 45, and G1 = g1 √(n(n - 1)) / (n - 2)
    assert skewness([1, 2, 3, 10, None]) == near(45 / 12.5**1.5 * math.sqrt(12) / 2)


@pytest.mark.parametrize("x", [[], [1, 2], [0.1] * 9, [None, None, None]])
def test_what_does_not_vary_or_is_too_short_has_no_shape(x):
    assert math.isnan(skewness(x))
    assert math.isnan(kurtosis(x))


def test_the_summary_leaves_blanks_out():
    row = summary(pd.DataFrame({"a": [1, 2, 3, 4, 10, None]})).loc["a"]
    assert row[["n", "mean", "min", "q1", "median", "q3", "max"]].tolist() == [5, 4, 1, 2, 3, 4, 10]
    # squared deviations 9 + 4 + 1 + 0 + 36 over n - 1
    assert row.sd == near(math.sqrt(50 / 4))


def test_the_summary_names_every_infinite_value():
    with pytest.raises(DataError, match="values are infinite") as refused:
        summary(panel({"a": [1, np.inf], "b": [-np.inf, 2]}).values)
    assert [(o.where, o.found) for o in refused.value.problems] == [
        ("b of r1 in 2012", "-inf"), ("a of r2 in 2012", "inf")
    ]  # fmt: skip


def test_coverage_is_the_share_of_indicators_with_data():
    unscored = leaf("d", worst=None, unscored="context")
    tree = system(group("left", leaf("a"), leaf("b")), group("right", leaf("c"), unscored))
    shares = coverage(panel({"a": [1, None], "b": [None, None], "c": [1, 1], "d": [1, None]}), tree)
    assert shares.loc[("r1", 2012)].to_dict() == {"index": 0.75, "left": 0.5, "right": 1}
    assert shares.loc[("r2", 2012)].to_dict() == {"index": 0.25, "left": 0, "right": 0.5}


def test_an_imputed_value_is_not_covered():
    given_values = panel({"a": [1, 2]})
    filled = replace(given_values, states=given_values.states.mask(given_values.values == 2, "imputed"))
    assert coverage(filled, system(leaf("a")))["index"].tolist() == [1, 0]


def test_correlations_tell_siblings_parents_and_the_rest_apart():
    table = correlations(SCORES, TREE)
    assert pair(table, "a", "b")[["relation", "node"]].tolist() == ["siblings", "left"]
    assert pair(table, "left", "a")[["relation", "node"]].tolist() == ["parent", "left"]
    assert pair(table, "b", "c")[["relation", "node"]].tolist() == ["across", "index"]
    assert pair(table, "left", "c")[["relation", "node"]].tolist() == ["across", "index"]
    # 7 nodes make 21 pairs; the root and its 4 grandchildren are no pair
    assert len(table) == 17


def test_correlations_flag_the_nearly_identical_and_the_negatively_related():
    table = correlations(SCORES, TREE)
    assert pair(table, "a", "b")[["correlation", "flag"]].tolist() == [near(1), "nearly identical"]
    assert pair(table, "left", "right")[["correlation", "flag"]].tolist() == [near(-1), "negatively related"]
    assert pair(table, "index", "right").flag == "negatively related"
    assert pair(table, "left", "a").flag == ""
    assert pair(table, "c", "d")[["correlation", "flag"]].tolist() == [near(0), ""]


def test_the_flags_follow_their_limits():
    # correlations of a with b, a with c, b with c: 0.5, -0.5, -1
    tree, scores = system(leaf("a"), leaf("b"), leaf("c")), ITEMS.assign(c=-ITEMS.b)
    same, against = "nearly identical", "negatively related"
    assert correlations(scores, tree, identical=0.49, negative=-0.49).flag.tolist() == [same, against, against]
    assert correlations(scores, tree, identical=0.51, negative=-0.51).flag.tolist() == ["", "", against]


def test_a_correlation_counts_the_rows_that_have_both_and_needs_three():
    scores = pd.DataFrame({"a": [1, 2, 3, None], "b": [2, 1, 4, 5], "c": [None, None, 1, 2]})
    table = correlations(scores, system(leaf("a"), leaf("b"), leaf("c")))
    assert table.n.tolist() == [3, 1, 2]
    assert table.correlation.isna().tolist() == [False, True, True]


def test_two_columns_have_the_eigenvalues_one_plus_and_minus_their_correlation():
    found = principal_components(ITEMS[["a", "b"]])
    assert found.table.eigenvalue.tolist() == near([1.5, 0.5])
    assert found.table.share.tolist() == near([0.75, 0.25])
    assert found.table.cumulative.tolist() == near([0.75, 1])
    assert found.loadings[1].tolist() == near([math.sqrt(0.75)] * 2)


def test_all_loadings_together_give_the_correlations_back():
    loadings = principal_components(ITEMS.assign(b=ITEMS.b**3 + ITEMS.a)).loadings
    pd.testing.assert_frame_equal(loadings @ loadings.T, ITEMS.assign(b=ITEMS.b**3 + ITEMS.a).corr(), check_names=False)
    assert loadings.sum().ge(0).all()


def test_components_name_every_column_that_does_not_vary():
    with pytest.raises(MethodError, match="principal components cannot be computed") as refused:
        principal_components(ITEMS.assign(a=1.0, c=0.0))
    assert [o.where for o in refused.value.problems] == ["a", "c"]


@pytest.mark.parametrize(
    ("items", "message"), [(ITEMS[["a"]], "columns: found 1"), (ITEMS[:2], "rows without a blank: found 2")]
)
def test_alpha_needs_two_columns_and_three_rows(items, message):
    with pytest.raises(MethodError, match=message):
        cronbach_alpha(items)


def test_alpha_of_two_standardised_items_is_that_of_spearman_and_brown():
    assert cronbach_alpha(ITEMS[["a", "b"]]) == near(2 * 0.5 / 1.5)


def test_alpha_of_items_as_they_are_follows_their_variances():
    # variances 4 v and v, covariance v: 2 (1 - 5 v / 7 v)
    assert cronbach_alpha(ITEMS[["a", "b"]].assign(a=2 * ITEMS.a), standardise=False) == near(2 * (1 - 5 / 7))


def test_rows_with_a_blank_count_in_no_item():
    blank = pd.concat([ITEMS, pd.DataFrame({"a": [50.0], "b": [np.nan], "c": [3.0]})])
    assert cronbach_alpha(blank) == near(cronbach_alpha(ITEMS))


@quick
@given(st.floats(-1000, 1000), st.sampled_from(["a", "b", "c"]), st.booleans())
def test_alpha_does_not_move_when_an_item_is_shifted(shift, item, standardise):
    shifted = ITEMS.assign(**{item: ITEMS[item] + shift})
    assert cronbach_alpha(shifted, standardise=standardise) == near(cronbach_alpha(ITEMS, standardise=standardise))


def test_alpha_without_an_item_is_the_alpha_of_the_others():
    table = reliability(ITEMS, system(*map(leaf, ITEMS)))
    assert table.alpha_without.tolist() == near([cronbach_alpha(ITEMS.drop(columns=item)) for item in ITEMS])
    z = (ITEMS - ITEMS.mean()) / ITEMS.std()
    assert table.with_rest.tolist() == near([z[i].corr(z.drop(columns=i).sum(axis=1)) for i in ITEMS])


def test_reliability_goes_through_every_node_with_two_children():
    tree = system(group("left", leaf("a"), leaf("b")), group("right", leaf("c")))
    table = reliability(ITEMS.assign(left=ITEMS.a, right=ITEMS.c), tree)
    assert table[["node", "item"]].to_numpy().tolist() == [
        ["index", "left"], ["index", "right"], ["left", "a"], ["left", "b"]
    ]  # fmt: skip
    assert table.alpha.tolist() == near([0, 0, 2 / 3, 2 / 3])
    assert table.alpha_without.isna().all()


def test_reliability_is_blank_where_a_child_does_not_vary():
    table = reliability(ITEMS.assign(b=5.0), system(leaf("a"), leaf("b"), leaf("c")))
    assert table.alpha.isna().all()
    assert table.alpha_without.isna().tolist() == [True, False, True]


def test_influence_shares_the_squared_correlations_among_siblings():
    # with left = a + 3c, uncorrelated and of equal variance, the squared correlations are as 1 to 9
    scores = ITEMS.assign(index=ITEMS.a + 3 * ITEMS.c)
    table = influence(scores, pd.Series({"a": 0.25, "c": 0.75}), system(leaf("a"), leaf("c", weight=3)))
    assert table.influence.to_dict() == near({"a": 0.1, "c": 0.9})
    assert table.correlation.to_dict() == near({"a": math.sqrt(0.1), "c": math.sqrt(0.9)})
    assert table.ratio.to_dict() == near({"a": 0.4, "c": 1.2})


def test_what_does_not_vary_has_no_influence():
    scores = ITEMS.assign(c=7.0, index=ITEMS.a)
    table = influence(scores, pd.Series({"a": 0.5, "c": 0.5}), system(leaf("a"), leaf("c")))
    assert table.influence.to_dict() == {"a": 1, "c": 0}


def test_influence_over_indicators_holds_them_against_the_root():
    tree = system(group("left", leaf("a"), leaf("b")), leaf("c"))
    values = panel({"a": [1, 5, 2, 8], "b": [2, 2, 9, 4], "c": [7, 1, 3, 3]})
    result = evaluate(values, tree)
    table = influence(result.scores, result.weights, tree, over="indicators")
    squared = values.values.corrwith(result.scores["index"]) ** 2
    assert table.parent.eq("index").all()
    assert table.declared.to_dict() == {"a": 0.25, "b": 0.25, "c": 0.5}
    assert table.influence.to_dict() == near((squared / squared.sum()).to_dict())


@quick
@given(cases(regions=5))
def test_influences_sum_to_one_under_every_node_whose_score_varies(case):
    drawn, values = case
    result = evaluate(values, drawn)
    table = influence(result.scores, result.weights, drawn)
    sums = table.groupby("parent").influence.sum(min_count=1).dropna()
    assert sums.tolist() == near([1] * len(sums))
