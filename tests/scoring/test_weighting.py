import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit import DeclaredWeights, EqualWeights
from evalkit.scoring import effective_weights
from tests.scoring.small import group, leaf, quick, system, systems, weigh

weightings = st.sampled_from([DeclaredWeights(), EqualWeights(), EqualWeights(over="indicators")])


def test_effective_weights_are_products_down_the_tree():
    tree = system(leaf("a", weight=1), group("g", group("h", leaf("b", weight=1), leaf("c", weight=4)), weight=3))
    shares = effective_weights(weigh(DeclaredWeights(), tree), tree)
    assert shares.to_dict() == pytest.approx({"a": 0.25, "b": 0.15, "c": 0.6})


@quick
@given(systems(), weightings)
def test_weights_sum_to_1_within_every_parent(tree, weighting):
    weights = weigh(weighting, tree)
    for parent in tree.scored_groups:
        assert sum(weights[child.code] for child in parent.scored_children) == pytest.approx(1, abs=1e-12)


@quick
@given(systems(), weightings)
def test_every_scored_node_but_the_root_has_a_positive_weight(tree, weighting):
    weights = weigh(weighting, tree)
    nodes = {node.code for node in (*tree.scored_groups, *tree.scored)} - {"index"}
    assert set(weights.index) == nodes
    assert weights.gt(0).all()


@quick
@given(systems(), weightings)
def test_effective_weights_sum_to_1(tree, weighting):
    shares = effective_weights(weigh(weighting, tree), tree)
    assert list(shares.index) == [indicator.code for indicator in tree.scored]
    assert shares.sum() == pytest.approx(1, abs=1e-12)


@quick
@given(systems())
def test_equal_weights_over_indicators_give_every_indicator_the_same_share(tree):
    shares = effective_weights(weigh(EqualWeights(over="indicators"), tree), tree)
    assert shares.tolist() == pytest.approx([1 / len(tree.scored)] * len(tree.scored))
