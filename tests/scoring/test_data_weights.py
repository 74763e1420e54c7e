import numpy as np
import pandas as pd
import pytest

from evalkit import (
    CriticWeights,
    EntropyWeights,
    MethodError,
    PCAWeights,
    critic_weights,
    entropy_weights,
    pca_weights,
)
from evalkit.scoring import effective_weights
from evalkit.scoring.data_weights import varimax
from tests.scoring.small import group, leaf, panel, ragged, system

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
    assert [o.where for o in error.value.problems] == ["b", "d"]


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


def test_a_column_that_is_turned_round_weighs_the_same_under_pca():
    x = np.random.default_rng(2).normal(size=(30, 4)).cumsum(axis=1)
    turned = pca_weights(x * [1, -1, 1, 1])
    assert turned.tolist() == pytest.approx(pca_weights(x).tolist())
    assert (turned > 0).all()


@pytest.mark.parametrize("kernel", [entropy_weights, critic_weights, pca_weights])
def test_a_column_of_float_noise_does_not_vary(kernel):
    x = pd.DataFrame({"noise": [0.1 + 0.2, 0.3, 0.3], "b": [1.0, 2, 4], "c": [2.0, 1, 5]})
    with pytest.raises(MethodError, match="values that vary\n  - noise: found one value only"):
        kernel(x)


TABLE = np.random.default_rng(5).uniform(10, 90, (9, 4))
from_data = pytest.mark.parametrize(
    ("weighting", "kernel"),
    [(EntropyWeights, entropy_weights), (CriticWeights, critic_weights), (PCAWeights, pca_weights)],
)


def scores(**columns):
    return panel(dict(zip("abcd", TABLE.T, strict=True)) | columns).values


def two_groups():
    return system(group("g", leaf("a"), leaf("b"), weight=1), group("h", leaf("c"), leaf("d"), weight=3))


@from_data
def test_weights_from_data_are_found_among_indicators_and_declared_above_them(weighting, kernel):
    weights = weighting()(scores(), two_groups())
    assert weights[["g", "h"]].tolist() == [0.25, 0.75]
    expected = [*kernel(TABLE[:, :2]), *kernel(TABLE[:, 2:])]
    assert weights[list("abcd")].tolist() == pytest.approx(expected)


@from_data
def test_weights_from_data_over_indicators_give_each_its_share_of_the_root(weighting, kernel):
    tree = two_groups()
    shares = effective_weights(weighting(over="indicators")(scores(), tree), tree)
    assert shares.tolist() == pytest.approx(kernel(TABLE).tolist())


@from_data
def test_weights_from_data_look_at_rows_without_a_blank(weighting, kernel):
    weights = weighting()(scores(a=[None, *TABLE[1:, 0]]), two_groups())
    assert weights[["a", "b"]].tolist() == pytest.approx(kernel(TABLE[1:, :2]).tolist())
    assert weights[["c", "d"]].tolist() == pytest.approx(kernel(TABLE[:, 2:]).tolist())


@from_data
def test_a_child_beside_a_group_keeps_its_declared_weight(weighting, kernel):
    weights = weighting()(scores(), ragged())
    assert weights[["a", "g"]].tolist() == [0.75, 0.25]


@from_data
def test_weights_from_data_name_what_is_constant(weighting, kernel):
    with pytest.raises(MethodError, match="c: found one value only"):
        weighting()(scores(c=[50.0] * 9), two_groups())


@from_data
def test_weights_from_data_name_what_is_empty(weighting, kernel):
    with pytest.raises(MethodError, match="c: found no score; expected scores, or the indicator left out"):
        weighting()(scores(c=[None] * 9), two_groups())


@pytest.mark.parametrize("over", ["siblings", "indicators"])
def test_one_indicator_alone_has_all_the_weight(over):
    assert CriticWeights(over=over)(scores(), system(leaf("a"))).to_dict() == {"a": 1}
