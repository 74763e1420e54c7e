import pytest

from evalkit import ParamsError
from evalkit.index.unscored import without_scores
from tests.scoring.small import group, leaf, system


@pytest.fixture
def tree():
    left = group("left", leaf("a", weight=2), leaf("b"), weight=3)
    return system(left, group("right", leaf("c"), leaf("show", worst=None, unscored="context")), leaf("d"))


def test_what_a_round_leaves_out_weighs_nothing_and_the_others_weigh_as_declared(tree):
    found = without_scores(tree, {"a": "broken", "c": "saturated"})
    assert {i.code: i.unscored for i in found.indicators} == {
        "a": "broken", "b": None, "c": "saturated", "show": "context", "d": None,
    }  # fmt: skip
    assert found.root_shares() == {"index": 1, "left": 0.75, "b": 0.75, "d": 0.25}
    assert found.node("right").weight == 0
    assert found.node("a").goalposts == tree.node("a").goalposts


def test_a_round_that_leaves_nothing_out_has_the_system_as_it_is(tree):
    assert without_scores(tree, {}) is tree


def test_of_what_is_context_a_round_may_say_that_its_data_are_broken(tree):
    assert without_scores(tree, {"show": "broken"}).node("show").unscored == "broken"


def test_unknown_codes_are_told_at_once_with_near_ones():
    tree = system(leaf("beds"), leaf("money", layer="input", worst=None, unscored="input"))
    with pytest.raises(ParamsError) as told:
        without_scores(tree, {"bed": "broken", "money": "broken", "index": "broken"})
    assert [problem.found for problem in told.value.problems] == ["'bed'", "'money'", "'index'"]
    assert "did you mean 'beds'" in told.value.problems[0].expected


def test_something_has_to_be_left_to_score():
    with pytest.raises(ParamsError, match="unscored: found every indicator that would be scored; expected all but one"):
        without_scores(system(leaf("a"), leaf("b")), {"a": "broken", "b": "saturated"})
