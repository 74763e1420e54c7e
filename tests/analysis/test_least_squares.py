import numpy as np
import pandas as pd
import pytest

from evalkit.analysis.least_squares import LeastSquares
from evalkit.base.errors import MethodError
from tests.analysis.panels import panel


def refused(y, x, effects="none"):
    with pytest.raises(MethodError) as raised:
        LeastSquares.checked(y, x, effects)
    return str(raised.value)


def test_region_effects_leave_deviations_from_the_region():
    y, x = panel()
    model = LeastSquares.checked(y, x, "region")
    assert np.allclose(model.x_left, x - x.groupby("region").transform("mean"))
    assert np.allclose(model.y_left, y - y.groupby("region").transform("mean"))


def test_both_effects_leave_deviations_from_region_and_year():
    y, x = panel()
    twice = x - x.groupby("region").transform("mean") - x.groupby("year").transform("mean") + x.mean()
    assert np.allclose(LeastSquares.checked(y, x, "both").x_left, twice)


def test_the_order_of_the_rows_does_not_matter():
    y, x = panel()
    one = LeastSquares.checked(y, x, "both")
    other = LeastSquares.checked(y[::-1], x.sample(frac=1, random_state=1), "both")
    assert np.array_equal(one.coefficients, other.coefficients)


def test_a_region_left_out_is_gone():
    model = LeastSquares.checked(*panel(), "both").without["r2"]
    assert "r2" not in model.regions
    assert model.clusters.tolist() == sorted(list(range(5)) * 4)
    assert model.dummies.shape == (20, 1 + 4 + 3)


def test_a_sound_regression_has_nothing_unidentified():
    assert LeastSquares(*panel(), "both").unidentified == {}


def test_every_blank_row_is_named():
    y, x = panel()
    y.iloc[0], x.iloc[5, 1] = np.nan, np.inf
    words = refused(y, x)
    assert "r0 in 2008: found a blank or infinite value in the outcome" in words
    assert "r1 in 2009: found a blank or infinite value in the regressors" in words


def test_rows_of_one_table_only_are_named():
    y, x = panel()
    words = refused(y.drop(("r0", 2008)), x.drop(("r5", 2011)))
    assert "r0 in 2008: found in one of outcome and regressors; expected in both" in words
    assert "r5 in 2011: found in one of outcome and regressors" in words


def test_repeated_rows_and_columns_are_named():
    y, x = panel()
    words = refused(pd.concat([y, y[:1]]), x.set_axis(["a", "a"], axis=1))
    assert "r0 in 2008: found twice in the outcome" in words
    assert "a: found two columns" in words


def test_rows_without_region_and_year_are_refused():
    y, x = panel()
    assert "index of the outcome: found [None]" in refused(y.reset_index(drop=True), x)


def test_no_regressor_is_no_regression():
    y, x = panel()
    assert "regressors: found none; expected one at least" in refused(y, x[[]])


def test_unknown_effects_are_answered_by_the_known_ones():
    assert "did you mean 'region'?" in refused(*panel(), "regions")


def test_four_regions_are_too_few():
    assert "regions: found 4; expected 5 at least" in refused(*panel(regions=4))


def test_rows_must_outnumber_coefficients():
    assert "rows: found 6; expected more than the 8 coefficients" in refused(*panel(years=1), "region")


@pytest.mark.parametrize(
    ("effects", "words"), [("region", "no variation within regions"), ("both", "no variation beyond region and year")]
)
def test_a_regressor_that_stays_the_same_in_every_region_is_named(effects, words):
    y, x = panel()
    x["flat"] = x.a.groupby("region").transform("mean")
    assert f"flat: found {words}" in refused(y, x, effects)


def test_a_regressor_that_is_the_same_for_all_regions_of_a_year_is_named():
    y, x = panel()
    x["clock"] = x.index.get_level_values("year")
    assert "clock: found no variation within years" in refused(y, x, "year")


def test_a_constant_regressor_is_named():
    y, x = panel()
    assert "one: found the same value in every row" in refused(y, x.assign(one=1.0))


def test_collinear_regressors_are_all_named():
    y, x = panel()
    words = refused(y, x.assign(c=1 + x.a * 1000, d=np.arange(len(x)) ** 2))
    assert "a: found what the others give" in words
    assert "c: found what the others give" in words
    assert "\n  - b:" not in words
    assert "\n  - d:" not in words


@pytest.mark.parametrize("effects", ["none", "region"])
def test_a_regressor_that_stands_on_one_region_is_named_with_it(effects):
    y, x = panel()
    x["here"] = np.where(x.index.get_level_values("region") == "r3", x.a, 0.0)
    assert "here: found the same value in every row but for r3; expected a part of its own" in refused(y, x, effects)


def test_regions_that_share_no_year_cannot_have_both_effects():
    y, x = panel()
    apart = (x.index.get_level_values("region") < "r3") == (x.index.get_level_values("year") < 2010)
    assert "regions that share no year with the others" in refused(y[apart], x[apart], "both")


def test_an_outcome_explained_without_remainder_is_refused():
    _, x = panel()
    assert "the outcome: found nothing left" in refused(3 * x.a + 1, x)
