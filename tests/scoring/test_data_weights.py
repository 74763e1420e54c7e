import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit import MethodError, ahp_weights, critic_weights, entropy_weights, pca_weights
from evalkit.scoring.data_weights import varimax
from tests.scoring.small import quick

kernels = pytest.mark.parametrize("kernel", [entropy_weights, critic_weights, pca_weights])
ROUND = np.random.default_rng(7)
TABLES = [ROUND.uniform(1, 100, (rows, columns)) for rows, columns in [(11, 4), (51, 8), (30, 20)]]
tables = pytest.mark.parametrize("x", TABLES, ids=lambda x: f"{x.shape[0]} by {x.shape[1]}")


@tables
def test_entropy_agrees_with_pymcdm(x):
    peer = pytest.importorskip("pymcdm.weights")
    assert entropy_weights(x).tolist() == pytest.approx(peer.entropy_weights(x).tolist(), rel=1e-9)


@tables
def test_critic_agrees_with_pymcdm(x):
    peer = pytest.importorskip("pymcdm.weights")
    assert critic_weights(x).tolist() == pytest.approx(peer.critic_weights(x).tolist(), rel=1e-9)


@tables
def test_entropy_and_critic_agree_with_scikit_criteria(x):
    peer = pytest.importorskip("skcriteria.preprocessing.weighters")
    up = [1] * x.shape[1]
    assert entropy_weights(x).tolist() == pytest.approx(peer.entropy_weights(x).tolist(), rel=1e-9)
    assert critic_weights(x).tolist() == pytest.approx(peer.critic_weights(x, up).tolist(), rel=1e-9)


def test_entropy_by_hand():
    # Shares ½ and ½ have entropy 1, shares 0 and 1 have entropy 0; ¼ and ¾ lie between, at 0.8113.
    weights = entropy_weights([[1, 0], [3, 7]])
    assert weights.tolist() == pytest.approx([0.1887 / 1.1887, 1 / 1.1887], abs=1e-4)


@kernels
def test_weights_follow_their_columns(kernel):
    x, order = TABLES[1], [3, 0, 7, 1, 2, 6, 5, 4]
    assert kernel(x[:, order]).tolist() == pytest.approx(kernel(x)[order].tolist())


@kernels
def test_the_order_of_the_rows_changes_nothing(kernel):
    assert kernel(TABLES[0][::-1]).tolist() == pytest.approx(kernel(TABLES[0]).tolist())


@kernels
def test_the_unit_changes_nothing(kernel):
    units = np.array([10, 0.001, 1, 400])
    assert kernel(TABLES[0] * units).tolist() == pytest.approx(kernel(TABLES[0]).tolist())


@kernels
def test_columns_that_do_not_vary_are_named(kernel):
    frame = pd.DataFrame(TABLES[0], columns=list("abcd")).assign(b=5, d=0)
    with pytest.raises(MethodError, match="b: found one value only; expected another weighting") as error:
        kernel(frame)
    assert [o.where for o in error.value.offences] == ["b", "d"]


@kernels
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_blanks_and_infinite_values_are_named(kernel, value):
    x = TABLES[0].copy()
    x[2, 1] = value
    with pytest.raises(MethodError, match="column 2: found a blank or an infinite value"):
        kernel(x)


@kernels
def test_a_single_region_gives_no_weights(kernel):
    with pytest.raises(MethodError, match=r"found shape \(1, 4\); expected [23] rows without a blank at least"):
        kernel(TABLES[0][:1])


def test_entropy_needs_values_of_0_or_more():
    with pytest.raises(MethodError, match="column 2: found a value below 0"):
        entropy_weights([[1, -1], [2, 5]])


def test_critic_needs_columns_that_differ():
    with pytest.raises(MethodError, match="columns that differ"):
        critic_weights([[1, 10], [2, 20], [4, 40]])


def test_pca_of_two_pairs_of_the_same_column_counts_both_pairs_alike():
    a, b = np.array([1, -1, 1, -1.0]), np.array([1, 1, -1, -1.0])
    assert pca_weights(np.column_stack([a, b, a, b])).tolist() == pytest.approx([0.25] * 4)


def test_pca_keeps_no_more_factors_than_there_are_columns():
    with pytest.raises(MethodError, match="factors: found 5; expected 4 at most"):
        pca_weights(TABLES[0], factors=5)


def test_varimax_finds_the_simple_structure_that_a_rotation_has_hidden():
    simple = np.array([[0.9, 0], [0.8, 0], [0, 0.7], [0, 0.6]])
    turn = np.array([[np.cos(0.5), -np.sin(0.5)], [np.sin(0.5), np.cos(0.5)]])
    found = abs(varimax(simple @ turn))
    assert np.sort(found, axis=1)[:, 1].tolist() == pytest.approx([0.9, 0.8, 0.7, 0.6])
    assert found.min(axis=1).tolist() == pytest.approx([0, 0, 0, 0], abs=1e-6)


@quick
@given(st.lists(st.floats(0.1, 10), min_size=3, max_size=7))
def test_consistent_judgements_give_back_the_weights_they_rest_on(sizes):
    sizes = np.array(sizes)
    found = ahp_weights(sizes[:, None] / sizes)
    assert found.weights.tolist() == pytest.approx((sizes / sizes.sum()).tolist())
    assert found[1:] == pytest.approx((len(sizes), 0, 0), abs=1e-9)


def test_a_column_that_is_turned_round_weighs_the_same_under_pca():
    x = np.random.default_rng(2).normal(size=(30, 4)).cumsum(axis=1)
    turned = pca_weights(x * [1, -1, 1, 1])
    assert turned.tolist() == pytest.approx(pca_weights(x).tolist())
    assert (turned > 0).all()


def test_judgements_that_are_not_reciprocal_are_named():
    matrix = pd.DataFrame([[1, 3, 1], [1, 1, 1], [1, 1, 1]], index=list("abc"), columns=list("abc"))
    with pytest.raises(MethodError, match=r"a to b: found 3; expected 1, as b to a is 1"):
        ahp_weights(matrix)


def test_rounded_reciprocals_are_accepted():
    assert ahp_weights([[1, 3], [0.33, 1]]).weights.tolist() == pytest.approx([0.75, 0.25], abs=0.002)
    assert ahp_weights([[1, 1.05], [1, 1]]).weights.sum() == pytest.approx(1), "off by exactly 5 %"


@pytest.mark.parametrize("entry", [0, -2, np.nan, np.inf])
def test_judgements_that_are_not_positive_are_named(entry):
    with pytest.raises(MethodError, match=r"1 to 2: found .*; expected a number above 0"):
        ahp_weights([[1, entry], [0.5, 1]])


def test_the_diagonal_compares_a_thing_with_itself():
    with pytest.raises(MethodError, match="2 to 2: found 2"):
        ahp_weights([[1, 2], [0.5, 2]])


@pytest.mark.parametrize("matrix", [[[1, 2]], np.ones((16, 16)), np.ones(4)])
def test_judgements_need_a_square_matrix(matrix):
    with pytest.raises(MethodError, match="as many rows as columns, 15 at most"):
        ahp_weights(matrix)


@pytest.mark.parametrize("kernel", [entropy_weights, critic_weights, pca_weights])
def test_a_column_of_float_noise_does_not_vary(kernel):
    x = pd.DataFrame({"noise": [0.1 + 0.2, 0.3, 0.3], "b": [1.0, 2, 4], "c": [2.0, 1, 5]})
    with pytest.raises(MethodError, match="values that vary\n  - noise: found one value only"):
        kernel(x)
