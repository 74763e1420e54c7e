import numpy as np
import pandas as pd
import pytest

from evalkit import MethodError, concentration_index, gini

# Under-five deaths per 1 000 births by wealth group, the poorest first: India 1982–92 (World Bank, Quantitative
# Techniques for Health Equity Analysis, technical note 7, table 1; figures from memory)
BIRTHS, DEATHS = [29939, 28776, 26528, 24689, 19739], [154.7, 152.9, 119.5, 86.9, 54.3]


def test_the_world_bank_s_example():
    assert concentration_index(DEATHS, [1, 2, 3, 4, 5], BIRTHS) == pytest.approx(-0.1694, abs=5e-5)


def test_it_is_twice_the_area_between_the_curve_and_the_diagonal():
    people, held = (np.cumsum([0, *part]) for part in (BIRTHS, np.multiply(BIRTHS, DEATHS)))
    area = np.trapezoid(held / held[-1], people / people[-1])
    assert concentration_index(DEATHS, [1, 2, 3, 4, 5], BIRTHS) == pytest.approx(1 - 2 * area)


def test_in_the_order_of_the_values_it_is_the_gini_coefficient():
    x, w = np.random.default_rng(1).uniform(1, 9, (2, 20))
    assert concentration_index(x, x, w) == pytest.approx(gini(x, w))
    assert concentration_index(x, -x, w) == pytest.approx(-gini(x, w))


def test_units_of_the_same_standing_are_as_one():
    # both halves hold 5 of 10, whatever lies within them
    assert concentration_index([1, 4, 2, 3], [1, 1, 2, 2]) == pytest.approx(0)
    assert concentration_index([4, 1, 2, 3], [1, 1, 2, 2]) == pytest.approx(0)


def test_series_are_matched_by_their_units():
    x, income = pd.Series({"a": 1.0, "b": 3.0}), pd.Series({"b": 20, "a": -10})
    assert concentration_index(x, income) == pytest.approx(0.25)


def test_standing_that_does_not_fit_is_refused():
    with pytest.raises(MethodError, match="standing: found 2; expected 3, as the values"):
        concentration_index([1, 2, 3], [1, 2])
    with pytest.raises(MethodError, match="b: found no standing"):
        concentration_index(pd.Series({"a": 1.0, "b": 3.0}), pd.Series({"a": 1.0, "b": np.nan}))
