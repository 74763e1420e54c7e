"""Pages as people open them: from a folder, in Chromium, where there is one; it is started once for all of them."""

import os
import shutil

import pytest

from tests.conftest import ROOT

AXE = (ROOT / "tests/vendor/axe.min.js").read_text(encoding="utf-8")
# the watermark is no text to be read: the same words stand above every page
CHECK = """axe.run({exclude: ['.watermark']}, {preload: false, resultTypes: ['violations']}).then((found) =>
    found.violations.filter((one) => ['serious', 'critical'].includes(one.impact))
    .map((one) => [one.id, one.nodes[0].html]))"""
WIDE = "document.documentElement.scrollWidth > innerWidth"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="package")
def browser():
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="there is no playwright (it comes with the extra `test`)"
    )
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("there is no chromium on the path to open pages in")
    root = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=chromium, args=root)
        yield found
        found.close()


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


def unfit(page):
    """What keeps people from using a page: serious findings of axe, and text wider than the window."""
    page.evaluate(AXE)
    return [*page.evaluate(CHECK), *(["wider than the window"] if page.evaluate(WIDE) else [])]
