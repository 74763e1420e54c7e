import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.analysis.dea import dea, scale_efficiency, super_efficiency
from tests.analysis.shops import BY_HAND, frames, made_up, of_many_sizes

CHOICES = [(r, o) for r in ("variable", "constant", "non_increasing") for o in ("output", "input")]


def peers(found, unit):
    return found.peers[found.peers.unit == unit].set_index("peer").intensity.to_dict()


def test_output_oriented_a_unit_is_held_against_the_frontier_above_it():
    found = dea(*frames(BY_HAND))
    # at x = 4 the frontier is a third of the way from B to C: y = 3 + 2/3
    assert found.scores.tolist() == pytest.approx([1, 1, 1, 6 / 11])
    assert found.targets.loc["D"].tolist() == pytest.approx([4, 11 / 3])
    assert peers(found, "D") == pytest.approx({"B": 2 / 3, "C": 1 / 3})


def test_input_oriented_a_unit_is_held_against_the_frontier_to_its_left():
    found = dea(*frames(BY_HAND), orientation="input")
    # y = 2 is half-way from A to B: x = 2.5
    assert found.scores.tolist() == pytest.approx([1, 1, 1, 2.5 / 4])
    assert found.targets.loc["D"].tolist() == pytest.approx([2.5, 2])
    assert peers(found, "D") == pytest.approx({"A": 0.5, "B": 0.5})


def test_what_is_left_on_the_frontier_is_slack():
    found = dea(*frames({**BY_HAND, "E": (9, 5), "F": (9, 2.5)}))
    assert found.slacks["input", "x"].tolist() == pytest.approx([0, 0, 0, 0, 3, 3])
    assert found.slacks["output", "y"].tolist() == [0] * 6
    assert found.targets.loc["F"].tolist() == pytest.approx([6, 5])
    assert found.efficient.tolist() == [True, True, True, False, False, False]


def test_prices_explain_a_score():
    found = dea(*frames(BY_HAND), returns="constant")
    # B's 3 from 3 sets the prices: D's output of 2 is worth 1, and its input of 4 twice that
    assert found.multipliers.loc["D"].tolist() == pytest.approx([0.5, 0.5])
    assert found.scores["D"] == pytest.approx(0.5)


@pytest.mark.parametrize(("returns", "orientation"), CHOICES)
@pytest.mark.parametrize("kind", [made_up, of_many_sizes])
def test_targets_are_efficient_when_they_are_evaluated_again(kind, returns, orientation):
    inputs, outputs = kind(25, 2, 3)
    targets = dea(inputs, outputs, returns=returns, orientation=orientation).targets
    reached = [targets[side].rename(index="target of {}".format) for side in ("input", "output")]
    both = (pd.concat(pair) for pair in zip((inputs, outputs), reached, strict=True))
    again = dea(*both, returns=returns, orientation=orientation)
    assert again.efficient[25:].all()


@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.integers(-6, 6), st.integers(-6, 6), st.sampled_from(CHOICES))
def test_units_of_measurement_do_not_matter(of_input, of_output, choice):
    inputs, outputs = made_up(15, 2, 2)
    returns, orientation = choice
    found = dea(inputs, outputs, returns=returns, orientation=orientation)
    other = inputs.assign(x1=inputs.x1 * 10.0**of_input), outputs.assign(y0=outputs.y0 * 10.0**of_output)
    again = dea(*other, returns=returns, orientation=orientation)
    assert again.scores.tolist() == pytest.approx(found.scores.tolist(), abs=1e-9)
    shares = [(each.slacks / abs(each.production.scale)).sum(axis=1).tolist() for each in (found, again)]
    assert shares[0] == pytest.approx(shares[1], abs=1e-6)


@pytest.mark.parametrize("orientation", ["output", "input"])
def test_the_more_is_assumed_possible_the_lower_the_score(orientation):
    data = made_up(30, 2, 2)
    constant, lesser, variable = (
        dea(*data, returns=returns, orientation=orientation).scores
        for returns in ("constant", "non_increasing", "variable")
    )
    assert (constant <= lesser + 1e-9).all()
    assert (lesser <= variable + 1e-9).all()


def test_under_constant_returns_both_orientations_give_one_score():
    data = made_up(30, 2, 2)
    one, other = (dea(*data, returns="constant", orientation=side).scores for side in ("output", "input"))
    assert one.tolist() == pytest.approx(other.tolist(), abs=1e-9)


def test_the_rows_of_the_outputs_may_stand_in_another_order():
    inputs, outputs = made_up(12, 2, 2)
    assert dea(inputs, outputs[::-1]).scores.equals(dea(inputs, outputs).scores)


def test_the_rule_of_thumb_counts_units_against_columns():
    small, large = dea(*made_up(11, 2, 2)), dea(*made_up(12, 2, 2))
    assert (small.n, small.needed, small.adequate) == (11, 12, False)
    assert (large.n, large.needed, large.adequate) == (12, 12, True)
    assert dea(*made_up(60, 3, 30)).needed == 99


def test_scale_efficiency_by_hand():
    found = scale_efficiency(*frames(BY_HAND))
    assert found.constant.tolist() == pytest.approx([1 / 2, 1, 5 / 6, 1 / 2])
    assert found["scale"].tolist() == pytest.approx([1 / 2, 1, 5 / 6, 11 / 12])
    assert found.returns.tolist() == ["increasing", "constant", "decreasing", "decreasing"]


def test_super_efficiency_by_hand():
    found = super_efficiency(*frames(BY_HAND), orientation="input")
    # B without itself: y = 3 is half-way from A to C, so x = 4; A: the least x for y ≥ 1 is B's 3; nobody else makes 5
    assert found.score.tolist()[:2] == pytest.approx([3 / 2, 4 / 3])
    assert found.score["D"] == pytest.approx(2.5 / 4)
    assert found.infeasible.tolist() == [False, False, True, False]
    assert found.score.isna().tolist() == [False, False, True, False]


def test_super_efficiency_under_constant_returns_is_the_ratio_to_the_next_best():
    found = super_efficiency(*frames(BY_HAND), returns="constant")
    assert found.score.tolist() == pytest.approx([1 / 2, 6 / 5, 5 / 6, 1 / 2])
    assert not found.infeasible.any()
