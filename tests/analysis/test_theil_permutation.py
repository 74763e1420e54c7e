from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from evalkit import MethodError, theil_decomposition, theil_permutation_test

REGIONS = list("abcdef")
VALUES = pd.Series([1.0, 2, 4, 3, 8, 9], pd.Index(REGIONS, name="region"))
GROUPS = pd.Series(["n", "n", "n", "s", "s", "s"], REGIONS)
PEOPLE = pd.Series([3.0, 1, 2, 2, 1, 4], VALUES.index)


def enumerated(weights, measure):
    """What lies between the groups in all 720 orders of their labels."""
    orders = [pd.Series(order, REGIONS) for order in set(permutations(GROUPS))]
    return np.array([theil_decomposition(VALUES, g, weights, measure=measure)["between"].iloc[0] for g in orders])


@pytest.mark.parametrize("measure", ["theil", "mean_log_deviation"])
@pytest.mark.parametrize("weights", [None, PEOPLE], ids=["alike", "people"])
def test_it_comes_near_what_all_permutations_give(measure, weights):
    found = theil_permutation_test(VALUES, GROUPS, weights, measure=measure, permutations=2000, seed=1)
    every, split = enumerated(weights, measure), theil_decomposition(VALUES, GROUPS, weights, measure=measure).iloc[0]
    assert (found.between, found.share) == pytest.approx((split["between"], split.between_share))
    assert found.p == pytest.approx((every >= split["between"] - 1e-12).mean(), abs=0.04)
    assert found.expected == pytest.approx(every.mean() / split.total, abs=0.03)
    assert (found.n, found.permutations) == (6, 2000)


def test_groups_of_one_region_each_say_nothing():
    # whatever the order, all lies between
    found = theil_permutation_test(VALUES, pd.Series(REGIONS, REGIONS), permutations=50, seed=1)
    assert (found.p, found.share, found.expected) == pytest.approx((1, 1, 1))


def test_the_same_seed_gives_the_same():
    assert theil_permutation_test(VALUES, GROUPS, seed=3) == theil_permutation_test(VALUES, GROUPS, seed=3)


def test_what_cannot_be_tested_is_refused():
    with pytest.raises(MethodError, match=r"the values: found all equal.*\n.*permutations: found 0"):
        theil_permutation_test(VALUES * 0 + 1, GROUPS, permutations=0, seed=1)
    years = pd.concat({2011: VALUES, 2012: VALUES}, names=["year"]).swaplevel()
    with pytest.raises(MethodError, match="years: found 2011, 2012"):
        theil_permutation_test(years, GROUPS, seed=1)
