"""The site as people use it: opened from its folder, in Chromium, where there is one."""

from dataclasses import replace

import pytest

from evalkit.loading import load_study
from evalkit.runs.index import context
from evalkit.runs.report import make_site
from evalkit.runs.request import RunRequest, prepare
from tests.conftest import DEMO, STUDY, elsewhere, shipped
from tests.mutations.edit import METADATA, REGIONS, SYSTEM, Edit
from tests.mutations.project import Small
from tests.reporting.browser.conftest import DESK, PHONE, unfit

pytestmark = pytest.mark.slow
PAGES = ("index.html", *(f"site/{name}.html" for name in (
    "indicators", "indicators", "cities", "compare", "departments", "rectification", "changes",
)))  # fmt: skip
HASHES = {2: "#P01-04", 3: "#330800"}


def left(name, root):
    """The folder of a run in which one city has a report."""
    study = shipped(name)
    given = replace(prepare(study), study=elsewhere(study, root))
    report = given.folder / "cities/330900/report.html"
    report.parent.mkdir(parents=True)
    report.write_text("<title>一市</title>", encoding="utf-8")
    make_site(context(given, {"made_from": {}, "reports": {}}), given.folder)
    return given.folder


@pytest.fixture(scope="module")
def demo_site(tmp_path_factory):
    return left(DEMO, tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def public_site(tmp_path_factory):
    return left(STUDY, tmp_path_factory.mktemp("public"))


def column(page, at):
    return [row[at] for row in rows(page)]


def rows(page):
    cells = "(rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"
    return page.locator("tbody tr").evaluate_all(cells)


def test_every_page_is_fit_for_all(visit, demo_site):
    """On a phone by every rule, and at a desk in the dark, which changes no more than widths and colours."""
    found = {}
    for at, name in enumerate(PAGES):
        page = visit(demo_site, name + HASHES.get(at, ""), viewport=PHONE)
        assert page.locator(".mark").inner_text() == "演示数据"
        found["phone", name, at] = unfit(page)
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="dark")
        found["dark", name, at] = unfit(page, ["color-contrast"])
        page.close()
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_dark_is_dark(visit, public_site):
    paper = "getComputedStyle(document.body).backgroundColor"
    assert visit(public_site).evaluate(paper) == "rgb(255, 255, 255)"
    assert visit(public_site, color_scheme="dark").evaluate(paper) == "rgb(20, 24, 30)"


def test_a_heading_sorts_by_keyboard_and_says_so(visit, public_site):
    page = visit(public_site)
    before, button = column(page, 3), page.get_by_role("button", name="得分")
    button.focus()
    page.keyboard.press("Enter")
    assert column(page, 3) == sorted(before, key=float)
    assert page.locator("th[aria-sort=ascending]").inner_text() == "得分"
    page.keyboard.press("Enter")
    assert column(page, 3) == sorted(before, key=float, reverse=True)


def test_what_has_no_figure_stays_last_either_way(visit, demo_site):
    page = visit(demo_site)
    for _ in range(2):
        page.get_by_role("button", name="考核得分").click()
        assert column(page, 3)[-1] == "—"


def test_grades_sort_by_their_order_and_what_is_not_rated_stays_last(visit, demo_site):
    page = visit(demo_site)
    page.get_by_role("button", name="等次").click()
    assert list(dict.fromkeys(column(page, 4))) == ["优秀", "良好", "合格", "不合格", "不予评定"]
    page.get_by_role("button", name="等次").click()
    assert list(dict.fromkeys(column(page, 4))) == ["不合格", "合格", "良好", "优秀", "不予评定"]


def test_a_department_of_the_scorecard_leads_to_its_targets(visit, demo_site):
    page = visit(demo_site, "site/departments.html")
    page.get_by_role("link", name="省教育厅").click()
    assert page.locator("details[open] h2").all_inner_texts() == ["省教育厅"]
    page.locator("details[open]").get_by_role("link", name="整改清单").click()
    assert all("省教育厅" in units for units in column(page, 4))


def test_a_link_leads_from_the_ranking_to_a_city_and_its_report(visit, public_site):
    page = visit(public_site)
    page.get_by_role("link", name="画像", exact=True).first.click()
    assert page.locator("h2").inner_text() == "舟山市"
    page.get_by_role("link", name="本市报告").click()
    assert page.title() == "一市"


def test_the_list_filters_by_place_department_status_and_deadline_and_keeps_that_in_the_address(visit, demo_site):
    page = visit(demo_site, "site/rectification.html")
    every = page.evaluate("evalkit.rectification.rows.length")
    assert len(column(page, 1)) == page.evaluate("evalkit.many") < every
    page.get_by_label("城市", exact=True).select_option("衢州市")
    page.get_by_label("县（市、区）").select_option("市本级")
    assert (set(column(page, 1)), set(column(page, 2))) == ({"衢州市"}, {"市本级"})
    page.get_by_label("状态").select_option("未销号")
    assert set(column(page, 13)) == {"未销号"}
    page.get_by_label("部门", exact=True).select_option(index=1)
    found = column(page, 0)
    assert page.get_by_role("status").inner_text() == f"符合 {len(found)} 项，共 {every} 项"
    assert 0 < len(found) < 100
    page.reload()
    assert column(page, 0) == found


