from types import SimpleNamespace

import numpy as np

from evalkit.reporting.site.areas import areas


def bounded(rings):
    return areas(SimpleNamespace(study=SimpleNamespace(boundaries=lambda: rings)))


def square(x, y, side):
    return np.array([[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]], dtype=float)


def test_north_is_up_and_a_degree_of_longitude_is_shorter_than_one_of_latitude():
    found = bounded({"a": [square(0, 59, 2)]})
    assert (found["width"], found["height"]) == (900, 1800)  # at 60 degrees a half
    assert found["names"]["a"] == [450, 900]
    assert found["paths"]["a"] == "M0 1800L900 1800L900 0L0 0L0 1800Z"


def test_points_that_a_page_cannot_tell_apart_are_left_out():
    fine = np.array([[0, -1], [1e-5, -1], [2, -1], [2, 1], [0, 1], [0, -1]], dtype=float)
    assert bounded({"a": [fine]})["paths"]["a"].count("L") == 4


def test_without_boundaries_there_is_no_map():
    assert bounded(None) is None
