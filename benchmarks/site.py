"""How large the site of a run is, what it costs to make, and how soon Chromium shows and sorts it.

2,800 regions × 60 indicators × 5 years are made up here, from a seed, as a project in a folder of its own; the eleven
cities are those of the shipped studies. Prints each figure beside its limit. A page is timed by Chromium's own clock,
from its opening until it has been painted.
"""

import json
import os
import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from playwright.sync_api import Page, sync_playwright

from evalkit.base.project import CHECKOUT
from evalkit.loading import load_study
from evalkit.reporting.conditions import drawn
from evalkit.runs.index import context
from evalkit.runs.report import make_site
from evalkit.runs.request import RunRequest

SEED, REGIONS, INDICATORS, YEARS = 20081231, 2800, 60, range(2016, 2021)
CITY = "r1400"
LISTS = ("index.html", "site/indicators.html#i7")  # of all regions
PAGES = (*LISTS, f"site/cities.html#{CITY}", "site/compare.html#r0001,r0002,r0003")
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
        write_project(folder / "large")
        seconds = made(folder / "large", "large", folder / "site")
        print(f"{REGIONS:,} × {INDICATORS}: made in {seconds:.1f} s of the processor")
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


def write_project(root: Path) -> None:
    """Write a project of many regions: 60 indicators in 12 projects of 3 areas, and two variables of structure."""
    codes = [f"i{number}" for number in range(INDICATORS)]
    regions = [{"code": f"r{n:04}", "name": text(f"第{n:04}县"), "level": "city"} for n in range(REGIONS)]
    projects = [group(f"p{n}", "project", list(map(leaf, codes[5 * n : 5 * n + 5]))) for n in range(12)]
    tree = group("index", "index", [group(f"a{n}", "area", projects[4 * n : 4 * n + 4]) for n in range(3)])
    files = {
        "params/regions/large.yaml": {"code": "large", "name": text("全国"), "source": text("造"), "regions": regions},
        "params/index/large.yaml": {
            "code": "large", "version": "1", "name": text("大"), "edition": text("造"), "tree": tree,
            "population": {"resident": "people"},
        },
        "params/studies/large.yaml": {
            "code": "large", "title": text("大"), "index": "large", "regions": "large", "dataset": "data", "seed": SEED,
            "years": [YEARS[0], YEARS[-1]], "report_year": YEARS[-1],
            "method": {
                "normalisation": {"kind": "goalposts"}, "weighting": {"kind": "declared"},
                "aggregation": {"kind": "arithmetic"},
            },
            "uncertainty": {"draws": 1000, "sources": {"weights": {"kind": "weight_noise", "spread": 0.25}}},
            "readings": {
                "comparables": {
                    "source": text("造"),
                    "structure": [{"code": one, "name": text(one), "numerator": one} for one in ("people", "output")],
                }
            },
        },
        "data/metadata.yaml": {
            "title": text("造"), "licence": text("造"), "synthetic": text("编造"),
            "publications": {"book": {"title": text("造"), "stated": True}},
            "variables": {code: variable() for code in (*codes, "people", "output")},
        },
    }  # fmt: skip
    for name, found in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    index = pd.MultiIndex.from_product([[*codes, "people", "output"], [one["code"] for one in regions], YEARS])
    table = index.to_frame(index=False, name=["variable", "region", "year"])
    value = np.random.default_rng(SEED).uniform(1, 100, len(table)).round(1)
    table.assign(value=value, state="value", publication="book").to_csv(root / "data/figures.csv", index=False)


def group(code: str, level: str, children: list) -> dict:
    return {"code": code, "name": text(f"组{code}"), "level": level, "children": children}


def leaf(code: str) -> dict:
    posts = {"worst": 0, "best": 100, "basis": text("造"), "date": "2016"}
    posts |= {"worst_status": "proposed", "best_status": "proposed"}
    return {
        "code": code, "name": text(f"第{code}项指标"), "unit": text("%"), "layer": "output", "variable": code,
        "goalposts": posts, "decimals": 1,
    }  # fmt: skip


def variable() -> dict:
    return {
        "name": text("变量"), "unit": text("%"), "scale": 1, "definition": text("造"), "kind": "rate",
        "scope": text("全域"), "years": [YEARS[0], YEARS[-1]],
    }  # fmt: skip


def text(both: str) -> dict:
    return {"zh": both, "en": both}


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def show(what: str, value: float, limit: float) -> None:
    print(f"{what:60} {value:6.2f}  limit {limit:5.2f}  {'kept' if value <= limit else 'MISSED'}", flush=True)


if __name__ == "__main__":
    main()
