from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit import MethodError, coefficient_of_variation, gini, shapley, theil

PARTS = pd.DataFrame({"schools": [20.0, 22, 30], "health": [5.0, 15, 10], "roads": [7.0, 7, 7]}, index=["a", "b", "c"])
WEIGHTS = pd.Series({"a": 1.0, "b": 2, "c": 3})


def by_orders(parts, weights, measure):
    """Average the marginal effects over every order in which dimensions are equalised."""
    means = pd.Series(weights.to_numpy() @ parts.to_numpy() / weights.sum(), parts.columns)
    given = dict.fromkeys(parts, 0.0)
    orders = list(permutations(parts))
    for order in orders:
        left, before = parts.copy(), measure(parts.sum(axis=1), weights)
        for name in order:
            left[name] = means[name]
            after = measure(left.sum(axis=1), weights)
            given[name] += (before - after) / len(orders)
            before = after
    return given


@pytest.mark.parametrize(
    ("name", "measure"), [("gini", gini), ("theil", theil), ("coefficient_of_variation", coefficient_of_variation)]
)
def test_the_value_is_the_mean_over_all_orders(name, measure):
    expected = by_orders(PARTS, WEIGHTS, measure)
    assert shapley(PARTS, WEIGHTS, measure=name).to_dict() == pytest.approx(expected, abs=1e-12)


@given(rows=st.lists(st.lists(st.floats(1, 100), min_size=4, max_size=4), min_size=2, max_size=9))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_the_dimensions_add_up_to_the_inequality_of_the_sum(rows):
    parts = pd.DataFrame(rows, columns=list("abcd"))
    assert shapley(parts).sum() == pytest.approx(gini(parts.sum(axis=1)), abs=1e-12)


def test_a_dimension_that_all_share_alike_adds_nothing():
    assert shapley(PARTS, WEIGHTS)["roads"] == pytest.approx(0, abs=1e-15)


def test_like_dimensions_add_alike():
    found = shapley(pd.DataFrame({"x": [1.0, 5, 2], "y": [1.0, 5, 2]}))
    assert found.x == pytest.approx(found.y)


def test_a_dimension_that_offsets_the_others_is_below_nothing():
    found = shapley(pd.DataFrame({"gap": [10.0, 2], "help": [1.0, 5]}), measure="theil")
    assert found.gap > 0 > found["help"]
    assert found.sum() == pytest.approx(theil([11, 7]))


def test_what_cannot_be_attributed_is_told_at_once():
    parts = PARTS.assign(health=[5.0, np.nan, np.nan])
    with pytest.raises(MethodError) as error:
        shapley(parts, measure="ginni")
    assert [problem.where for problem in error.value.problems] == ["measure", "health of b", "health of c"]


def test_too_many_dimensions_are_refused():
    with pytest.raises(MethodError, match="dimensions: found 13; expected 1 to 12"):
        shapley(pd.DataFrame(np.ones((3, 13))))


def test_weights_of_other_units_are_refused():
    with pytest.raises(MethodError, match="weights: found no c; expected the units of parts"):
        shapley(PARTS, WEIGHTS.drop("c"))


def test_a_negative_part_that_the_means_do_not_outweigh_is_refused():
    parts = pd.DataFrame({"x": [10.0, 1, 1], "y": [-9.0, 3, 3]}, index=["a", "b", "c"])  # a: −9 + 4 with x equalised
    with pytest.raises(MethodError, match="a: found a sum too low"):
        shapley(parts, measure="theil")


def test_text_and_repeated_dimensions_are_refused():
    with pytest.raises(MethodError, match="health of b: found n/a; expected a value"):
        shapley(PARTS.assign(health=[1, "n/a", 2]))
    with pytest.raises(MethodError, match="dimension roads: found more than one column"):
        shapley(PARTS[["roads", "roads"]])
