import pytest
from pydantic import ValidationError

from evalkit import DeclaredWeights, EqualWeights, GivenWeights, MethodError
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


def test_given_weights_are_shares_of_their_siblings_and_the_others_keep_their_declared_ones():
    expected = {"a": 1, "g": 0, "b": 0.25, "c": 0.75}
    assert weigh(GivenWeights(weights={"a": 5, "g": 0}), ragged()).to_dict() == expected


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ({"a": 1, "g": 0, "bb": 1}, "'bb'; expected .*did you mean 'b'"),
        ({"a": 1}, "found none for g; expected weights for all of a, g"),
        ({"b": 0, "c": 0}, "found 0 for b, c; expected a weight above 0 for one of them"),
    ],
)
def test_given_weights_that_do_not_fit_are_refused(weights, told):
    with pytest.raises(MethodError, match=told):
        weigh(GivenWeights(weights=weights), ragged())


@pytest.mark.parametrize("weights", [{}, {"a": -1, "g": 1}, {"a": float("inf"), "g": 1}])
def test_no_weights_and_weights_that_are_no_sizes_are_refused(weights):
    with pytest.raises(ValidationError):
        GivenWeights(weights=weights)
