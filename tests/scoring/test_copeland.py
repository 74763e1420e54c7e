import numpy as np
import pandas as pd

from evalkit import copeland
from evalkit.scoring.copeland import net_wins

CYCLE = [[3, 2, 1], [1, 3, 2], [2, 1, 3]]


def frame(rows, columns="abc"):
    return pd.DataFrame(rows, columns=list(columns), index=[f"r{i}" for i in range(len(rows))], dtype=float)


def by(*weights):
    return pd.Series(weights, index=list("abc")[: len(weights)])


def test_a_majority_of_the_weight_wins_whatever_the_margin():
    scores = frame([[51, 51, 0], [50, 50, 100], [0, 0, 50]])
    assert copeland(scores, by(0.3, 0.3, 0.4)).tolist() == [2, 0, -2]


def test_a_cycle_of_majorities_is_a_tie():
    assert copeland(frame(CYCLE), by(1 / 3, 1 / 3, 1 / 3)).tolist() == [0, 0, 0]


def test_weights_decide_a_cycle():
    assert copeland(frame(CYCLE), by(0.6, 0.2, 0.2)).tolist() == [2, -2, 0]


def test_half_the_weight_wins_nothing():
    assert copeland(frame([[1, 2], [2, 1]], "ab"), by(0.5, 0.5)).tolist() == [0, 0]


def test_weights_that_sum_to_a_half_but_for_rounding_win_nothing():
    scores = pd.DataFrame([[1, 1, 2], [2, 2, 1]], columns=list("abc"))
    assert copeland(scores, by(0.1, 0.2, 0.1 + 0.2)).tolist() == [0, 0]


def test_a_row_with_a_blank_is_left_out():
    found = copeland(frame([[1, 1, 1], [np.nan, 9, 9], [2, 2, 2]]), by(0.2, 0.4, 0.4))
    assert found.iloc[[0, 2]].tolist() == [-1, 1]
    assert np.isnan(found.iloc[1])


def test_weights_are_matched_by_name():
    scores = frame([[1, 2, 2], [2, 1, 1]])
    assert copeland(scores, by(0.6, 0.2, 0.2)[["c", "b", "a"]]).tolist() == [-1, 1]


def test_net_wins_are_those_of_each_draw():
    scores = np.array(CYCLE, dtype=float)
    weights = np.array([[0.6, 0.2, 0.2], [0.2, 0.6, 0.2]])
    draws = np.stack([scores, scores[::-1]])
    expected = [net_wins(scores, weights[0]).tolist(), net_wins(scores, weights[1]).tolist()]
    assert net_wins(scores, weights).tolist() == expected == [[2, -2, 0], [0, 2, -2]]
    assert net_wins(draws, weights).tolist() == [expected[0], expected[1][::-1]]
    assert net_wins(draws, weights[0]).tolist() == [expected[0], expected[0][::-1]]
