import math

import pandas as pd

from evalkit.scoring.ranking import competition_ranks


def ranks(*scores):
    index = pd.MultiIndex.from_product([range(len(scores)), [2012]], names=["region", "year"])
    return competition_ranks(pd.DataFrame({"index": scores}, index=index, dtype=float))["index"].tolist()


def test_regions_that_tie_share_a_rank_and_the_next_rank_is_left_out():
    assert ranks(90, 80, 80, 70) == [1, 2, 2, 4]


def test_scores_that_differ_only_in_the_third_decimal_tie():
    assert ranks(80.001, 80.004, 90, 79.994) == [2, 2, 1, 4]


def test_a_third_decimal_counts_where_it_changes_the_published_score():
    assert ranks(80.004, 80.005) == [2, 1]


def test_a_region_without_a_score_has_no_rank():
    first, blank, second = ranks(90, None, 80)
    assert (first, second) == (1, 2)
    assert math.isnan(blank)


def test_regions_are_ranked_within_their_year():
    index = pd.MultiIndex.from_product([["r1", "r2"], [2011, 2012]], names=["region", "year"])
    table = competition_ranks(pd.DataFrame({"index": [10.0, 40, 20, 30]}, index=index))
    assert table["index"].unstack("year").to_dict("list") == {2011: [2, 1], 2012: [1, 2]}


def test_scores_that_only_noise_keeps_apart_tie():
    means = [1.65 / 2 + 17.52 / 2, 9.58 * 0.5 + 9.59 * 0.5, 20.0]
    assert ranks(*means) == [2, 2, 1]
    assert ranks(*[(0.5 * a + 0.5 * b) for a, b in ((1.65, 17.52), (9.58, 9.59), (20, 20))]) == [2, 2, 1]
