import shutil
from dataclasses import replace

import numpy as np
import pytest

from evalkit.reporting.chapters.position.tables import ranking
from evalkit.runs.index import context
from evalkit.runs.kinds import KINDS
from evalkit.runs.request import prepare
from tests.conftest import ROOT, STUDY, elsewhere

ERROR = "n.ipynb failed\n  - cell [3] 'x': 甲 \U0001f4a5"
HEADLINE = "公共统计服务指数（涵盖 10 项工程中的 2 项）"


@pytest.fixture
def bare(monkeypatch):
    """Have nothing gathered for the pages beside the index, which have tests of their own."""
    monkeypatch.setattr("evalkit.runs.index.gathered", lambda *_: {"areas": [], "departments": []})


@pytest.fixture
def index(study, tmp_path, bare):
    """Gives the context of the index where some cities have a report, and the manifest says what it says."""
    requested = prepare(study)
    requested = replace(requested, study=elsewhere(study, tmp_path))
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")

    def make(*there, **said):
        for name in there:
            folder = requested.folder / (name if name in KINDS or "/" in name else f"cities/{name}")
            folder.mkdir(parents=True)
            for file in ("report.html", "annex.xlsx"):
                (folder / file).touch()
        reports = {
            code: {"status": status, "made_from": source, "error": ERROR} for code, (status, source) in said.items()
        }
        found = context(requested, {"made_from": dict.fromkeys(KINDS, "now"), "reports": reports})
        return found | {"rows": {row["cells"][2]: row for row in found["rows"]}}

    return make


def test_the_index_shows_the_ranking(index, study):
    found = index()
    assert found["columns"] == [
        *ranking(prepare(study).report).labels,
        "位次区间（至少 90% 抽样）",
        "更多",
    ]
    assert list(found["rows"])[:2] == ["330900", "330100"]
    assert found["rows"]["330800"]["cells"] == ["4", "衢州市", "330800", "79.24", "+5.98", "3—8", "2—5"]


def test_every_line_on_top_says_what_the_index_covers(index):
    found = index()
    assert found["edition"] == f"{HEADLINE} · 公开统计版 1.0 · 初评"
    assert HEADLINE in found["notes"][0]
    assert found["title"] == "浙江省基本公共服务均等化行动计划（2008—2012）公开统计评价 2012"


def test_exactly_the_reports_that_there_are_are_linked(index):
    rows = index("330800", **{"330800": ("completed", "now")})["rows"]
    assert [code for code, row in rows.items() if row["report"]] == ["330800"]
    assert rows["330800"]["report"] == "cities/330800/report.html"
    assert rows["330800"]["annex"] == "cities/330800/annex.xlsx"
    assert {row["remark"] for row in rows.values()} == {""}


def test_a_failed_report_is_marked_and_the_one_before_it_linked(index):
    rows = index("330800", **{"330800": ("failed", "now"), "330100": ("failed", None)})["rows"]
    assert (rows["330800"]["remark"], rows["330800"]["report"]) == ("本次运行失败", "cities/330800/report.html")
    assert (rows["330100"]["remark"], rows["330100"]["report"]) == ("本次运行失败", None)
    assert rows["330900"]["failure"] is None


def test_a_failed_report_says_why_and_where_its_notebook_is(index, tmp_path):
    row = index(**{"330100": ("failed", None)})["rows"]["330100"]
    assert row["failure"] == {"said": "n.ipynb failed - cell [3] 'x': 甲 ?", "notebook": None}
    (tmp_path / "outputs" / STUDY / "2012" / "failed").mkdir(parents=True)
    (tmp_path / "outputs" / STUDY / "2012" / "failed" / "330100.ipynb").touch()
    row = index(**{"330100": ("failed", None)})["rows"]["330100"]
    assert row["failure"]["notebook"] == "failed/330100.ipynb"


def test_a_report_from_other_inputs_is_marked(index):
    rows = index("330800", "330100", **{"330800": ("completed", "before"), "330100": ("completed", "now")})["rows"]
    assert (rows["330800"]["remark"], rows["330100"]["remark"]) == ("由不同的输入生成", "")


def test_a_report_that_the_manifest_does_not_know_is_marked(index):
    assert index("330800")["rows"]["330800"]["remark"] == "由不同的输入生成"


