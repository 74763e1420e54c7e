import numpy as np
import pandas as pd
import pytest

from evalkit import MethodError, grey_relational_grade, vikor

ALIKE = pd.Series({"a": 0.5, "b": 0.5})


@pytest.mark.parametrize("majority", [0, 0.3, 0.5, 1])
def test_vikor_agrees_with_pymcdm(majority):
    peer = pytest.importorskip("pymcdm.methods")
    x = np.random.default_rng(1).uniform(1, 9, (8, 4))
    weights = np.array([0.1, 0.2, 0.3, 0.4])
    found = vikor(pd.DataFrame(x), pd.Series(weights), majority=majority)
    assert found.compromise.tolist() == pytest.approx(peer.VIKOR(v=majority)(x, weights, np.ones(4)).tolist())


def test_vikor_gives_the_example_that_pymcdm_prints():
    x = pd.DataFrame([[78, 56, 34, 6], [4, 45, 3, 97], [18, 2, 50, 63], [9, 14, 11, 92], [85, 9, 100, 29]])
    found = vikor(x, pd.Series(0.25, x.columns)).compromise.round(4)
    assert found.tolist() == [0.5679, 0.7667, 1, 0.7493, 0]


def test_vikor_by_hand():
    # r1 misses all of a, r2 all of b, r3 half of each: S alike, R twice as large for the first two
    scores = pd.DataFrame({"a": [0.0, 2, 1], "b": [4.0, 0, 2]}, index=["r1", "r2", "r3"])
    found = vikor(scores, ALIKE)
    assert found.group.tolist() == [0.5, 0.5, 0.5]
    assert found.regret.tolist() == [0.5, 0.5, 0.25]
    assert found.compromise.tolist() == [0.5, 0.5, 0]


@pytest.mark.parametrize("method", [vikor, grey_relational_grade])
def test_rows_with_a_blank_stay_blank_and_shape_nothing(method):
    scores = pd.DataFrame({"a": [1.0, 2, 3, 99], "b": [3.0, 1, 2, np.nan]})
    found = method(scores, ALIKE)
    assert np.isnan(found.to_numpy()[3]).all()
    assert np.array_equal(found.to_numpy()[:3], method(scores.iloc[:3], ALIKE).to_numpy())


@pytest.mark.parametrize("method", [vikor, grey_relational_grade])
def test_columns_that_do_not_vary_or_are_infinite_are_named(method):
    scores = pd.DataFrame({"a": [0.1 + 0.2, 0.3], "b": [1.0, np.inf]})
    with pytest.raises(MethodError, match=r"(?s)b: found an infinite score.*a: found one value only"):
        method(scores, ALIKE)
    with pytest.raises(MethodError, match="a: found one value only"):
        method(pd.DataFrame({"a": [1.0], "b": [2.0]}), ALIKE)


def test_settings_outside_their_range_are_refused():
    scores = pd.DataFrame({"a": [1.0, 2], "b": [2.0, 1]})
    with pytest.raises(MethodError, match=r"majority: found 1\.5"):
        vikor(scores, ALIKE, majority=1.5)
    with pytest.raises(MethodError, match="distinguishing: found 0"):
        grey_relational_grade(scores, ALIKE, distinguishing=0)
