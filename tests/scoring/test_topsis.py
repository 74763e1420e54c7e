import numpy as np
import pandas as pd
import pytest

from evalkit import MethodError, topsis

SCORES = pd.DataFrame(np.random.default_rng(3).uniform(1, 100, (23, 5)), columns=list("abcde"))
WEIGHTS = pd.Series([0.1, 0.3, 0.2, 0.25, 0.15], index=list("abcde"))


def test_it_agrees_with_pymcdm():
    methods, scales = pytest.importorskip("pymcdm.methods"), pytest.importorskip("pymcdm.normalizations")
    peer = methods.TOPSIS(normalization_function=scales.vector_normalization)
    expected = peer(SCORES.to_numpy(), WEIGHTS.to_numpy(), np.ones(5))
    assert topsis(SCORES, WEIGHTS).tolist() == pytest.approx(expected.tolist(), rel=1e-9)


def test_it_agrees_with_scikit_criteria():
    peer = pytest.importorskip("skcriteria.agg.topsis")
    lengths = np.sqrt((SCORES**2).sum()).to_numpy()
    expected = peer.topsis(SCORES.to_numpy() / lengths, np.ones(5), WEIGHTS.to_numpy())[-1]
    assert topsis(SCORES, WEIGHTS).tolist() == pytest.approx(expected.tolist(), rel=1e-9)


def test_the_best_and_the_worst_on_every_column_are_1_and_0():
    scores = pd.DataFrame({"a": [9, 1, 5], "b": [8, 2, 5]})
    assert topsis(scores, pd.Series({"a": 0.5, "b": 0.5})).tolist() == pytest.approx([1, 0, 0.5])


def test_ten_times_the_weights_change_nothing():
    assert topsis(SCORES, 10 * WEIGHTS).tolist() == pytest.approx(topsis(SCORES, WEIGHTS).tolist())


def test_a_row_with_a_blank_stays_blank_and_moves_nothing():
    more = pd.concat([SCORES, pd.DataFrame({"a": [500]}, index=["blank"])])
    found = topsis(more, WEIGHTS)
    assert np.isnan(found["blank"])
    assert found.drop("blank").tolist() == pytest.approx(topsis(SCORES, WEIGHTS).tolist(), rel=1e-12)


def test_a_single_region_has_no_ideal():
    with pytest.raises(MethodError, match="rows without a blank: found 1 that differ; expected 2 at least"):
        topsis(SCORES.iloc[:1], WEIGHTS)


def test_infinite_scores_are_named():
    with pytest.raises(MethodError, match="b: found an infinite score"):
        topsis(SCORES.assign(b=np.inf), WEIGHTS)


def test_rows_that_differ_by_float_noise_do_not_differ():
    with pytest.raises(MethodError, match="2 at least"):
        topsis(pd.DataFrame({"a": [0.1 + 0.2, 0.3]}), pd.Series({"a": 1.0}))
