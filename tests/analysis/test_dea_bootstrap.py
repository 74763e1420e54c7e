import numpy as np
import pandas as pd
import pytest

from evalkit.analysis.dea import dea
from evalkit.analysis.dea_bootstrap import bandwidth, efficiency_intervals, smoothed
from evalkit.base.errors import MethodError
from tests.analysis.shops import all_efficient, made_up

DATA = made_up(15, 2, 2)


@pytest.mark.parametrize("orientation", ["output", "input"])
@pytest.mark.parametrize("returns", ["variable", "constant"])
def test_scores_are_corrected_downwards_and_the_interval_lies_below_them(returns, orientation):
    choices = {"returns": returns, "orientation": orientation}
    found = efficiency_intervals(*DATA, **choices, draws=40, seed=1)
    assert found.score.tolist() == dea(*DATA, **choices).scores.tolist()
    assert (found.corrected < found.score).all()
    assert found.bias.tolist() == pytest.approx((found.score - found.corrected).tolist())
    assert ((found.low > 0) & (found.low < found.corrected) & (found.corrected < found.high)).all()
    assert (found.high <= found.score).all()
    assert (found.n == 15).all()


def test_the_same_seed_gives_the_same_bytes_and_another_does_not():
    runs = [efficiency_intervals(*DATA, draws=20, seed=seed).to_numpy().tobytes() for seed in (7, 7, 8)]
    assert runs[0] == runs[1] != runs[2]


def test_units_are_reported_as_asked_from_the_frontier_of_all():
    whole, part = (efficiency_intervals(*DATA, draws=20, seed=7, units=units) for units in (None, ["u9", "u2"]))
    pd.testing.assert_frame_equal(part, whole.loc[["u9", "u2"]], rtol=1e-9)


def test_a_wider_level_gives_a_wider_interval():
    narrow, wide = (efficiency_intervals(*DATA, draws=40, level=level, seed=1) for level in (0.5, 0.95))
    assert ((wide.low < narrow.low) & (wide.high > narrow.high)).all()


def test_the_bandwidth_is_silvermans_on_the_mirrored_distances():
    # two of four lie above 1, their mirror images below: 0.8, 0.6, 1.2, 1.4
    distances, mirrored = np.array([1, 1, 1.2, 1.4]), [0.6, 0.8, 1.2, 1.4]
    spread = np.std(mirrored, ddof=1)
    quartiles = (1.25 - 0.75) / 1.34
    expected = 0.9 * min(spread, quartiles) * 4**-0.2 * np.std(distances, ddof=1) / spread
    assert bandwidth(distances) == pytest.approx(expected)


def test_draws_keep_the_spread_of_the_distances_about_the_frontier():
    # distances mirrored at 1 have mean 1: their mean square about 1 is the variance that draws are brought back to
    distances = 1 + np.abs(np.random.default_rng(1).normal(0, 0.3, 50))
    drawn = np.concatenate([smoothed(distances, 0.2, np.random.default_rng(seed)) for seed in range(200)])
    assert drawn.min() >= 1
    assert ((drawn - 1) ** 2).mean() == pytest.approx(((distances - 1) ** 2).mean(), rel=0.03)


def test_draws_reach_the_frontier():
    distances = 1 + np.abs(np.random.default_rng(1).normal(0, 0.3, 100))
    nearest = [smoothed(distances, bandwidth(distances), np.random.default_rng(seed)).min() for seed in range(100)]
    assert np.median(nearest) < 1.01


def test_the_interval_of_one_input_and_output_at_constant_returns_is_that_of_the_closed_form():
    # a score is a ratio over the largest, so a drawn frontier moves all distances by what its nearest draw is off 1
    ratios, index = np.exp(-np.abs(np.random.default_rng(2).normal(0, 0.3, 30))), pd.RangeIndex(30)
    frames = pd.DataFrame({"x": 1.0}, index=index), pd.DataFrame({"y": ratios}, index=index)
    found = efficiency_intervals(*frames, returns="constant", draws=40, seed=5)
    distances, random = ratios.max() / ratios, np.random.default_rng(5)
    nearest = [smoothed(distances, bandwidth(distances), random).min() for _ in range(40)]
    drawn = distances[:, None] / nearest
    assert found.low.tolist() == pytest.approx(1 / (2 * distances - np.quantile(drawn, 0.05, axis=1)))
    assert found.high.tolist() == pytest.approx(1 / (2 * distances - np.quantile(drawn, 0.95, axis=1)))


def test_nine_in_ten_intervals_of_a_hundred_units_hold_the_truth():
    """A small run of benchmarks/coverage.py: shrinking after mirroring held the truth in 7 % of samples."""
    random, held = np.random.default_rng(20081231), 0
    for _ in range(60):
        ratios = np.exp(-np.abs(random.normal(0, 0.3, 100)))
        distances = ratios.max() / ratios
        width = bandwidth(distances)
        drawn = [1 / smoothed(distances, width, random).min() for _ in range(100)]
        low, high = np.quantile(drawn, [0.05, 0.95])
        held += 2 - high <= 1 / ratios.max() <= 2 - low
    assert held / 60 > 0.75


def test_corrected_scores_lie_nearer_to_the_true_ones():
    # y ≤ x with inefficiency drawn: the true score is y/x, and the raw score is never below it
    random = np.random.default_rng(3)
    x, true = random.uniform(1, 5, 40), np.exp(-random.exponential(0.3, 40))
    frames = pd.DataFrame({"x": x}), pd.DataFrame({"y": x * true})
    found = efficiency_intervals(*frames, returns="constant", draws=50, level=0.95, seed=1)
    assert (found.score >= true).all()
    assert abs(found.corrected - true).mean() < abs(found.score - true).mean()


def test_everything_that_makes_no_sense_is_told_at_once():
    with pytest.raises(MethodError, match=r"(?s)units: found u99.*draws: found 0.*level: found 95"):
        efficiency_intervals(*DATA, draws=0, level=95, seed=1, units=["u1", "u99"])


def test_a_sample_all_on_the_frontier_leaves_nothing_to_draw_from():
    with pytest.raises(MethodError, match="found 1 for all 12 units"):
        efficiency_intervals(*all_efficient(12, 1, 2), seed=1)
