import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from evalkit import DataError, MethodError
from evalkit.data.imputation import (
    CarryForward,
    Imputation,
    Interpolation,
    NearestNeighbours,
    NoImputation,
    PeerGroup,
    Regression,
    imputed,
)
from tests.scoring import small
from tests.scoring.small import leaf, quick, system

AB = system(leaf("a"), leaf("b"))
ALL = [PeerGroup(), Interpolation(), CarryForward(), NearestNeighbours(k=2), Regression()]
each = pytest.mark.parametrize("imputation", ALL, ids=lambda imputation: imputation.kind)


def panel(columns, *, years=(2012,), groups="xxxxxxxxxx"):
    """Values by indicator, with regions r1, r2, … in the groups that are given letter by letter."""
    made = small.panel(columns, years=years)
    regions = [f"r{place}" for place in range(1, len(groups) + 1)]
    table = pd.DataFrame({"group": [None if g == "-" else g for g in groups]}, index=regions).rename_axis("code")
    return replace(made, regions=table)


def with_states(made, **states):
    return replace(made, states=made.states.assign(**states))


def problems(imputation, made, tree=AB):
    with pytest.raises(DataError, match="missing values cannot be imputed") as refused:
        imputation(made, tree)
    return [(o.where, o.found) for o in refused.value.problems]


@st.composite
def holed(draw):
    """Two indicators of six regions in three years; r1, 2010 and 2012 are whole, and no row lacks both."""
    cell = st.integers(0, 100).map(float)
    columns = {code: [0.0, 1.0, 2.0, *draw(st.lists(cell, min_size=15, max_size=15))] for code in "ab"}
    holes = draw(st.dictionaries(st.integers(1, 5), st.sampled_from("ab"), max_size=4))
    for region, code in holes.items():
        columns[code][3 * region + 1] = None
    return panel(columns, years=(2010, 2011, 2012))


def test_without_imputation_what_is_missing_stays_missing():
    made = panel({"a": [1, None], "b": [1, 2]})
    assert NoImputation()(made, AB) is made


@pytest.mark.parametrize(("statistic", "expected"), [("mean", 5), ("median", 3)])
def test_a_peer_groups_statistic_is_that_of_its_own_year(statistic, expected):
    made = panel({"a": [0, 2, 0, 3, 0, 10, 7, None, 5, 99], "b": [1] * 10}, years=(2011, 2012), groups="xxxxz")
    filled = PeerGroup(statistic=statistic)(made, AB)
    assert filled.values.loc[("r4", 2012), "a"] == expected


def test_a_filled_cell_is_marked_and_listed():
    filled = PeerGroup()(panel({"a": [1, None, 3], "b": [None, 4, 6]}), AB)
    assert filled.states.a.tolist() == ["value", "imputed", "value"]
    assert imputed(filled).to_numpy().tolist() == [["r1", 2012, "b", 5], ["r2", 2012, "a", 2]]
    assert list(imputed(filled)) == ["region", "year", "indicator", "value"]


def test_an_imputed_value_teaches_nobody():
    made = panel({"a": [1, 99, None], "b": [1, 1, 1]})
    assert PeerGroup()(with_states(made, a=["value", "imputed", "missing"]), AB).values.a.tolist() == [1, 99, 1]


def test_a_whole_panel_has_nothing_imputed():
    assert imputed(PeerGroup()(panel({"a": [1, 2], "b": [1, 2]}), AB)).empty


def test_regions_without_a_group_and_groups_without_a_value_are_all_named():
    made = panel({"a": [1, None, None, None], "b": [None, 2, 3, 4]}, groups="-xx-")
    assert problems(PeerGroup(), made) == [
        ("b of r1 in 2012", "a region without a group"),
        ("a of r4 in 2012", "a region without a group"),
        ("a of r2 in 2012", "no value in its group in that year"),
        ("a of r3 in 2012", "no value in its group in that year"),
    ]


