from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.analysis.wild_bootstrap import WildTest, sign_vectors
from evalkit.base.errors import MethodError

CLUSTERS = 5
CODES = np.repeat(np.arange(CLUSTERS), 4)
few = settings(max_examples=20, deadline=None, derandomize=True)
seeds = st.integers(0, 10_000)


def sample(seed, clusters=CLUSTERS):
    """An outcome with shocks common to a cluster, and a design of a constant and two regressors."""
    rng = np.random.default_rng(seed)
    codes = np.repeat(np.arange(clusters), 4)
    design = np.column_stack([np.ones(len(codes)), rng.normal(size=(len(codes), 2))])
    y = design @ [1, 0.5, 0] + rng.normal(size=clusters)[codes] + rng.normal(size=len(codes))
    return y, design, codes


def ols(y, x):
    """A least-squares model of statsmodels."""
    from statsmodels.api import OLS

    return OLS(y, x)


def slope(y, design, codes, signs=None):
    """The test of the first regressor, and its estimate."""
    fit, others = ols(y, design).fit(), np.delete(design, 1, axis=1)
    own = ols(design[:, 1], others).fit().resid
    signs = sign_vectors(codes.max() + 1) if signs is None else signs
    return WildTest(own, fit.resid, design, codes, signs), fit.params[1]


def t_of(y, design, codes, null):
    fit = ols(y, design).fit(cov_type="cluster", cov_kwds={"groups": codes})
    return abs((fit.params[1] - null) / fit.bse[1])


def naive(y, design, codes, null):
    """The same p-value by a loop over all vectors of signs and a statsmodels fit of each sample."""
    x, others = design[:, 1], np.delete(design, 1, axis=1)
    held = ols(y - null * x, others).fit()
    signs = [np.array(v)[codes] for v in product([1, -1], repeat=max(codes) + 1)]
    own = t_of(y, design, codes, null)
    tried = [t_of(null * x + held.fittedvalues + held.resid * v, design, codes, null) for v in signs]
    return np.mean(np.array(tried) >= own * (1 - 1e-9))


@pytest.mark.parametrize("clusters", [3, 4, 5])
@pytest.mark.parametrize("null", [0.0, 0.4, -1.5])
def test_the_p_value_is_that_of_a_loop_over_all_samples(clusters, null):
    y, design, codes = sample(7, clusters)
    test, estimate = slope(y, design, codes)
    assert test.p_value(null - estimate) == pytest.approx(naive(y, design, codes, null))


def test_the_ends_of_the_interval_are_where_the_loop_begins_to_reject():
    y, design, codes = sample(3)
    test, estimate = slope(y, design, codes)
    for end in test.interval(0.8):
        assert naive(y, design, codes, estimate + 0.999 * end) > 0.2 >= naive(y, design, codes, estimate + 1.001 * end)


def test_the_estimate_itself_is_never_rejected():
    test, _ = slope(*sample(1))
    assert test.p_value(0.0) == 1


def test_the_smallest_p_value_is_one_sample_in_all():
    y, design, codes = sample(1)
    test, estimate = slope(y + 100 * design[:, 1], design, codes)
    assert test.p_value(-estimate) == 2 / 2**CLUSTERS


def test_the_interval_is_open_where_no_null_can_be_rejected():
    assert slope(*sample(1, clusters=4))[0].interval(0.9) == (-np.inf, np.inf)


def test_an_interval_of_a_lower_level_lies_within():
    test, _ = slope(*sample(5))
    (wide_low, wide_high), (low, high) = test.interval(0.85), test.interval(0.6)
    assert wide_low < low < 0 < high < wide_high


@few
@given(seeds, st.floats(0.001, 1000), st.floats(-2, 2))
def test_the_scale_of_a_regressor_changes_no_p_value(seed, scale, null):
    y, design, codes = sample(seed)
    test, estimate = slope(y, design, codes)
    scaled, small = slope(y, design * [1, scale, 1], codes)
    assert small == pytest.approx(estimate / scale)
    assert scaled.p_value(null / scale - small) == pytest.approx(test.p_value(null - estimate), abs=1e-12)


@few
@given(seeds)
def test_an_outcome_with_all_signs_changed_gives_the_mirrored_test(seed):
    y, design, codes = sample(seed)
    (test, estimate), (mirror, mirrored) = slope(y, design, codes), slope(-y, design, codes)
    assert mirror.p_value(-mirrored) == test.p_value(-estimate)
    assert mirror.interval(0.8) == pytest.approx(tuple(-end for end in test.interval(0.8)[::-1]))


@few
@given(seeds, st.permutations(range(CLUSTERS)))
def test_the_names_of_the_clusters_change_nothing(seed, order):
    y, design, codes = sample(seed)
    (test, estimate), (renamed, _) = slope(y, design, codes), slope(y, design, np.array(order)[codes])
    assert renamed.p_value(-estimate) == test.p_value(-estimate)


def test_all_signs_are_tried_once_up_to_their_mirror():
    signs = sign_vectors(6)
    assert signs[0].tolist() == [1] * 6
    assert len({tuple(row) for row in signs} | {tuple(-row) for row in signs}) == 2**6 == 2 * len(signs)


def test_many_clusters_are_drawn_by_seed_and_begin_with_the_sample_itself():
    signs = sign_vectors(20, seed=1)
    assert signs.shape == (10_000, 20)
    assert signs[0].tolist() == [1] * 20
    assert np.array_equal(signs, sign_vectors(20, seed=1))
    assert not np.array_equal(signs, sign_vectors(20, seed=2))


def test_drawn_signs_come_near_the_exact_p_value():
    y, design, codes = sample(2, clusters=10)
    test, estimate = slope(y, design, codes)
    drawn = np.random.default_rng(0).choice([-1.0, 1.0], (10_000, 10))
    drawn[0] = 1
    near, _ = slope(y, design, codes, signs=drawn)
    assert near.p_value(0.2 - estimate) == pytest.approx(test.p_value(0.2 - estimate), abs=0.02)


def test_many_clusters_without_a_seed_are_refused():
    with pytest.raises(MethodError, match="seed: found none; expected a whole number: above 12 clusters"):
        sign_vectors(13)
