import numpy as np
import pytest

from evalkit import MethodError, MinMax
from evalkit.scoring.measurement_error import on_goalposts
from evalkit.scoring.normalisation import FloorToTarget, GoalpostsScale
from tests.scoring.small import leaf, system

TREE = system(leaf("a", worst=20, best=10), leaf("b", worst=1, best=100, transform="log"))


def test_each_draw_is_placed_between_the_goalposts():
    draws = np.array([[[12.0, 10.0]], [[20.0, 1000.0]]])
    assert on_goalposts(draws, TREE, GoalpostsScale())[:, 0] == pytest.approx(np.array([[80, 50], [0, 150]]))
    assert on_goalposts(draws, TREE, FloorToTarget())[:, 0] == pytest.approx(np.array([[92, 80], [60, 120]]))


def test_a_value_without_a_logarithm_is_blank():
    assert np.isnan(on_goalposts(np.array([[[12.0, -1.0]]]), TREE, GoalpostsScale())).tolist() == [[[False, True]]]


def test_a_scale_that_moves_with_the_data_is_refused():
    with pytest.raises(MethodError, match=r"found min_max; expected one of goalposts, floor_to_target"):
        on_goalposts(np.ones((1, 1, 2)), TREE, MinMax())
