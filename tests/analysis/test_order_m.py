from itertools import pairwise, product

import numpy as np
import pandas as pd
import pytest

from evalkit import MethodError, order_m
from tests.analysis.shops import BY_HAND, frames, made_up


def test_by_hand():
    # D (4, 2) is held against A, B and itself, which reach 1/2, 3/2 and 1 of its output: the best of two is expected
    # at (1·1/2 + 3·1 + 5·3/2)/9 = 11/9; its output is yielded by B, C and D with 3/4, 6/4 and 1 of its input
    output = order_m(*frames(BY_HAND), m=2).loc["D"]
    assert output.tolist() == pytest.approx([9 / 11, 3])
    inputs = order_m(*frames(BY_HAND), m=2, orientation="input").loc["D"]
    assert inputs.tolist() == pytest.approx([(5 * 3 / 4 + 3 * 1 + 1 * 6 / 4) / 9, 3])


def test_a_unit_that_nothing_compares_with_scores_1():
    assert order_m(*frames(BY_HAND), m=5).loc["A"].tolist() == [1, 1]


@pytest.mark.parametrize("orientation", ["output", "input"])
def test_it_is_the_mean_over_all_draws_of_m(orientation):
    inputs, outputs = made_up(7, 2, 2)
    x, y = inputs.to_numpy(), outputs.to_numpy()
    for unit, (score, n) in enumerate(order_m(inputs, outputs, m=3, orientation=orientation).to_numpy()):
        if orientation == "output":
            peers = [j for j in range(7) if (x[j] <= x[unit]).all()]
            ratios = [min(y[j, k] / y[unit, k] for k in range(2) if y[unit, k]) for j in peers]
            expected = 1 / np.mean([max(draw) for draw in product(ratios, repeat=3)])
        else:
            peers = [j for j in range(7) if (y[j] >= y[unit]).all()]
            expected = np.mean([min(draw) for draw in product([max(x[j] / x[unit]) for j in peers], repeat=3)])
        assert (score, n) == pytest.approx((expected, len(peers)))


@pytest.mark.parametrize("orientation", ["output", "input"])
def test_as_m_grows_it_falls_to_the_free_disposal_hull(orientation):
    inputs, outputs = made_up(12, 1, 1)
    scores = [order_m(inputs, outputs, m=m, orientation=orientation).score for m in (1, 5, 50, 10_000)]
    assert all((after <= before + 1e-12).all() for before, after in pairwise(scores))
    x, y = inputs["x0"], outputs["y0"]
    hull = [y[u] / y[x <= x[u]].max() if orientation == "output" else x[y >= y[u]].min() / x[u] for u in inputs.index]
    assert scores[-1].tolist() == pytest.approx(hull)


def test_an_order_below_1_is_refused():
    with pytest.raises(MethodError, match="m: found 0; expected 1 at least"):
        order_m(pd.DataFrame({"x": [1.0]}), pd.DataFrame({"y": [1.0]}), m=0)
