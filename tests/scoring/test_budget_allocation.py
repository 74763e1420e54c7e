import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evalkit import BudgetAllocation, MethodError
from tests.scoring.small import quick, ragged, weigh

EXPERTS = {"A": {"a": 60, "g": 40}, "B": {"a": 1, "g": 3, "b": 5, "c": 15}}


def test_a_budget_is_the_mean_of_the_experts_shares():
    weights = weigh(BudgetAllocation(experts=EXPERTS), ragged())
    assert weights.to_dict() == pytest.approx({"a": 0.425, "g": 0.575, "b": 0.25, "c": 0.75})


def test_a_budget_leaves_nodes_on_which_nobody_has_an_opinion_as_declared():
    weights = weigh(BudgetAllocation(experts={"A": EXPERTS["A"]}), ragged())
    assert weights[["b", "c"]].tolist() == [0.25, 0.75]


@quick
@given(st.floats(0.01, 100))
def test_ten_times_the_points_change_nothing(factor):
    many = {"A": {code: factor * points for code, points in EXPERTS["A"].items()}, "B": EXPERTS["B"]}
    plain = weigh(BudgetAllocation(experts=EXPERTS), ragged())
    assert weigh(BudgetAllocation(experts=many), ragged()).to_dict() == pytest.approx(plain.to_dict())


@pytest.mark.parametrize(
    ("points", "match"),
    [
        ({"a": 1, "g": 1, "e": 2}, "A: found 'e'; expected one of a, g, b, c"),
        ({"b": 2}, "A: found no points for c; expected points for all of b, c"),
        ({"b": 0, "c": 0}, "A: found 0 points for b, c; expected points above 0 for one of them"),
        ({"b": 0, "c": 1}, "b: found 0 points from everyone; expected points, or a reason in `unscored`"),
    ],
)
def test_a_budget_that_does_not_fit_is_refused(points, match):
    with pytest.raises(MethodError, match=match):
        weigh(BudgetAllocation(experts={"A": points}), ragged())


def test_points_below_0_are_no_budget():
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        BudgetAllocation(experts={"A": {"a": -1}})
