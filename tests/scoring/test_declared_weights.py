from evalkit import DeclaredWeights, EqualWeights
from tests.scoring.small import group, leaf, ragged, system, weigh


def test_declared_weights_are_shares_of_their_parent():
    expected = {"a": 0.75, "g": 0.25, "b": 0.25, "c": 0.75}
    assert weigh(DeclaredWeights(), ragged()).to_dict() == expected


def test_equal_weights_are_equal_among_siblings():
    assert weigh(EqualWeights(), ragged()).to_dict() == {"a": 0.5, "g": 0.5, "b": 0.5, "c": 0.5}


def test_equal_weights_over_indicators_weigh_a_group_by_its_scored_indicators():
    expected = {"a": 1 / 3, "g": 2 / 3, "b": 0.5, "c": 0.5}
    assert weigh(EqualWeights(over="indicators"), ragged()).to_dict() == expected


def test_a_group_that_does_not_count_has_no_weight():
    tree = system(leaf("a"), group("g", leaf("b", worst=None, unscored="context"), weight=0))
    assert weigh(DeclaredWeights(), tree).to_dict() == {"a": 1}