def test_a_region_without_a_group_may_be_whole():
    filled = PeerGroup()(panel({"a": [50, None, 2], "b": [1, 1, 1]}, groups="-xx"), AB)
    assert filled.values.a.tolist() == [50, 2, 2]


def test_regions_that_nobody_described_have_no_group():
    made = small.panel({"a": [1, None], "b": [1, 2]})
    assert problems(PeerGroup(), made) == [("a of r2 in 2012", "a region without a group")]


def test_interpolation_follows_the_years_and_stays_inside():
    made = panel({"a": [None, 10, None, 40, None], "b": [1] * 5}, years=(2007, 2008, 2009, 2011, 2012))
    filled = Interpolation()(made, AB)
    assert filled.values.a.tolist()[1:4] == [10, 20, 40]
    assert filled.states.a.tolist() == ["missing", "value", "imputed", "value", "missing"]


def test_interpolation_keeps_to_the_region():
    made = panel({"a": [1, None, 3, 10, None, None], "b": [1] * 6}, years=(2010, 2011, 2012))
    assert Interpolation()(made, AB).values.a.tolist()[:4] == [1, 2, 3, 10]
    assert imputed(Interpolation()(made, AB)).value.tolist() == [2]


@pytest.mark.parametrize(("limit", "expected"), [(1, [2009]), (2, [2009]), (3, [2009, 2011])])
def test_a_value_is_carried_so_many_years(limit, expected):
    made = panel({"a": [None, 7, None, None], "b": [1] * 4}, years=(2007, 2008, 2009, 2011))
    filled = imputed(CarryForward(limit=limit)(made, AB))
    assert filled.year.tolist() == expected
    assert set(filled.value) == {7}


@pytest.mark.parametrize("imputation", [Interpolation(), CarryForward()])
def test_one_year_has_no_years_before_and_after(imputation):
    assert problems(imputation, panel({"a": [1, None], "b": [1, 2]})) == [("years of the panel", "2012")]


@pytest.mark.parametrize("imputation", [Interpolation(), CarryForward(), Regression()])
def test_an_indicator_without_any_value_is_named(imputation):
    made = panel({"a": [None] * 4, "b": [1, 2, None, 3]}, years=(2011, 2012))
    assert ("a", "no value in any region or year") in problems(imputation, made)


def test_a_neighbour_is_the_nearest_row_on_standardised_indicators():
    # b spreads ten times as far as a; c of r1 is that of r2, which is near in both
    tree = system(leaf("a"), leaf("b"), leaf("c"))
    made = panel({"a": [1, 1.1, 1.9, 3], "b": [10, 12, 10, 30], "c": [None, 5, 50, 500]})
    assert NearestNeighbours(k=1)(made, tree).values.c.iloc[0] == pytest.approx(5)
    assert NearestNeighbours(k=2)(made, tree).values.c.iloc[0] == pytest.approx(27.5)


def test_too_few_neighbours_are_named_by_cell():
    # r1 shares an indicator with no row that has b
    made = panel({"a": [1, 2, None, None], "b": [None, None, 3, 4]})
    assert problems(NearestNeighbours(k=1), made) == [
        (f"{code} of {region} in 2012", "fewer rows to compare it with than `k`")
        for region, code in [("r1", "b"), ("r2", "b"), ("r3", "a"), ("r4", "a")]
    ]


def test_a_regression_finds_the_line_that_the_other_indicator_lies_on():
    filled = Regression()(panel({"a": [1, 2, 3, 4, 5, 6], "b": [12, 14, None, 18, 20, 22]}), AB)
    assert filled.values.b.tolist()[2] == pytest.approx(16, abs=0.01)


def test_a_regression_stays_within_the_valid_range():
    tree = system(leaf("a"), leaf("b", valid=(0, 100)))
    made = panel({"a": [1, 2, 3, 4, 5, 9], "b": [60, 70, 80, 90, 100, None]})
    assert Regression()(made, tree).values.b.tolist()[-1] == 100