def test_the_round_s_own_reports_are_linked_where_there_are_any(index):
    assert index()["reports"] == []
    assert index("robustness", robustness=("completed", "now"))["reports"] == [
        {
            "title": "浙江省 2012 年评价结果的稳健性",
            "report": "robustness/report.html",
            "annex": "robustness/annex.xlsx",
            "volumes": [],
            "remark": "",
            "failure": None,
        }
    ]


def test_a_report_of_the_round_that_failed_is_named_without_a_link(index):
    [found] = index(index_system=("failed", None))["reports"]
    assert (found["title"], found["report"], found["annex"], found["remark"]) == (
        "浙江省 2012 年评价的指标体系",
        None,
        None,
        "本次运行失败",
    )


def test_a_report_of_the_round_from_other_inputs_is_marked(index):
    [found] = index("robustness", robustness=("completed", "before"))["reports"]
    assert found["remark"] == "由不同的输入生成"


def test_tables_study_and_manifest_are_linked(index):
    assert [href for _, href in index()["links"]] == ["tables/", "study.yaml", "manifest.json"]


def test_a_round_that_is_assessed_shows_its_grades_its_departments_and_its_mark(demo, tmp_path, bare):
    requested = prepare(demo)
    requested = replace(requested, study=elsewhere(demo, tmp_path))  # where no run has left anything
    found = context(requested, {"made_from": {}, "reports": {}})
    assert found["mark"] == "演示数据"
    assert demo.round.notes[0].zh == found["notes"][0]
    assert "考核得分" in found["columns"]
    results = demo.assessed.assessment.results.xs(2012, level="year")
    shown = {row["cells"][2]: row["cells"] for row in found["rows"]}
    assert set(shown) == set(results.index)
    for code, row in results.iterrows():
        assert shown[code][4] == demo.rules.bands.name_of(row.grade).zh
    assert found["rows"][-1]["cells"][:1] == ["—"]
    assert found["others"] == []  # none is made yet


def test_counties_are_listed_under_their_cities(index):
    [counties] = index("counties/330802", "counties/330102")["others"]
    assert counties["title"] == "县（市、区）报告"
    assert [(name, [one["title"] for one in own]) for name, own in counties["groups"]] == [
        ("杭州市", ["上城区"]),
        ("衢州市", ["柯城区"]),
    ]


def test_the_page_opens_with_its_headline_and_a_tile_of_every_city_that_leads_to_its_report(index):
    found = index("330800", **{"330800": ("completed", "now")})
    assert found["headline"][0].startswith("位次：2012 年公共统计服务指数")
    assert "*" not in found["headline"][0]
    by_name = {tile["name"]: tile for tile in found["tiles"]}
    assert len(by_name) == 11
    assert (by_name["衢州市"]["report"], by_name["杭州市"]["report"]) == ("cities/330800/report.html", None)
    assert found["columns"][found["name_at"]] == "城市"


def test_an_annex_that_was_printed_apart_is_linked(study, tmp_path, bare):
    requested = replace(prepare(study), study=elsewhere(study, tmp_path))
    folder = requested.folder / "cities/330800"
    folder.mkdir(parents=True)
    for volume in ("report", "annex"):
        (folder / f"{volume}.html").touch()
    rows = context(requested, {"made_from": {}, "reports": {}})["rows"]
    [own] = [row for row in rows if row["cells"][2] == "330800"]
    assert own["volumes"] == [("附表", "cities/330800/annex.html")]


def test_boundaries_of_the_user_s_own_are_drawn_in_place_of_tiles(study, tmp_path):
    requested = replace(prepare(study), study=elsewhere(study, tmp_path))
    square = [[118, 28], [119, 28], [119, 29], [118, 29], [118, 28]]
    rings = {city: [np.array(square) + at] for at, city in enumerate(study.regions.index)}
    object.__setattr__(requested.study, "boundaries", lambda: rings)
    found = {area["name"]: area for area in context(requested, {"made_from": {}, "reports": {}})["areas"]}
    assert len(found) == 11
    assert (found["衢州市"]["said"], found["衢州市"]["href"]) == ("衢州市 79.24 第 4", "site/cities.html#330800")
