"""A report's page as people read it: on a screen, on a phone, in the dark, by keyboard and on paper."""

from base64 import b64encode

import nbformat
import pytest
from nbformat import v4

from evalkit.reporting.render.html import pages
from evalkit.reporting.render.reading import ABOUT
from tests.conftest import ROOT
from tests.reporting.browser.conftest import PHONE, unfit
from tests.reporting.render.conftest import png

pytestmark = pytest.mark.slow
GOLDEN = ROOT / "tests/golden/city_report_330800_2012.ipynb"
A4 = {"width": 673, "height": 1017}  # within the margins of a printed page, in pixels


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("report")
    notebook = nbformat.read(GOLDEN, as_version=4)
    figure = {"image/png": b64encode(png((2000, 500))).decode()}
    shown = v4.new_output("display_data", figure, metadata={"image/png": {"alt": "得分上升"}})
    notebook.cells += [
        v4.new_markdown_cell("一段文字。" * 40),
        v4.new_code_cell(outputs=[shown]),
        v4.new_markdown_cell("# 附件", metadata={"tags": ["volume:annex"]}),
        v4.new_markdown_cell("## 依据\n\n文"),
    ]
    notebook.metadata[ABOUT] = {"title": "衢州市报告", "language": "zh", "edition": "试行", "mark": None}
    for name, text in pages(notebook).items():
        (root / f"{name}.html").write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize("settings", [{}, {"viewport": PHONE, "color_scheme": "dark"}], ids=["desk", "dark phone"])
def test_a_page_is_fit_for_all(visit, folder, settings):
    names = sorted(path.name for path in folder.iterdir())
    assert {name: wrong for name in names if (wrong := unfit(visit(folder, name, **settings)))} == {}


def test_every_link_leads_somewhere(visit, folder):
    for path in folder.iterdir():
        page = visit(folder, path.name)
        links = page.locator("a").evaluate_all("(links) => links.map((link) => link.getAttribute('href'))")
        within = [link[1:] for link in links if link.startswith("#")]
        assert within
        assert page.evaluate("(ids) => ids.filter((id) => !document.getElementById(id))", within) == []
        beside = {link.partition("#")[0] for link in links} - {""}
        assert {name for name in beside if not (folder / name).is_file()} == set()


def test_who_uses_keys_alone_gets_to_the_text_first(visit, folder):
    page = visit(folder, "report.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_url("**/report.html#main")


def test_a_phone_comes_to_the_text_soon(visit, folder):
    """The contents name the other volumes, and of their own alone the chapters."""
    desk, phone = (visit(folder, "report.html", **settings) for settings in ({}, {"viewport": PHONE}))
    shown = [page.locator("nav li:visible").count() for page in (desk, phone)]
    assert shown[1] == phone.locator("nav > ul").first.locator("li").count() < shown[0]
    assert phone.locator("nav p a:visible").count() == desk.locator("nav p a").count() > 0


def test_a_figure_is_no_wider_than_the_text(visit, folder):
    page = visit(folder, "report.html", viewport={"width": 1920, "height": 1000})
    width = "(all) => Math.max(...all.map((one) => one.getBoundingClientRect().width))"
    figure, text = (page.locator(which).evaluate_all(width) for which in ("figure img", "#main p"))
    assert 700 < figure <= text


def test_paper_is_white_has_no_contents_and_loses_nothing_at_its_side(visit, folder):
    for path in folder.iterdir():
        page = visit(folder, path.name, viewport=A4, color_scheme="dark")
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert [one.is_visible() for one in page.locator("nav, footer, .skip").all()].count(True) == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= A4["width"], path.name
