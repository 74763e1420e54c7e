import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit import (
    MethodError,
    atkinson,
    coefficient_of_variation,
    gini,
    inequality,
    max_min_ratio,
    mean_log_deviation,
    share_ratio,
    theil,
)

MEASURES = [gini, theil, mean_log_deviation, coefficient_of_variation, atkinson]
amounts = st.lists(st.floats(0.1, 1e6), min_size=2, max_size=20)
invariant = settings(max_examples=40, deadline=None, derandomize=True)


def panel(**years):
    frame = pd.DataFrame(years, index=pd.Index(["a", "b", "c"], name="region"), dtype=float)
    frame.columns = pd.Index([int(name[1:]) for name in frame], name="year")
    return frame.stack(future_stack=True)


def test_the_values_that_a_pencil_gives():
    assert gini([1, 3]) == pytest.approx(0.25)  # mean difference 1 over twice the mean
    assert theil([1, 3]) == pytest.approx((0.5 * np.log(0.5) + 1.5 * np.log(1.5)) / 2)
    assert mean_log_deviation([1, 3]) == pytest.approx(np.log(2 / np.sqrt(3)))
    assert coefficient_of_variation([1, 3]) == pytest.approx(0.5)
    assert atkinson([1, 3], aversion=1) == pytest.approx(1 - np.sqrt(3) / 2)
    assert atkinson([1, 3], aversion=2) == pytest.approx(1 - 1.5 / 2)
    assert max_min_ratio([4, 1, 2]) == 4


def test_one_who_has_all_comes_near_the_largest_gini():
    assert gini([0, 0, 0, 5]) == pytest.approx(0.75)
    assert theil([0, 0, 0, 5]) == pytest.approx(np.log(4))


def test_shares_of_the_best_and_the_worst_off():
    assert share_ratio([1, 2, 3, 4, 10]) == pytest.approx(10)
    assert share_ratio([1, 2, 3, 4, 10], top=0.1, bottom=0.4) == pytest.approx(5 / 3)
    assert share_ratio([10, 1], [1, 3], top=0.5, bottom=0.5) == pytest.approx((10 + 1) / 2)
    assert share_ratio([0, 1]) == float("inf")


def measured(x, people=None):
    """Every measure of the same, by its name."""
    return {measure.__name__: measure(x, people) for measure in MEASURES}


@given(x=amounts)
@invariant
def test_neither_the_unit_of_the_values_matters_nor_a_population_that_is_there_twice(x):
    expected = pytest.approx(measured(x), abs=1e-9)
    assert measured(np.multiply(x, 37.5)) == expected
    assert measured(x + x) == expected
    assert measured(x, [2] * len(x)) == expected


@given(x=st.lists(st.integers(1, 1000), min_size=2, max_size=8), data=st.data())
@invariant
def test_a_weight_stands_for_that_many_people(x, data):
    people = data.draw(st.lists(st.integers(1, 4), min_size=len(x), max_size=len(x)))
    assert measured(x, people) == pytest.approx(measured(np.repeat(x, people)), abs=1e-9)


@given(x=st.lists(st.floats(1, 1000), min_size=2, max_size=12, unique=True), share=st.floats(0.01, 0.49))
@invariant
def test_a_transfer_to_the_poorer_lowers_inequality(x, share):
    poor, rich = int(np.argmin(x)), int(np.argmax(x))
    after = np.array(x)
    given_away = share * (x[rich] - x[poor])
    after[rich] -= given_away
    after[poor] += given_away
    if given_away > 1e-3:
        before, lowered = measured(x), measured(after)
        assert [name for name in before if not lowered[name] < before[name]] == []


@given(x=amounts)
@invariant
def test_pysal_measures_the_same(x):
    import inequality as pysal

    assert gini(x) == pytest.approx(pysal.gini.Gini(np.array(x)).g, abs=1e-9)
    assert theil(x) == pytest.approx(float(pysal.theil.Theil(np.array(x)).T), abs=1e-9)
    assert atkinson(x, aversion=0.5) == pytest.approx(float(pysal.atkinson.atkinson(np.array(x), 0.5)), abs=1e-9)


def test_a_panel_is_measured_year_by_year():
    values = panel(y2011=[1, 3, 2], y2012=[2, 2, 2])
    table = inequality(values)
    assert table.gini.tolist() == pytest.approx([gini([1, 3, 2]), 0])
    assert table.max_min_ratio.tolist() == [3, 1]
    assert table[["n", "of"]].to_numpy().tolist() == [[3, 3], [3, 3]]


