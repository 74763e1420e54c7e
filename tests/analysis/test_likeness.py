import numpy as np
import pandas as pd

from evalkit.analysis.likeness import all_nearest, nearest

# a: 0, 2, 4, 6 (standard deviation √5), b: 10, 10, 40, 40 (standard deviation 15)
STRUCTURE = pd.DataFrame({"a": [0.0, 2, 4, 6], "b": [10.0, 10, 40, 40]}, index=list("wxyz"))


def test_the_nearest_has_the_least_distance_in_standard_deviations():
    # from w: x 4/5 = .8, y 16/5 + 4 = 7.2, z 36/5 + 4 = 11.2
    assert nearest(STRUCTURE, "w", 2) == ("x", "y")
    # from y: z .8, x 4/5 + 4 = 4.8, w 7.2; without the standard deviations x would be 904 away and z 4
    assert nearest(STRUCTURE, "y", 3) == ("z", "x", "w")


def test_a_unit_of_measure_changes_nothing():
    assert nearest(STRUCTURE * [1000, 1], "w", 3) == nearest(STRUCTURE, "w", 3)


def test_a_figure_that_all_share_tells_nothing():
    assert nearest(STRUCTURE.assign(c=7.0), "y", 3) == ("z", "x", "w")


def test_a_region_without_a_figure_is_near_to_none_and_has_none_near():
    unknown = STRUCTURE.assign(a=[0.0, np.nan, 4, 6])
    assert "x" not in nearest(unknown, "w", 3)
    assert nearest(unknown, "x", 3) == ()


def test_those_that_are_as_near_stand_in_their_order():
    assert nearest(pd.DataFrame({"a": [1.0, 0, 2]}, index=list("mno")), "m", 1) == ("n",)


def test_all_at_once_are_each_by_itself():
    structure = pd.DataFrame({"a": [0.0, 1, 5, 1, np.nan], "b": [2.0, 0, 3, 0, 1]}, index=list("vwxyz"))
    assert all_nearest(structure, 2) == {region: nearest(structure, region, 2) for region in "vwxyz"}
    assert all_nearest(structure, 2)["v"] == ("w", "y")
    assert all_nearest(structure, 2)["z"] == ()
