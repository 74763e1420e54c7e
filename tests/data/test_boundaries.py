import json

import pytest

from evalkit import DataError
from evalkit.data.boundaries import read_boundaries

SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
FAR = [[5, 5, 9], [6, 5, 9], [6, 6, 9], [5, 5, 9]]


def feature(code, kind="Polygon", coordinates=(SQUARE,)):
    return {"properties": {"adcode": code}, "geometry": {"type": kind, "coordinates": coordinates}}


@pytest.fixture
def write(tmp_path):
    def write(*features, **content):
        path = tmp_path / "own.geojson"
        path.write_text(json.dumps(content or {"type": "FeatureCollection", "features": features}), encoding="utf-8")
        return path

    return write


def test_every_ring_of_a_region_is_read_and_heights_are_not(write):
    path = write(feature("0100"), feature(200, "MultiPolygon", [[SQUARE], [FAR]]))
    rings = read_boundaries(path, "adcode", ["0100", "200"])
    assert [ring.tolist() for ring in rings["0100"]] == [SQUARE]
    assert rings["200"][1].tolist() == [[5, 5], [6, 5], [6, 6], [5, 5]]


def test_features_of_other_regions_are_left_out(write):
    assert list(read_boundaries(write(feature("0100"), feature("0200")), "adcode", ["0100"])) == ["0100"]


def test_all_that_is_wrong_with_a_file_is_told_at_once(write):
    path = write(
        feature("0100", "Point"),
        feature("0200"),
        feature("0200"),
        feature("0400", "Polygon", [[1, 2]]),
        {"properties": None},
    )
    with pytest.raises(DataError) as error:
        read_boundaries(path, "adcode", ["0100", "0200", "0300", "0400"])
    found = [(problem.where, problem.found) for problem in error.value.problems]
    assert found == [
        ("region 0300", "no feature"),
        ("feature 0200", "twice"),
        ("feature 0100", "the geometry 'Point'"),
        ("feature 0400", "other coordinates than those of an area"),
    ]


def test_a_misspelt_key_is_told_with_a_near_one(write):
    with pytest.raises(DataError, match=r"boundaries, key: found 'adcod'; expected one of adcode .did you mean"):
        read_boundaries(write(feature("0100")), "adcod", ["0100"])


def test_a_file_that_is_not_there_or_no_geojson_is_said(write, tmp_path):
    with pytest.raises(DataError, match=r"there is no file .*none\.geojson"):
        read_boundaries(tmp_path / "none.geojson", "adcode", [])
    with pytest.raises(DataError, match="found no features; expected a FeatureCollection"):
        read_boundaries(write(type="Topology"), "adcode", [])
    path = tmp_path / "text.geojson"
    path.write_text("not json", encoding="utf-8")
    with pytest.raises(DataError, match=r"text\.geojson: found Expecting value"):
        read_boundaries(path, "adcode", [])
