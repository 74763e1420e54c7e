import numpy as np
import pandas as pd
import pytest

from evalkit import MethodError, dea, returns_to_scale_test


def plant(power, n=8, seed=1):
    """Units whose output is a power of their input, less a loss of up to a third."""
    random = np.random.default_rng(seed)
    x = np.linspace(1, 9, n)
    y = x**power * np.exp(-np.abs(random.normal(0, 0.05, n)))
    return pd.DataFrame({"x": x}), pd.DataFrame({"y": y})


@pytest.mark.parametrize("orientation", ["output", "input"])
def test_the_ratio_is_that_of_the_mean_scores(orientation):
    found = returns_to_scale_test(*plant(0.7), orientation=orientation, draws=3, seed=1)
    means = [dea(*plant(0.7), returns=r, orientation=orientation).scores.mean() for r in ("constant", "variable")]
    assert found.ratio == pytest.approx(means[0] / means[1])
    assert (found.draws, found.n) == (3, 8)


def test_decreasing_returns_are_told_from_constant_ones():
    assert returns_to_scale_test(*plant(0.5), draws=25, seed=1).p == 1 / 26
    assert returns_to_scale_test(*plant(1.0), draws=25, seed=1).p > 0.1


def test_the_same_seed_gives_the_same():
    first, again = (returns_to_scale_test(*plant(0.9), draws=5, seed=4) for _ in range(2))
    assert first == again


def test_what_cannot_be_tested_is_refused():
    with pytest.raises(MethodError, match="draws: found 0"):
        returns_to_scale_test(*plant(0.5), draws=0, seed=1)
    one = pd.DataFrame({"x": [1.0, 2, 3]})
    with pytest.raises(MethodError, match="found 1 for all units"):
        returns_to_scale_test(one, one.set_axis(["y"], axis=1), seed=1)
