import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from evalkit import MethodError, benefit_of_the_doubt

INDEX = pd.MultiIndex.from_product([["r1", "r2", "r3"], [2012]], names=["region", "year"])
SCORES = pd.DataFrame({"a": [4, 1, 2], "b": [1, 4, 2]}, index=INDEX, dtype=float)


def test_each_row_is_scored_by_the_weights_that_suit_it():
    # r1 and r2 are the best on one column each; r3 reaches 2/5 + 2/5 on the line between them.
    scores, weights = benefit_of_the_doubt(SCORES)
    assert scores.tolist() == pytest.approx([1, 1, 0.8])
    assert weights.iloc[2].tolist() == pytest.approx([0.2, 0.2])


def test_under_its_weights_no_row_scores_above_1():
    x = pd.DataFrame(np.random.default_rng(1).uniform(1, 100, (12, 4)))
    scores, weights = benefit_of_the_doubt(x)
    assert (weights.to_numpy() @ x.to_numpy().T).max() <= 1 + 1e-7
    assert scores.max() == pytest.approx(1)


def test_limits_that_add_up_to_1_but_for_noise_can_be_met():
    assert 0.7 + 0.2 + 0.1 < 1
    scores, weights = benefit_of_the_doubt(SCORES.assign(c=SCORES.a), {"a": (0, 0.7), "b": (0, 0.2), "c": (0, 0.1)})
    assert (weights.b * SCORES.b / scores).tolist() == pytest.approx([0.2] * 3)


def test_shares_stay_within_their_limits():
    scores, weights = benefit_of_the_doubt(SCORES, {"a": (0.4, 0.6)})
    shares = (weights * SCORES)["a"] / scores
    assert shares.between(0.4 - 1e-7, 0.6 + 1e-7).all()
    # r1 at 60 % on a: w = (0.15 s, 0.4 s), under which r2 would score 1.75 s, so s = 1 / 1.75
    assert scores.iloc[0] == pytest.approx(1 / 1.75)


def test_a_row_that_cannot_meet_the_limits_with_what_it_has_is_refused():
    # r1 has nothing on b, so that a would be its whole score
    scores = pd.DataFrame({"a": [100.0, 50, 0], "b": [0.0, 50, 100]}, index=INDEX)
    with pytest.raises(MethodError, match=r"limits cannot be met\n  - r1 in 2012: found 0\.5 at most") as told:
        benefit_of_the_doubt(scores, {"a": (0, 0.5)})
    assert len(told.value.problems) == 1


def test_limits_that_leave_room_for_a_row_with_a_zero_are_met():
    scores = pd.DataFrame({"a": [100.0, 50, 0], "b": [0.0, 50, 100], "c": [50.0, 50, 50]}, index=INDEX)
    found, weights = benefit_of_the_doubt(scores, {"a": (0, 0.5), "c": (0, 0.5)})
    assert (weights.iloc[0] * scores.iloc[0] / found.iloc[0]).tolist() == pytest.approx([0.5, 0, 0.5])


def test_a_row_of_zeros_scores_0_and_decimal_limits_add_up():
    scores = pd.DataFrame({"a": [0.0, 1], "b": [0.0, 2], "c": [0.0, 3]}, index=INDEX[:2])
    found, _ = benefit_of_the_doubt(scores, {"a": (0, 0.1), "b": (0, 0.2), "c": (0, 0.7)})
    assert found.tolist() == pytest.approx([0, 1])


def test_another_unit_changes_nothing():
    scores, _ = benefit_of_the_doubt(SCORES * [1000, 0.01], {"a": (0.2, 0.7)})
    assert scores.tolist() == pytest.approx(benefit_of_the_doubt(SCORES, {"a": (0.2, 0.7)})[0].tolist())


def test_a_row_with_a_blank_stays_blank_and_shapes_nothing():
    more = pd.concat([SCORES, pd.DataFrame({"a": [99.0]}, index=pd.MultiIndex.from_tuples([("r4", 2012)]))])
    scores, weights = benefit_of_the_doubt(more)
    assert np.isnan(scores.iloc[3])
    assert weights.iloc[3].isna().all()
    assert scores.iloc[:3].tolist() == pytest.approx([1, 1, 0.8])


@pytest.mark.parametrize(
    ("limits", "match"),
    [
        ({"c": (0, 1)}, "limits: found 'c'; expected one of a, b"),
        ({"a": (0.6, 0.4)}, r"a: found shares from 0\.6 to 0\.4; expected shares from low to high, within 0 and 1"),
        ({"a": (0.6, 1), "b": (0.6, 1)}, r"limits: found sums of 1\.2 and 2"),
        ({"a": (0, 0.3), "b": (0, 0.3)}, r"limits: found sums of 0 and 0\.6"),
    ],
)
def test_limits_that_cannot_be_met_are_refused(limits, match):
    with pytest.raises(MethodError, match=match):
        benefit_of_the_doubt(SCORES, limits)


def test_scores_below_0_are_named():
    with pytest.raises(MethodError, match="a of r2 in 2012: found -1"):
        benefit_of_the_doubt(SCORES.assign(a=[1, -1, 2]))


def test_a_score_of_0_cannot_make_up_a_least_share():
    assert benefit_of_the_doubt(SCORES.assign(a=[1, 0, 2]))[0].iloc[1] == pytest.approx(1)
    with pytest.raises(MethodError, match="a of r2 in 2012: found 0; expected a finite score above 0"):
        benefit_of_the_doubt(SCORES.assign(a=[1, 0, 2]), {"a": (0.1, 0.9)})


def test_scipy_is_imported_only_when_it_is_needed():
    code = "import sys, evalkit.scoring.benefit_of_the_doubt; sys.exit('scipy.optimize' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
