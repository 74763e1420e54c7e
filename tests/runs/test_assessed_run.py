"""A round that is assessed by targets, run from end to end: the province, a city that is not rated, a department."""

import shutil

import pytest
from bs4 import BeautifulSoup

from evalkit import load_study
from evalkit.runs.order import prepare
from evalkit.runs.runner import run
from tests.conftest import ROOT

MARK = "演示数据 / demonstration data"
ONLY = {"province": (), "cities": ("330500",), "departments": ("culture",)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("demo")
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    order = prepare(load_study("zhejiang-plan-demo", root=root), only=ONLY)
    assert {outcome.name: outcome.error for outcome in run(order, jobs=2)} == {
        "province": None,
        "330500": None,
        "culture": None,
    }
    return order.folder


def pages(folder):
    return [BeautifulSoup(path.read_text("utf-8"), "html.parser") for path in sorted(folder.rglob("*.html"))]


def test_every_page_carries_the_mark_and_shows_no_blank_that_pandas_made(folder):
    assert len(pages(folder)) == 4
    for page in pages(folder):
        assert page.select_one(".running .mark").get_text() == MARK
        assert {cell.get_text().strip() for cell in page.find_all("td")}.isdisjoint({"nan", "None", "NaN", "<NA>"})


def test_a_grade_can_be_followed_from_value_to_consequence(folder):
    page = BeautifulSoup((folder / "cities/330500/report.html").read_text("utf-8"), "html.parser")
    sections = [heading.get_text() for heading in page.find_all("h2")]
    assert [number.partition("、")[0] for number in sections[:4]] == ["一", "二", "三", "四"]
    assert "不予评定" in page.get_text()
    titles = ["考核结论", "得分如何得出", "年度工作计划与进度", "怎样提升等次"]
    assert [title for title in titles if not any(title in section for section in sections)] == []


def test_tables_of_cities_and_departments_stand_in_files(folder):
    files = {path.stem for path in (folder / "tables").glob("*.csv")}
    assert {"grade", "pathway", "work_plan", "department_targets", "province_grades"} <= files
    assert (folder / "departments/culture/annex.xlsx").is_file()
