"""A round that is assessed by targets, run from end to end: the province, a city that is not rated, a department."""

import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from functools import cache
from operator import attrgetter

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from evalkit.loading import held
from evalkit.reporting.drawing.canvas import DPI
from evalkit.runs import runner, shell
from evalkit.runs.report import make_report
from evalkit.runs.request import prepare
from evalkit.runs.shell import png
from tests.chromium import launched, needs_browser
from tests.conftest import DEMO, ROOT, elsewhere, shipped
from tests.runs.in_process import forked, here
from tests.runs.jobs import make_counted
from tests.runs.printing import FOOT, printed

pytestmark = pytest.mark.slow

MARK = "演示数据"
CITIES, COUNTIES, DEPARTMENTS = ("330300", "330500"), ("330802",), ("culture", "labour")
OF_THE_ROUND = ("province", "consequences", "supervision")
ONLY = {**dict.fromkeys(OF_THE_ROUND, ()), "cities": CITIES, "counties": COUNTIES, "departments": DEPARTMENTS}

# The most sheets that the body of each kind of report may have in print; the longer ones are in the longer language.
SHEETS = [
    ("en", "province", 15),
    ("en", "cities/330500", 8),
    ("zh", "departments/labour", 4),
    ("zh", "counties/330802", 2),
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The study in a project of its own, with nothing hanging on it that another test has worked out."""
    root = tmp_path_factory.mktemp("demo")
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    return elsewhere(replace(shipped(DEMO)), root)


def make_drawn_if_printed(root, kind, *more):
    """Make a report, counted, in a process that ends with it: nothing is drawn of what is not printed in Chinese."""
    if not any(report.startswith(kind) for language, report, _ in SHEETS if language == "zh"):
        shell.png = lambda figure: b"a picture"
    make_counted(root, kind, *more)


@pytest.fixture(scope="module")
def folder(demo):
    requested = prepare(demo, only=ONLY)
    with here(demo.root, draw=png, call=forked), pytest.MonkeyPatch.context() as patch:
        patch.setattr(runner, "_make_report", make_drawn_if_printed)
        assert len(runner.run(requested)) == len(requested.reports) == 8
    return requested.folder


def test_nothing_is_worked_out_twice(folder):
    """No table, and nothing that hangs on the study: what two reports need was there before either began."""
    files = sorted(folder.parents[2].glob("new-*.json"))
    new = {path.stem: json.loads(path.read_text("utf-8")) for path in files}
    assert len(new) == 8
    times = Counter(name for names in new.values() for name in names)
    twice = {name: [report for report in new if name in new[report]] for name, n in times.items() if n > 1}
    assert twice == {}


@pytest.fixture(scope="module")
def pages(folder):
    """Every page, by its place."""
    found = {path: BeautifulSoup(path.read_text("utf-8"), "lxml") for path in folder.rglob("*.html")}
    return {path.relative_to(folder).with_suffix("").as_posix(): page for path, page in found.items()}


def headings(pages, folder):
    """The headings of all volumes of a report."""
    own = [page for name, page in pages.items() if name.rpartition("/")[0] == folder]
    return [heading.get_text() for page in own for heading in page.find_all("h2")]


def test_every_page_carries_the_mark_and_shows_no_blank_that_pandas_made(pages):
    assert sum(name == "index" or name.endswith("/report") for name in pages) == 9
    assert {"province/annex", "consequences/annex", "supervision/checklists"} <= pages.keys()
    for page in pages.values():
        assert page.select_one(".running .mark").get_text() == MARK
        assert {cell.get_text().strip() for cell in page.find_all("td")}.isdisjoint({"nan", "None", "NaN", "<NA>"})


def test_a_grade_can_be_followed_from_value_to_consequence(pages):
    page = pages["cities/330500/report"]
    sections = [heading.get_text() for heading in page.find_all("h2")]
    assert [number.partition("、")[0] for number in sections[:4]] == ["一", "二", "三", "四"]
    assert "不予评定" in page.get_text()
    titles = ["结论", "责任清单", "各项工程", "计划目标", "市内均等", "短板", "投入与资金", "数据与异议"]
    assert [section.partition("、")[2] for section in sections] == titles
    behind = headings(pages, "cities/330500")
    steps = ["考核结论", "得分如何得出", "年度工作计划与进度", "怎样提升等次"]
    assert [title for title in steps if not any(title in heading for heading in behind)] == []


def test_tables_of_cities_and_departments_stand_in_files(folder):
    files = {path.stem for path in (folder / "tables").glob("*.csv")}
    assert {"grade", "pathway", "work_plan", "department_targets", "province_grades"} <= files
    assert (folder / "departments/culture/annex.xlsx").is_file()


def test_what_follows_from_the_assessment_stands_on_pages(pages):
    expected = {
        "consequences": ["整改清单", "资金分配", "表扬与限制"],
        "supervision": ["督查日程", "督查安排", "风险", "核查清单"],
        "cities/330500": ["整改清单", "资金与奖惩", "督查与核查", "领导班子实绩评价参考"],
        "departments/culture": ["整改事项", "督查与核查"],
        "province": ["总体评价", "考核结果", "计划目标", "市县", "均等与差距", "结果运用", "考核规则"],
    }
    for name, titles in expected.items():
        found = headings(pages, name)
        assert [title for title in titles if not any(title in heading for heading in found)] == [], name
    assert len(pages["supervision/checklists"].select(".new-page.items")) == 22


def test_what_follows_from_the_assessment_stands_in_workbooks(folder):
    books = {name: folder / name / "annex.xlsx" for name in ("consequences", "supervision")}
    sheets = {name: load_workbook(book, read_only=True).sheetnames for name, book in books.items()}
    assert {"整改清单（全部）", "各市资金", "各市表扬与限制", "问责规则"} <= set(sheets["consequences"])
    assert {"督查安排", "核查清单", "全部单元的风险", "核查结论（全部）"} <= set(sheets["supervision"])
    files = {path.stem for path in (folder / "tables").glob("*.csv")}
    assert {"leadership", "leadership_years", "rectification_items", "consequences_items"} <= files
    annexes = pd.read_csv(folder / "tables" / "leadership.csv", dtype=str)
    assert set(annexes.iloc[:, 0]) == set(CITIES)


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    """Gives a page on paper, each printed once."""
    with launched() as browser:
        yield cache(lambda page: printed(browser, page, tmp_path_factory.mktemp("paper")))


@pytest.fixture(scope="module")
def english(demo, tmp_path_factory):
    """What is printed of them in English, made in this process."""
    only = {"province": (), "cities": CITIES[1:], "counties": COUNTIES, "departments": DEPARTMENTS[1:]}
    study, folder = elsewhere(shipped(DEMO), demo.root), tmp_path_factory.mktemp("english")
    requested = prepare(study, language="en", only=only)
    with here(study.root, draw=png), held(study):
        for one in requested.reports:
            asked = (requested.label(one), requested.parameters_of(one), requested.template(one.kind))
            make_report(study.root, one.kind.name, *asked, folder / one.folder, ())
    return folder


@needs_browser
@pytest.mark.parametrize(("language", "report", "most"), SHEETS)
def test_a_body_is_printed_on_few_sheets_in_type_that_can_be_read(request, paper, language, report, most):
    folder = request.getfixturevalue("folder" if language == "zh" else "english")
    paper = paper(folder / report / "report.html")
    assert len(paper.sheets) <= most
    assert min(piece.size for sheet in paper.sheets for piece in sheet) > 8.9
    feet = ["".join(piece.text for piece in sheet if piece.height < FOOT) for sheet in paper.sheets]
    assert feet == [f"{n}/{len(feet)}" for n in range(1, len(feet) + 1)]
    lowest = [min(sheet, key=attrgetter("height")) for sheet in paper.body]
    assert [piece.text for piece in lowest if piece.size > 10.9] == []  # a heading alone
    assert [n for n, piece in enumerate(lowest[:-1], 1) if piece.height > paper.sizes[n - 1][1] / 2] == []  # half empty


def test_an_english_report_is_english(english):
    pages = [BeautifulSoup(path.read_text("utf-8"), "lxml") for path in english.rglob("report.html")]
    assert [page.select_one(".running .mark").get_text() for page in pages] == ["demonstration data"] * 4
    assert [re.findall("[\u3000-\u9fff\uff00-\uffef“”‘’]", page.body.get_text()) for page in pages] == [[]] * 4


def test_every_table_and_figure_has_a_numbered_title(pages):
    for name, page in pages.items():
        if name == "supervision/checklists":  # forms to be filled in, under headings of their own
            continue
        captions = [found.caption for found in page.find_all("table")] + [f.figcaption for f in page.find_all("figure")]
        assert [caption for caption in captions if caption is None] == [], name
        assert [image for image in page.select("figure img") if not image.get("alt")] == [], name
        if name != "index" and not name.startswith("site/"):
            assert [
                told for caption in captions if not re.match(r"附?[表图] \d+　", told := caption.get_text())
            ] == [], name


def test_no_page_denies_what_is_assessed(pages):
    """Where gaps between town and country are judged by city, and the earmark is held against a figure."""
    denied = re.compile("没有一项服务落后|城乡.{0,12}没有分市|三分之二.{0,8}没有检验|不检验三分之二")
    assert {name for name, page in pages.items() if denied.search(page.get_text())} == set()


def test_a_range_has_one_sign_on_all_pages(pages):
    found = {name: re.findall(r"\d ?[–~～] ?\d", page.get_text()) for name, page in pages.items()}
    assert {name for name, ranges in found.items() if ranges} == set()
    assert "1—3" in pages["province/report"].get_text()


@needs_browser
def test_a_figure_is_printed_in_the_size_in_which_it_is_drawn(english, paper):
    scales = paper(english / "province" / "report.html").scales
    assert scales
    assert scales == pytest.approx([DPI] * len(scales), rel=0.01)