def test_a_regression_needs_another_indicator_in_the_row():
    made = panel({"a": [1, 2, 3, None], "b": [2, 4, 7, None]})
    assert problems(Regression(), made) == [(f"{code} of r4 in 2012", "nothing in that row") for code in "ab"]


def test_a_regression_needs_something_that_varies():
    made = panel({"a": [1, 1, 1], "b": [2, None, 2]})
    assert problems(Regression(), made) == [("the scored indicators", "one value of each")]


def test_a_constant_indicator_is_filled_with_its_value():
    filled = Regression()(panel({"a": [1, 2, 3, 5], "b": [7, 7, None, 7]}), AB)
    assert filled.values.b.tolist() == pytest.approx([7] * 4)


def test_a_regression_that_does_not_settle_is_refused():
    made = panel({"a": [1, 2, 3, None], "b": [2, None, 7, 9]})
    with pytest.raises(MethodError, match="does not settle\n  - rounds: found 1; expected more of them"):
        Regression(rounds=1)(made, AB)


@pytest.mark.parametrize("imputation", [NearestNeighbours(), Regression()])
def test_without_scikit_learn_the_extra_is_named(monkeypatch, imputation):
    monkeypatch.setitem(sys.modules, "sklearn.experimental", None)
    monkeypatch.setitem(sys.modules, "sklearn.experimental.enable_iterative_imputer", None)
    with pytest.raises(MethodError, match=r"pip install 'evalkit\[impute\]'"):
        imputation(panel({"a": [1, 2, 3, 4, 5, 6], "b": [3, 4, 5, 6, 7, None]}), AB)


@each
@quick
@given(made=holed())
def test_known_values_stay_as_they_are(imputation, made):
    filled = imputation(made, AB)
    known = made.values.notna()
    pd.testing.assert_frame_equal(filled.values.where(known), made.values)
    assert (filled.states == "imputed").equals(made.values.isna())
    assert filled.values.notna().all(axis=None)


@each
def test_only_what_is_missing_is_filled(imputation):
    columns = {"a": [1, 5, 2, 4, None, 6, 7, 8, 9], "b": [2, None, 6, None, 3, 1, 9, None, 5]}
    made = panel(columns, years=(2010, 2011, 2012))
    blanks = {1: "not due", 3: "not applicable", 7: "no series"}
    states = [blanks.get(place, "value") for place in range(9)]
    filled = imputation(with_states(made, b=states), AB)
    assert filled.states.b.tolist() == states
    assert filled.values.b.isna().tolist() == made.values.b.isna().tolist()
    assert filled.states.a.tolist()[4] == "imputed"


@each
def test_what_is_not_scored_stays_missing_and_teaches_nothing(imputation):
    tree = system(leaf("a"), leaf("b"), leaf("c", worst=None, unscored="context"))
    columns = {"a": [1, None, 2, 4, 5, 6], "b": [2, 4, 6, 1, 2, 9]}
    more, other = (panel(columns | {"c": c}, years=(2010, 2011, 2012)) for c in ([None] * 6, [9, 1, None, 7, 7, 7]))
    assert imputation(other, tree).states.c.tolist()[2] == "missing"
    assert imputation(other, tree).values.a.equals(imputation(more, tree).values.a)


@each
def test_the_same_panel_gives_the_same_values(imputation):
    made = panel({"a": [1, None, 2, 4, 5, 6], "b": [2, 4, 6, 1, None, 9]}, years=(2010, 2011, 2012))
    pd.testing.assert_frame_equal(imputation(made, AB).values, imputation(made, AB).values, check_exact=True)


@each
def test_an_infinite_value_is_refused_by_name(imputation):
    made = panel({"a": [1, np.inf, 3], "b": [None, 4, 6]})
    assert problems(imputation, made) == [("a of r2 in 2012", "an infinite value")]


def test_an_imputation_is_declared_by_its_kind():
    declared = TypeAdapter(Imputation).validate_python({"kind": "carry_forward", "limit": 2})
    assert declared == CarryForward(limit=2)