def test_a_blank_is_left_out_of_its_year_and_counted():
    table = inequality(panel(y2011=[1, 3, None], y2012=[1, 2, 3]), panel(y2011=[1, 2, 9], y2012=[1, 1, 1]))
    assert table.n.tolist() == [2, 3]
    assert table.gini[2011] == pytest.approx(gini([1, 3], [1, 2]))
    assert table.atkinson[2011] == pytest.approx(atkinson([1, 3], [1, 2]))


def test_there_is_no_ratio_to_nothing():
    assert np.isnan(inequality(panel(y2011=[0, 3, 1]), measures=["gini"]).max_min_ratio[2011])


def offenders(error):
    return [(problem.where, problem.found) for problem in error.value.problems]


def test_every_value_and_weight_that_cannot_be_is_named():
    values = pd.Series({"a": -1.0, "b": 2, "c": 3})
    with pytest.raises(MethodError) as error:
        theil(values, pd.Series({"a": 1.0, "b": 0, "c": None}))
    assert offenders(error) == [("a", "-1"), ("weight of b", "0"), ("weight of c", "a blank")]


def test_blanks_are_named():
    with pytest.raises(MethodError, match=r"(?s)b: found a blank.*c: found a blank"):
        gini(pd.Series({"a": 1.0, "b": None, "c": None}))


def test_nothing_has_no_logarithm():
    with pytest.raises(MethodError, match="1: found 0; expected a value above 0"):
        mean_log_deviation([3, 0])
    with pytest.raises(MethodError, match="expected a value above 0"):
        atkinson([3, 0], aversion=1)


@pytest.mark.parametrize("values", [[5], []])
def test_inequality_needs_two_units(values):
    with pytest.raises(MethodError, match=rf"units: found {len(values)}; expected two at least"):
        gini(values)


def test_nothing_to_share_is_refused():
    with pytest.raises(MethodError, match="sum: found 0; expected more than 0"):
        gini([0, 0])


def test_weights_must_match():
    with pytest.raises(MethodError, match=r"weights: found \(3,\); expected \(2,\)"):
        gini([1, 2], [1, 2, 3])
    with pytest.raises(MethodError, match="weights: found no b; expected the units of values"):
        gini(pd.Series({"a": 1.0, "b": 2}), pd.Series({"a": 1.0}))


def test_years_with_too_few_regions_are_named_and_so_is_an_unknown_measure():
    with pytest.raises(MethodError, match="units in 2012: found 1; expected two at least"):
        inequality(panel(y2011=[1, 2, 3], y2012=[1, None, None]))
    with pytest.raises(MethodError, match=r"'ginni'; expected one of .*did you mean 'gini'"):
        inequality(panel(y2011=[1, 2, 3]), measures=["ginni"])


def test_an_aversion_or_a_share_that_cannot_be_is_refused():
    with pytest.raises(MethodError, match="aversion: found 0; expected a number above 0"):
        atkinson([1, 2], aversion=0)
    with pytest.raises(MethodError, match=r"top: found 1\.5; expected within 0 and 1"):
        share_ratio([1, 2], top=1.5)


def test_a_great_aversion_sees_only_the_poorest_and_does_not_overflow():
    poorest = 0.5 ** (-1 / 499)  # the mean of order −499 of 1 and 1000, to which 1000 adds nothing
    assert atkinson([1, 1000], aversion=500) == pytest.approx(1 - poorest / 500.5, rel=1e-12)


def test_an_aversion_near_one_gives_nearly_what_one_does():
    assert atkinson([1, 3], aversion=1 + 1e-13) == pytest.approx(atkinson([1, 3], aversion=1), rel=1e-11)


@pytest.mark.parametrize("values", [[[1, 2], [3, 4]], [[1], [2, 3]], 3.0, None])
def test_what_is_no_row_of_numbers_is_refused(values):
    with pytest.raises(MethodError, match=r"values: found a .*; expected a flat list"):
        gini(values)


def test_years_are_not_pooled_in_silence():
    with pytest.raises(MethodError, match="years: found 2011, 2012; expected one of them"):
        gini(panel(y2011=[1, 3, 2], y2012=[2, 2, 2]))


def test_a_panel_needs_labels():
    with pytest.raises(MethodError, match="values: found a list; expected a Series"):
        inequality([1, 2])


def test_one_measure_can_be_asked_for_by_its_name_alone():
    assert list(inequality(panel(y2011=[1, 3, 2]), measures="gini")) == ["gini", "max_min_ratio", "n", "of"]
