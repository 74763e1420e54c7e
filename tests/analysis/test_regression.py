import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.analysis.regression import panel_regression
from evalkit.base.errors import MethodError
from tests.analysis.panels import investment, panel
from tests.scoring.small import quick

few = settings(quick, max_examples=6)  # a regression inverts as many tests as there are signs to draw
FORMULAS = {"none": "", "year": "+ C(year)", "region": "+ C(region)", "both": "+ C(region) + C(year)"}


def with_dummies(y, x, effects):
    """The same regression by a statsmodels formula."""
    import statsmodels.formula.api as smf

    table = x.assign(y=y).reset_index()
    clusters = {"groups": pd.factorize(table.region)[0]}
    return smf.ols(f"y ~ {' + '.join(x)} {FORMULAS[effects]}", table).fit(cov_type="cluster", cov_kwds=clusters)


@pytest.mark.parametrize(
    ("effects", "value", "capital", "r2_within"),
    [("none", 0.115562, 0.230678, 0.8124), ("region", 0.110124, 0.310065, 0.76676)],
)
def test_grunfeld(effects, value, capital, r2_within):
    """As R's plm prints them for the ten firms, pooled and within; its documentation and textbooks agree."""
    found = panel_regression(*investment(), effects=effects)
    assert found.table.coefficient.round(6).tolist() == [value, capital]
    assert found.r2_within == pytest.approx(r2_within, abs=5e-5)
    assert (found.n, found.clusters, found.years[0], found.years[-1]) == (200, 10, 1935, 1954)


@pytest.mark.parametrize("effects", FORMULAS)
def test_coefficients_and_standard_errors_are_those_of_a_regression_on_dummies(effects):
    y, x = panel(1, regions=11, years=5)
    found, expected = panel_regression(y, x, effects=effects), with_dummies(y, x, effects)
    assert np.allclose(found.table.coefficient, expected.params[["a", "b"]], rtol=1e-10)
    assert np.allclose(found.table.se, expected.bse[["a", "b"]], rtol=1e-8)
    assert found.r2 == pytest.approx(expected.rsquared)


def test_the_result_says_what_it_rests_on():
    found = panel_regression(*panel(regions=11, years=5), effects="both", level=0.8)
    assert (found.n, found.clusters, found.years) == (55, 11, (2008, 2009, 2010, 2011, 2012))
    assert (found.effects, found.level, found.samples) == ("both", 0.8, 1024)


def test_the_largest_p_value_without_a_region_is_the_worst_of_all_that_can_be_left_out():
    y, x = panel(2)
    rest = [panel_regression(y.drop(r), x.drop(r), effects="year").table.p for r in x.index.unique("region")]
    assert (
        panel_regression(y, x, effects="year").table.p_without.tolist() == pd.concat(rest, axis=1).max(axis=1).tolist()
    )


def test_without_effects_both_shares_explained_are_the_same():
    found = panel_regression(*panel())
    assert found.r2_within == pytest.approx(found.r2)


def test_a_null_at_the_end_of_the_interval_has_the_p_value_of_the_level():
    y, x = panel(2, regions=8)
    low, high = panel_regression(y, x, level=0.8).table.loc["a", ["low", "high"]]
    inside, outside = (panel_regression(y - end * x.a, x).table.p["a"] for end in (low + 1e-6, low - 1e-6))
    assert outside <= 0.2 < inside
    assert low < 2 < high


@few
@given(st.integers(0, 1000), st.floats(0.001, 1000))
def test_the_unit_of_a_regressor_scales_its_coefficient_only(seed, scale):
    y, x = panel(seed)
    table, scaled = panel_regression(y, x).table, panel_regression(y, x * [scale, 1]).table
    columns = ["coefficient", "se", "low", "high"]
    assert np.allclose(scaled.loc["a", columns].astype(float) * scale, table.loc["a", columns].astype(float), rtol=1e-6)
    assert np.allclose(scaled.loc["b"], table.loc["b"], rtol=1e-6)
    assert scaled.p.tolist() == table.p.tolist()


@few
@given(st.integers(0, 1000))
def test_what_all_rows_of_a_region_or_year_share_does_not_touch_both_effects(seed):
    y, x = panel(seed)
    shared = 5 * x.a.groupby("region").transform("first") + 7 * x.b.groupby("year").transform("first")
    table, moved = panel_regression(y, x, effects="both").table, panel_regression(y + shared, x, effects="both").table
    assert np.allclose(moved, table, rtol=1e-6)


def test_more_than_twelve_regions_need_a_seed_and_repeat_by_it():
    y, x = panel(regions=13)
    with pytest.raises(MethodError, match="seed: found none"):
        panel_regression(y, x)
    assert panel_regression(y, x, seed=4).table.equals(panel_regression(y, x, seed=4).table)


def test_what_least_squares_refuses_is_refused():
    y, x = panel()
    with pytest.raises(MethodError, match="c: found what the others give"):
        panel_regression(y, x.assign(c=x.a + x.b))
