import numpy as np
import pandas as pd
import pytest

from evalkit.analysis.least_squares import LeastSquares
from evalkit.analysis.regression_diagnostics import diagnose, serial_correlation
from tests.analysis.panels import investment, panel


def found(effects="none", **size):
    return diagnose(LeastSquares.checked(*panel(**size), effects))


def test_the_share_within_regions_by_hand():
    y, x = panel()
    x["c"] = np.tile([0.0, 0, 2, 2], 6) + np.repeat([0.0, 0, 0, 4, 4, 4], 4)  # variance 1 within, 4 between
    table = diagnose(LeastSquares.checked(y, x, "year")).regressors
    assert table.within["c"] == pytest.approx(1 / 5)
    assert table.left["c"] == pytest.approx(4 / 5)


def test_without_effects_everything_is_left():
    assert found("none").regressors.left.tolist() == pytest.approx([1, 1])


def test_both_effects_leave_less_than_either():
    one, other, both = (found(effects).regressors.left for effects in ("year", "region", "both"))
    assert (both < np.minimum(one, other)).all()


def test_without_year_effects_region_effects_leave_what_is_within():
    table = found("region").regressors
    assert np.allclose(table.left, table.within)


def test_inflation_is_that_of_statsmodels_on_deviations_from_the_region():
    from statsmodels.stats.outliers_influence import variance_inflation_factor

    y, x = investment()
    exog = (x - x.groupby("region").transform("mean")).assign(constant=1.0).to_numpy()
    expected = [variance_inflation_factor(exog, place) for place in (0, 1)]
    assert diagnose(LeastSquares.checked(y, x, "region")).regressors.vif.tolist() == pytest.approx(expected)


def test_the_condition_number_of_two_regressors_follows_from_their_correlation():
    _, x = panel()
    r = abs(x.a.corr(x.b))
    assert found().condition == pytest.approx(np.sqrt((1 + r) / (1 - r)))


def test_each_region_is_left_out_once():
    y, x = panel()
    without, stay = found("both").without, y.index.get_level_values("region") != "r4"
    assert without.loc["r4"].tolist() == pytest.approx(LeastSquares.checked(y[stay], x[stay], "both").coefficients)
    assert without.index.tolist() == [f"r{n}" for n in range(6)]


def test_the_region_that_moves_a_coefficient_most_is_named():
    y, x = panel()
    y["r3"] += 30 * x.a["r3"].to_numpy()
    result = diagnose(LeastSquares.checked(y, x, "none"))
    assert result.regressors.moved_by["a"] == "r3"
    assert result.regressors.lowest["a"] == result.without.a["r3"]


def test_residuals_a_year_apart_are_paired_within_their_region():
    index = pd.MultiIndex.from_product([["p", "q"], [2008, 2009, 2010]], names=["region", "year"])
    r, pairs = serial_correlation(pd.Series([1.0, 2, 3, -1, -2, -4], index))
    assert pairs == 4
    assert r == pytest.approx(np.corrcoef([1, 2, -1, -2], [2, 3, -2, -4])[0, 1])


def test_a_gap_in_the_years_makes_no_pair():
    index = pd.MultiIndex.from_product([["p", "q"], [2008, 2010, 2012]], names=["region", "year"])
    r, pairs = serial_correlation(pd.Series(range(6), index, dtype=float))
    assert (np.isnan(r), pairs) == (True, 0)


@pytest.mark.parametrize(("effects", "expected"), [("none", 0), ("year", 0), ("region", -1 / 3), ("both", -1 / 3)])
def test_region_effects_push_the_correlation_of_independent_errors_below_zero(effects, expected):
    assert found(effects).serial_expected == pytest.approx(expected)


def test_independent_errors_come_near_the_correlation_expected():
    y, x = panel(3, regions=80, years=5)
    serial, pairs = serial_correlation(pd.Series(LeastSquares(y, x, "region").residuals, y.index))
    assert serial == pytest.approx(found("region", years=5).serial_expected, abs=0.1)
    assert pairs == 320


def test_the_correlation_is_that_of_the_residuals():
    residuals = pd.Series(LeastSquares.checked(*panel(), "region").residuals, panel()[0].index)
    result = found("region")
    assert (result.serial, result.pairs) == serial_correlation(residuals)