def test_of_many_rows_the_first_are_shown_until_all_are_asked_for(visit, public_site):
    page = visit(public_site, "site/indicators.html")
    page.evaluate("evalkit.many = 4")
    page.get_by_role("link", name="每百常住人口失业保险参保人数").click()
    assert len(rows(page)) == 4
    page.get_by_role("button", name="2012", exact=True).click()
    assert column(page, 2) == ["8.8", "10.1", "10.4", "12.1"]
    page.get_by_role("button", name="显示全部 11 项（现为前 4 项）").click()
    assert len(rows(page)) == 11
    page.get_by_label("查找").fill("州市")
    assert column(page, 0) == ["衢州市", "温州市", "台州市", "湖州市"]


def test_two_cities_stand_side_by_side_with_their_difference(visit, public_site):
    page = visit(public_site, "site/compare.html#330800,330100")
    assert rows(page)[0][1:] == ["79.24", "87.52", "-8.28"]
    page.get_by_label("加入城市").select_option("丽水市")
    assert page.locator("thead th").all_inner_texts()[1:] == ["衢州市", "杭州市", "丽水市"]
    page.get_by_role("button", name="移去杭州市").click()
    assert page.url.endswith("#330800,331100")
    page.get_by_label("年份").focus()
    page.get_by_label("年份").select_option("2008")
    assert page.locator("tbody tr").first.locator("td").first.inner_text() == "61.71"
    assert page.evaluate("document.activeElement.labels[0].textContent") == "年份"


def test_a_city_stands_beside_its_likes(visit, public_site):
    page = visit(public_site, "site/cities.html#330800")
    weak = page.locator("table").last.locator("tbody tr")
    assert weak.all_inner_texts() == ["污水处理厂集中处理率（2011 年起）（%）\t75\t76\t8\t2/3\t是\t74\t91\t87"]
    page.get_by_label("显示").select_option(label="全部指标")
    assert weak.count() == 33


def test_an_indicator_is_found_shown_and_told_to_who_listens(visit, public_site):
    page = visit(public_site, "site/indicators.html")
    page.get_by_label("查找").fill("失业保险")
    assert column(page, 0) == ["每百常住人口失业保险参保人数"]
    page.get_by_role("link", name="每百常住人口失业保险参保人数").click()
    assert page.evaluate("document.activeElement.textContent") == "每百常住人口失业保险参保人数"
    assert page.locator("tfoot tr").inner_text().split() == ["各市合计", "17.9", "19.5"]
    said = "每百常住人口失业保险参保人数（人/百人）：2012 年最高的是杭州市（34.1），最低的是丽水市（8.8）"
    assert page.get_by_role("img").get_attribute("aria-label") == said
    assert page.locator("figcaption").first.inner_text() == said
    ends = page.locator("svg.chart text").all_text_contents()
    assert {"人/百人", "各市合计 19.5", *(f"{row[0]} {row[2]}" for row in rows(page))} <= set(ends)
    page.get_by_label("突出显示").select_option("衢州市")
    assert page.locator("path.own").count() == 1
    assert page.locator("text.own").text_content() == "衢州市 10.1"
    page.go_back()
    assert page.locator("tbody tr").count() == 33


def test_a_figure_between_two_that_are_missing_is_a_point(visit, demo_site):
    page = visit(demo_site, "site/indicators.html#P01-04")
    drawn = [path.get_attribute("d").count("h0") for path in page.locator("path.alone").all()]
    assert drawn == [2, 1]  # of two cities and of all in 2012, whose 2011 is missing or disputed


def test_names_stand_as_near_to_their_points_as_there_is_room(visit, demo_site):
    page = visit(demo_site, "site/indicators.html")
    assert page.evaluate("evalkit.apart([100, 100, 100, 200], 12, 300)") == [85, 100, 115, 200]
    assert page.evaluate("evalkit.apart([10, 10, 295, 299], 12, 300)") == [12, 27, 285, 300]


def test_a_table_of_many_columns_is_set_narrower(visit, demo_site):
    size = "(table) => parseFloat(getComputedStyle(table).fontSize)"
    pages = [visit(demo_site, f"site/{name}.html") for name in ("rectification", "indicators")]
    many, few = (page.locator("table").evaluate(size) for page in pages)
    assert many < few


HOSTILE = "<img src=x onerror=alert(1)></script>'\"&amp;{n}甲"


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory):
    """The site of a small assessed round in which all that has a name is called by markup."""
    edit = Edit(Small.make(tmp_path_factory.mktemp("hostile")))
    edit.assessed("accountability")
    for name in (REGIONS, SYSTEM, METADATA):
        edit.yaml(name, renamed)
    edit.study(title={"zh": HOSTILE, "en": HOSTILE})
    study = load_study("small", root=edit.small.root)
    given = RunRequest(study, (), 2012, "zh")
    make_site(context(given, {"made_from": {}, "reports": {}}), given.folder)
    return given.folder


def renamed(declared):
    """Put markup before every name, title and definition."""
    for key, value in declared.items() if isinstance(declared, dict) else enumerate(declared):
        if key in ("name", "title", "definition") and "zh" in value:
            value.update(zh=HOSTILE + value["zh"], en=HOSTILE + value["en"])
        elif isinstance(value, dict | list):
            renamed(value)


def test_names_that_are_markup_are_text_on_every_page(visit, hostile_site):
    names = {path.relative_to(hostile_site).as_posix() for path in hostile_site.rglob("*.html")}
    assert names >= set(PAGES)
    page = visit(hostile_site)
    for address in sorted(names | {"site/cities.html#0200", "site/indicators.html#share", "site/compare.html#0300"}):
        page.goto(f"{hostile_site.as_uri()}/{address}")
        assert page.locator("img, iframe, main script").count() == 0
        assert HOSTILE in page.inner_text("main"), address
