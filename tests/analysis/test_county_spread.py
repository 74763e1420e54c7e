import math

import pandas as pd

from evalkit.analysis.county_spread import spread

COUNTIES = ["c1", "c2", "c3"]


def spread_of(*values, higher_is_better):
    table = spread(pd.DataFrame({"x": values}, index=COUNTIES, dtype=float), pd.Series({"x": higher_is_better}))
    return table.loc["x"].to_dict()


def test_the_best_county_has_the_most_where_more_is_better():
    expected = {"best_region": "c2", "best": 8, "worst_region": "c3", "worst": 2, "difference": 6, "ratio": 4}
    assert spread_of(5, 8, 2, higher_is_better=True) == expected


def test_the_best_county_has_the_least_where_less_is_better():
    expected = {"best_region": "c3", "best": 2, "worst_region": "c2", "worst": 8, "difference": 6, "ratio": 4}
    assert spread_of(5, 8, 2, higher_is_better=False) == expected


def test_a_county_without_a_value_is_neither_best_nor_worst():
    found = spread_of(5, None, 2, higher_is_better=True)
    assert (found["best_region"], found["worst_region"]) == ("c1", "c3")


def test_there_is_no_ratio_to_nothing():
    found = spread_of(5, 0, 2, higher_is_better=True)
    assert found["difference"] == 5
    assert math.isnan(found["ratio"])


def test_each_indicator_has_its_own_row_and_direction():
    values = pd.DataFrame({"schooling": [9.0, 8, 7], "illiteracy": [4.0, 5, 6]}, index=COUNTIES)
    table = spread(values, pd.Series({"schooling": True, "illiteracy": False}))
    assert table.best_region.to_dict() == {"schooling": "c1", "illiteracy": "c1"}
    assert table.worst.to_dict() == {"schooling": 7, "illiteracy": 6}


def test_an_indicator_that_no_county_has_is_left_out():
    values = pd.DataFrame({"known": [1.0, 2, 3], "unknown": [None] * 3}, index=COUNTIES, dtype=float)
    assert list(spread(values, pd.Series({"known": True, "unknown": True})).index) == ["known"]
