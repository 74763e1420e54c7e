"""Pages as people open them: from a folder, in Chromium, where there is one; it is started once for all of them."""

import pytest

from tests.chromium import CHROMIUM, LACKING, launched
from tests.conftest import ROOT

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
WIDE = "document.documentElement.scrollWidth > innerWidth"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="package")
def browser():
    if CHROMIUM is None:
        pytest.skip(LACKING)
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


def unfit(page, only=None):
    """What keeps people from using a page: an id told twice, serious findings of axe, text wider than the window."""
    twice = [("id", one) for one in page.evaluate(REPEATED)]
    wide = ["wider than the window"] if page.evaluate(WIDE) else []
    page.evaluate(AXE)
    return [*twice, *wide, *page.evaluate(CHECK, only)]
