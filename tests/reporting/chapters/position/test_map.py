import json

import pytest
from matplotlib import pyplot
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from evalkit import DataError
from evalkit.reporting.chapters import position
from evalkit.reporting.report import RoundReport


def drawn(report):
    (axes,) = position.map.scores(report).axes
    return axes.patches, {text.get_text().split("\n")[0]: text for text in axes.texts}


def square(x, y, side):
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def bounded(project):
    """A report of a project whose user supplies a square for each city; the squares stand in a row."""

    def bounded(leave_out=0):
        codes = list(project.load().regions.index)[leave_out:]
        features = [{"properties": {"code": c}, "geometry": square(3 * n, 28, 2)} for n, c in enumerate(codes)]
        content = {"type": "FeatureCollection", "features": features}
        (project.root / "own.geojson").write_text(json.dumps(content), encoding="utf-8")
        project.edit("study", "language: zh\n", "language: zh\nboundaries: {file: own.geojson}\n")
        study = project.load()
        return RoundReport(study, study.evaluate(), 2012, "zh")

    return bounded


def test_every_city_has_one_tile_with_its_score_and_rank(study, result):
    patches, texts = drawn(RoundReport(study, result, 2012, "zh"))
    assert [type(patch) for patch in patches] == [Rectangle] * 11
    assert texts["衢州市"].get_text().split() == ["衢州市", "79.24", "第", "4"]


def test_the_higher_the_score_the_darker_the_tile(study, result):
    patches, texts = drawn(RoundReport(study, result, 2012, "en"))
    light = dict(zip(texts, (sum(to_rgb(patch.get_facecolor())) for patch in patches), strict=True))
    assert sorted(light, key=light.get)[:3] == ["Zhoushan", "Hangzhou", "Lishui"]
    assert max(light, key=light.get) == "Taizhou"


def test_boundaries_of_the_user_s_own_are_drawn_with_the_name_in_the_middle(bounded):
    patches, texts = drawn(bounded())
    assert len(patches) == 11
    assert texts["杭州市"].get_position() == pytest.approx((1, 29))
    assert texts["宁波市"].get_position() == pytest.approx((4, 29))


def test_labels_without_room_keep_their_size_and_leave_score_and_rank_out(bounded):
    _, texts = drawn(bounded())
    assert {text.get_text() for text in texts.values()} == set(texts)
    assert {text.get_size() for text in texts.values()} == {9}


def test_a_city_without_boundaries_is_named(bounded):
    with pytest.raises(DataError, match=r"region 330100: found no feature"):
        position.map.scores(bounded(leave_out=1))
    pyplot.close()


def test_without_a_place_for_every_city_there_is_no_map(study, result, monkeypatch):
    known = study.all_regions.by_code
    monkeypatch.setitem(known, "330800", known["330800"].model_copy(update={"tile": None}))
    assert position.map.scores(RoundReport(study, result, 2012, "zh")) is None
