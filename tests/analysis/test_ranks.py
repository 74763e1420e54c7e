import pandas as pd
import pytest

from evalkit.analysis.ranks import indicator_ranks, latest, neighbours, rank_range
from tests.scoring.small import leaf, panel, system


def tree():
    """One indicator where more is better, one where less is, one where neither is."""
    return system(leaf("more"), leaf("less", worst=10, best=0), leaf("neither", worst=None, unscored="context"))


def values(**columns):
    table = pd.DataFrame(columns, index=pd.Index([f"r{n}" for n in range(1, 5)], name="region"))
    return table.T.rename_axis("code").stack()


def ranked(code, *, from_the_bottom=False, **columns):
    return indicator_ranks(values(**columns), tree(), from_the_bottom=from_the_bottom)[code].tolist()


def census():
    """A yearly indicator and a census of 2010."""
    return system(leaf("yearly"), leaf("census", worst=None, unscored="snapshot"))


def test_latest_takes_the_year_itself():
    table = latest(panel({"yearly": [1, 2, 3, 4], "census": [None] * 4}, years=(2011, 2012)), census(), 2012)
    assert table.loc["yearly"].to_dict("list") == {"value": [2, 4], "as_of": [2012, 2012]}


def test_latest_takes_a_census_from_its_own_earlier_year():
    columns = {"yearly": [1] * 6, "census": [7, None, None, 8, None, None]}
    table = latest(panel(columns, years=(2010, 2011, 2012)), census(), 2011)
    assert table.loc["census"].to_dict("list") == {"value": [7, 8], "as_of": [2010, 2010]}


def test_latest_takes_the_later_of_two_censuses_but_none_of_the_future():
    columns = {"yearly": [1] * 3, "census": [5, 6, 7]}
    table = latest(panel(columns, years=(2010, 2011, 2012)), census(), 2011)
    assert table.loc[("census", "r1")].to_dict() == {"value": 6, "as_of": 2011}


def test_latest_leaves_a_yearly_indicator_blank_rather_than_old():
    columns = {"yearly": [9, None], "census": [None, None]}
    table = latest(panel(columns, years=(2011, 2012)), census(), 2012)
    assert table.value.isna().all()
    assert table.as_of.tolist() == [2012, 2012]


def test_the_best_is_first_whichever_way_is_better():
    columns = {"more": [1, 4, 3, 2], "less": [1, 4, 3, 2]}
    assert ranked("more", **columns) == [4, 1, 2, 3]
    assert ranked("less", **columns) == [1, 4, 3, 2]


def test_regions_that_tie_share_a_rank_on_an_indicator():
    assert ranked("more", more=[5, 9, 9, 1]) == [3, 1, 1, 4]


def test_counted_from_the_bottom_the_worst_is_first():
    columns = {"more": [1, 4, 3, 2], "less": [1, 4, 3, 2]}
    assert ranked("more", from_the_bottom=True, **columns) == [1, 4, 3, 2]
    assert ranked("less", from_the_bottom=True, **columns) == [4, 1, 2, 3]


def test_regions_that_tie_for_last_are_all_last():
    assert ranked("more", from_the_bottom=True, more=[0, 0, 5, 3]) == [1, 1, 4, 3]
    assert ranked("less", from_the_bottom=True, less=[9, 9, 9, 1]) == [1, 1, 1, 4]


def test_there_is_no_rank_where_neither_way_is_better_or_the_value_is_blank():
    found = indicator_ranks(values(neither=[1, 2, 3, 4], more=[None, 2, 1, 4]), tree())
    assert found["neither"].isna().all()
    assert found["more"].isna().tolist() == [True, False, False, False]
    assert found["more"].tolist()[1:] == [2, 3, 1]


def test_neighbours_are_the_nearest_above_and_below():
    scores = pd.Series({"r1": 90.0, "r2": 70.0, "r3": 75.5, "r4": 60.0, "r5": 72.0})
    assert neighbours(scores, "r5") == {"above": ("r3", 3.5), "below": ("r2", 2.0)}


@pytest.mark.parametrize(("region", "side"), [("top", "above"), ("twin", "above"), ("low", "below"), ("base", "below")])
def test_nobody_stands_above_the_first_or_below_the_last_even_where_they_tie(region, side):
    scores = pd.Series({"top": 90.0, "twin": 90.0, "middle": 75.0, "low": 60.0, "base": 60.0})
    found = neighbours(scores, region)
    assert found[side] is None
    assert found[{"above": "below", "below": "above"}[side]] == ("middle", 15.0)


def test_a_region_with_the_same_score_is_no_neighbour():
    scores = pd.Series({"r1": 90.0, "r2": 75.0, "r3": 75.0, "r4": 60.0})
    assert neighbours(scores, "r2") == {"above": ("r1", 15.0), "below": ("r4", 15.0)}


def test_a_region_without_a_score_has_no_neighbours_and_is_none():
    scores = pd.Series({"r1": 90.0, "r2": float("nan"), "r3": 80.0})
    assert neighbours(scores, "r2") == {"above": None, "below": None}
    assert neighbours(scores, "r1") == {"above": None, "below": ("r3", 10.0)}


def test_the_range_runs_from_the_best_to_the_worst_rank_over_all_ways():
    ways = {"declared": pd.Series({"r1": 1, "r2": 2, "r3": 3}), "equal": pd.Series({"r1": 3, "r2": 2, "r3": 1})}
    assert rank_range(ways).T.to_dict("list") == {"r1": [1, 3], "r2": [2, 2], "r3": [1, 3]}


def test_ranks_are_matched_by_region_and_not_by_place():
    ways = {"one": pd.Series({"r1": 1, "r2": 2}), "other": pd.Series({"r2": 2, "r1": 1})}
    assert rank_range(ways).loc["r1"].tolist() == [1, 1]


def test_a_way_that_gives_no_rank_is_left_out():
    ways = {"one": pd.Series({"r1": 1.0}), "other": pd.Series({"r1": float("nan")})}
    assert rank_range(ways).loc["r1"].to_dict() == {"best": 1, "worst": 1}


def test_the_round_of_2012_moves_quzhou_from_fourth_to_no_better_than_eighth(study, result):
    ways = {"declared": result} | study.alternatives
    found = rank_range({name: way.ranks["index"].xs(2012, level="year") for name, way in ways.items()})
    assert found.loc["330800", "best"] <= 4
    assert found.loc["330800", "worst"] >= 8
