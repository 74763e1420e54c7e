"""The site as people use it: opened from its folder, in Chromium, where there is one."""

import shutil
from dataclasses import replace

import pytest

from evalkit.runs.index import context
from evalkit.runs.report import make_site
from evalkit.runs.request import prepare
from tests.chromium import launched, needs_browser
from tests.conftest import DEMO, ROOT, STUDY, elsewhere, shipped

pytestmark = [pytest.mark.slow, needs_browser]
AXE = (ROOT / "tests/vendor/axe.min.js").read_text(encoding="utf-8")
# The watermark is no text to be read: the same words stand above every page. Of rows of the same markup the first is
# looked at, and that none has the `id` of another is seen before.
REPEATED = (
    """[...document.querySelectorAll('[id]')].map((one) => one.id).filter((id, at, all) => all.indexOf(id) < at)"""
)
CHECK = """(only) => {
    for (const body of document.querySelectorAll('tbody')) {
        const seen = new Set();
        for (const row of [...body.rows]) {
            const kind = row.outerHTML.replace(/(?<=>)[^<]+|(id|href|title|aria-label)="[^"]*"/g, '');
            if (seen.has(kind)) row.remove(); else seen.add(kind);
        }
    }
    const rules = only ? {runOnly: only} : {};
    return axe.run({exclude: ['.watermark']}, {preload: false, resultTypes: ['violations'], ...rules}).then((found) =>
        found.violations.filter((one) => ['serious', 'critical'].includes(one.impact))
        .map((one) => [one.id, one.nodes[0].html]));
}"""
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
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


@pytest.fixture(scope="module")
def browser():
    with launched() as found:
        yield found


@pytest.fixture
def visit(browser):
    """Opens a page; what the browser complains of and what is asked of elsewhere is told at the end."""
    wrong, contexts = [], []

    def open_page(folder, address="index.html", **settings):
        contexts.append(browser.new_context(**({"viewport": DESK} | settings)))
        page = contexts[-1].new_page()
        page.on("console", lambda message: message.type in ("error", "warning") and wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith(("file:", "data:")) or wrong.append(asked.url))
        page.goto(f"{folder.as_uri()}/{address}")
        return page

    yield open_page
    for one in contexts:
        one.close()
    assert wrong == []


def column(page, at, rows="tbody tr:not([hidden])"):
    return page.locator(rows).evaluate_all("(rows, at) => rows.map((row) => row.cells[at].innerText.trim())", at)


def test_every_page_is_fit_for_all(visit, demo_site):
    """On a phone by every rule, and at a desk in the dark, which changes no more than widths and colours."""
    found = {}
    for at, name in enumerate(PAGES):
        page = visit(demo_site, name + HASHES.get(at, ""), viewport=PHONE)
        assert page.locator(".mark").inner_text() == "演示数据"
        assert page.evaluate(REPEATED) == []
        page.evaluate(AXE)
        found["phone", name, at] = [*wider(page), *page.evaluate(CHECK, None)]
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="dark")
        found["dark", name, at] = [*wider(page), *page.evaluate(CHECK, ["color-contrast"])]
        page.close()
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def wider(page):
    return ["wider than the window"] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else []


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


def test_a_link_leads_from_the_ranking_to_a_city_and_its_report(visit, public_site):
    page = visit(public_site)
    page.get_by_role("link", name="画像", exact=True).first.click()
    assert page.locator("h2").inner_text() == "舟山市"
    page.get_by_role("link", name="本市报告").click()
    assert page.title() == "一市"


def test_the_list_filters_by_city_department_status_and_deadline(visit, demo_site):
    page = visit(demo_site, "site/rectification.html")
    every = len(column(page, 1))
    page.get_by_label("城市", exact=True).select_option("衢州市")
    assert set(column(page, 1)) == {"衢州市"}
    page.get_by_label("状态").select_option("未销号")
    assert set(column(page, 12)) == {"未销号"}
    page.get_by_label("部门", exact=True).select_option(index=1)
    assert page.get_by_role("status").inner_text() == f"显示 {len(column(page, 1))} 项，共 {every} 项"
    assert 0 < len(column(page, 1)) < every


def test_two_cities_stand_side_by_side_with_their_difference(visit, public_site):
    page = visit(public_site, "site/compare.html#330800,330100")
    rows = page.locator("tbody tr").first.locator("th, td").all_inner_texts()
    assert rows[2:] == ["79.24", "87.52", "-8.28"]
    page.get_by_label("加入城市").select_option("丽水市")
    assert page.locator("thead th").all_inner_texts()[2:] == ["衢州市", "杭州市", "丽水市"]
    page.get_by_role("button", name="移去杭州市").click()
    assert page.url.endswith("#330800,331100")
    page.get_by_label("年份").select_option("2008")
    assert page.locator("tbody tr").first.locator("td").nth(1).inner_text() == "61.71"


def test_a_city_stands_beside_its_likes(visit, public_site):
    page = visit(public_site, "site/cities.html#330800")
    rows = page.locator("table").last.locator("tbody tr")
    assert rows.all_inner_texts() == ["污水处理厂集中处理率（2011 年起）（%）\t75\t76\t8\t2/3\t是\t74\t91\t87"]
    page.get_by_label("显示").select_option(label="全部指标")
    assert rows.count() == 33


def test_an_indicator_is_found_shown_and_told_to_who_listens(visit, public_site):
    page = visit(public_site, "site/indicators.html")
    page.get_by_label("查找").fill("失业保险")
    assert column(page, 0) == ["每百常住人口失业保险参保人数"]
    page.get_by_role("link", name="每百常住人口失业保险参保人数").click()
    assert page.evaluate("document.activeElement.textContent") == "每百常住人口失业保险参保人数"
    assert page.locator("tfoot tr").inner_text().split() == ["各市合计", "17.9", "19.5"]
    page.get_by_label("突出显示").select_option("衢州市")
    assert page.locator("path.own").count() == 1
    page.go_back()
    assert page.locator("tbody tr").count() == 33


def test_what_is_hostile_in_data_is_shown_as_text(visit, public_site, tmp_path):
    shutil.copytree(public_site, tmp_path, dirs_exist_ok=True)
    data = tmp_path / "site/data/common.js"
    hostile = "\\u003cimg src=x onerror=alert(1)>"
    data.write_text(data.read_text("utf-8").replace("衢州市", hostile), encoding="utf-8")
    page = visit(tmp_path, "site/cities.html#330800")
    assert page.locator("h2").inner_text() == "<img src=x onerror=alert(1)>"
    assert page.locator("img").count() == 0
