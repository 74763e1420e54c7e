"""How large the site of a run is, what it costs to make, and how soon Chromium shows and sorts it.

A nation is made up by tools/scale.py, from a seed; the eleven cities are those of the shipped studies. Prints each
figure beside its limit. A page is timed by Chromium's own clock, from its opening until it has been painted.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from playwright.sync_api import Page, sync_playwright

from evalkit.base.project import CHECKOUT
from evalkit.loading import load_study
from evalkit.reporting.conditions import drawn
from evalkit.runs.index import context
from evalkit.runs.report import make_site
from evalkit.runs.request import RunRequest

REGIONS, LARGE = 2800, "scale-2800"
CITY = "33-045"
LISTS = ("index.html", "site/indicators.html#i07")  # of all regions
PAGES = (*LISTS, f"site/cities.html#{CITY}", "site/compare.html#11-001,33-002,65-003")
PAINTED = "new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"
SORTED = f"""async (at) => {{
    const begun = performance.now();
    document.querySelectorAll("table.sortable thead button")[at].click();
    return await {PAINTED} - begun;
}}"""


def main() -> None:
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with TemporaryDirectory() as name, sync_playwright() as driver:
        folder, browser = Path(name), driver.chromium.launch(executable_path=shutil.which("chromium"), args=root)
        for study in ("zhejiang-public", "zhejiang-plan-demo"):
            made(CHECKOUT, study, folder / study)
            show(f"{study}: MB", size(folder / study) / 1e6, 3)
        write_nation(folder / "large")
        seconds = made(folder / "large", LARGE, folder / "site")
        print(f"{LARGE}: made in {seconds:.1f} s of the processor")
        show("  MB of data", size(folder / "site/site/data") / 1e6, 10)
        for address in PAGES:
            shown(browser.new_page(), f"{(folder / 'site').as_uri()}/{address}", address)
        browser.close()


def shown(page: Page, uri: str, address: str) -> None:
    """Time the first view of a page, and sorting its table by names and by numbers."""
    page.goto(uri)
    show(f"  {address}: s until shown", page.evaluate(PAINTED) / 1000, 2)
    for at in (1, 2) if address in LISTS else ():
        show(f"  {address}: s to sort by column {at}", page.evaluate(SORTED, at) / 1000, 0.3)
    page.close()


def made(root: Path, name: str, folder: Path) -> float:
    """Make the site of a study; give the seconds of the processor that all but its scores take."""
    study = load_study(name, root=root)
    request = RunRequest(study, (), study.round.report_year, "zh")
    if drawn(request.report):
        request.report.draws.rank_interval()
    begun = time.process_time()
    make_site(context(request, {"made_from": {}, "reports": {}}), folder)
    return time.process_time() - begun


def write_nation(root: Path) -> None:
    """Write the project of a nation, whose regions also have neighbours in what they are like."""
    subprocess.run([sys.executable, CHECKOUT / "tools" / "scale.py", root, "--regions", str(REGIONS)], check=True)
    study = root / "params" / "studies" / f"{LARGE}.yaml"
    declared = yaml.safe_load(study.read_text(encoding="utf-8"))
    structure = [{"code": one, "name": {"zh": one}, "numerator": one} for one in ("pop_resident", "i01")]
    declared["readings"]["comparables"] = {"source": {"zh": "虚构数据"}, "structure": structure}
    study.write_text(yaml.safe_dump(declared, allow_unicode=True), encoding="utf-8")


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def show(what: str, value: float, limit: float) -> None:
    print(f"{what:60} {value:6.2f}  limit {limit:5.2f}  {'kept' if value <= limit else 'MISSED'}", flush=True)


if __name__ == "__main__":
    main()
