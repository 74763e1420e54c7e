from dataclasses import replace

from evalkit.reporting.chapters.position.tiles import listed, standings, tiles
from tests.reporting.assessed import demo


def test_tiles_begin_at_1_and_the_darkest_is_the_highest_score(round_report):
    found = tiles(round_report())
    assert (min(tile["row"] for tile in found), min(tile["column"] for tile in found)) == (1, 1)
    by_share = sorted(found, key=lambda tile: tile["share"])
    assert (by_share[0]["name"], by_share[0]["share"]) == ("台州市", 0)
    assert (by_share[-1]["name"], by_share[-1]["share"], by_share[-1]["score"]) == ("舟山市", 1, "95.02")
    assert by_share[-1]["note"] == "第 1"


def test_graded_cities_have_their_grade_and_those_without_a_score_no_share():
    found = {tile["code"]: tile for tile in tiles(demo())}
    score = demo().study.assessed.assessment.results.score["330800", 2012]
    assert (found["330800"]["note"], found["330800"]["score"]) == ("优秀", f"{score:.2f}")
    assert (found["330500"]["note"], found["330500"]["share"]) == ("不予评定", None)
    assert listed(demo()).codes[3] == "assessment_score"


def test_there_is_no_map_where_a_city_has_no_place(round_report):
    report = round_report()
    regions = report.study.all_regions
    bare = {code: region.model_copy(update={"tile": None}) for code, region in regions.by_code.items()}
    nowhere = regions.model_copy()
    nowhere.__dict__["by_code"] = bare
    assert standings(report)[0]["name"] == "杭州市"
    assert tiles(replace(report, study=replace(report.study, all_regions=nowhere))) == []
