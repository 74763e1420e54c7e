"""A Chromium of the tests' own, where the machine has one: one browser for many pages."""

import os
from contextlib import contextmanager
from shutil import which

import pytest

CHROMIUM = next(filter(None, map(which, ("chromium", "chromium-browser", "google-chrome"))), None)
LACKING = "there is no Chromium on the path"
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason=LACKING)


@contextmanager
def launched():
    """Start a browser, and end it; skips where there is no playwright, which comes with the extra `test`."""
    playwright = pytest.importorskip("playwright.sync_api")
    root = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=root)
        yield found
        found.close()
