"""One project and its runs, one after another, each remembered by a copy of what it left."""

import json
import re
import shutil
from contextlib import nullcontext
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pandas as pd
import pytest
import yaml
from bs4 import BeautifulSoup
from nbformat import v4

from evalkit import load_study
from evalkit.base import fingerprint
from evalkit.base.errors import EvalkitError
from evalkit.reporting.chapters import joined
from evalkit.runs import runner
from evalkit.runs.kinds import KINDS
from evalkit.runs.request import RunRequest, ask
from evalkit.runs.runner import run
from evalkit.runs.scheduling import Job, Outcome
from evalkit.runs.shell import png
from evalkit.runs.tables import files
from evalkit.runs.verification import altered
from tests.conftest import FILES, ROOT, STUDY, copy_params
from tests.reporting.public import OF_A_PUBLIC_CITY, OF_THE_PUBLIC_SYSTEM
from tests.runs.in_process import here

pytestmark = pytest.mark.slow

HANGZHOU, NINGBO, QUZHOU = "330100", "330200", "330800"
OWN = "index_system"
HEADLINE = "公共统计服务指数（涵盖 10 项工程中的 2 项）"
FAILS = {
    "city_report": """assert not (round_.root / f"fail-{city}").exists(), '甲'""",
    OWN: f"""assert not (round_.root / "fail-{OWN}").exists(), '甲'""",
}
# Of each notebook are kept the cells that begin it, an annex, and the one that shows a table.
OPENING, ANNEX, SHOWN = 6, "volume:annex", {"city_report": "tables.headline", OWN: "tables.composition"}

MADE = ("report.html", "report.ipynb", "annex.xlsx", "tables.zip")


def filed(*tables):
    """The files of tables, beside those of reports."""
    return {f"tables/{file}" for table in tables for file in files(table)}


@dataclass(frozen=True)
class Left:
    """What a run left, and how its reports ended."""

    folder: Path
    ended: dict[str, str | None]

    @property
    def manifest(self):
        return json.loads((self.folder / "manifest.json").read_text("utf-8"))

    @property
    def rows(self):
        """The rows of the index page, by the code of the city."""
        page = BeautifulSoup((self.folder / "index.html").read_text("utf-8"), "html.parser")
        return {row.find_all("td")[1].get_text(): row for row in page.tbody.find_all("tr")}

    @property
    def own(self):
        """What the index page says of the round's own reports, and their links."""
        page = BeautifulSoup((self.folder / "index.html").read_text("utf-8"), "html.parser")
        return [(line.get_text(" ", strip=True), [a["href"] for a in line("a")]) for line in page.select(".reports li")]

    @property
    def remarks(self):
        """What the index page says of each city that has a report, after its name, by its code."""
        names = {city: row.th for city, row in self.rows.items() if row.th.a}
        return {city: th.get_text(" ", strip=True).partition(" ")[2] for city, th in names.items()}

    def files(self, under="."):
        paths = sorted(path for path in (self.folder / under).rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in paths}

    @property
    def headlines(self):
        """The rows of the headline table, by the code of the city."""
        table = pd.read_csv(self.folder / "tables" / "headline.csv", dtype=str, index_col=0)
        return {code: row.tolist() for code, row in table.iterrows()}

    def times(self, under):
        return {path.name: path.stat().st_mtime_ns for path in (self.folder / under).rglob("*")}


@dataclass(frozen=True)
class Runs:
    """A project, and a run of it: of several jobs in processes, of one in this one."""

    root: Path
    kept: Path

    def requested(self, *names):
        kinds = {name: () for name in names if name in KINDS}
        return ask(load_study(STUDY, root=self.root), only=kinds | {"cities": [n for n in names if n not in KINDS]})

    def __call__(self, *names, jobs=1, force=True):
        requested = self.requested(*names)
        with nullcontext() if jobs > 1 else here(self.root, draw=png):
            outcomes = run(requested, jobs=jobs, force=force)
        copy = self.kept / str(len(list(self.kept.iterdir())))
        shutil.copytree(requested.folder, copy)
        return Left(copy, {outcome.name: outcome.error for outcome in outcomes})

    def edit(self, old, new):
        path = self.root / FILES["study"]
        path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")

    def fail(self, *names):
        for name in names:
            (self.root / f"fail-{name}").touch()

    def stopped(self, *names, jobs=1):
        """A run that is interrupted once its first report is in its place."""

        def interrupt(outcome):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt), nullcontext() if jobs > 1 else here(self.root, draw=png):
            run(self.requested(*names), jobs=jobs, on_done=interrupt)


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """A project whose notebooks are a few cells of the shipped ones, and fail for a report that is told to."""
    root = tmp_path_factory.mktemp("project")
    copy_params(root)
    (root / "notebooks").mkdir()
    for name, shown in SHOWN.items():
        notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
        more = [
            cell for cell in notebook.cells[OPENING:] if shown in cell.source or ANNEX in cell.metadata.get("tags", ())
        ]
        notebook.cells = [*notebook.cells[:OPENING], *more, v4.new_code_cell(FAILS[name], id="fails")]
        nbformat.write(notebook, root / "notebooks" / f"{name}.ipynb")
    library = Path(shutil.copy(ROOT / "evalkit" / "reporting" / "words.yaml", root))
    with pytest.MonkeyPatch.context() as patch:  # whoever edits the library meanwhile does not change the inputs
        patch.setattr(fingerprint, "source_files", lambda: [library])
        yield Runs(root, tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def first(runs):
    return runs(OWN, QUZHOU, HANGZHOU, jobs=2)


@pytest.fixture(scope="module")
def again(runs, first):
    return runs(HANGZHOU)


@pytest.fixture(scope="module")
def failed(runs, unchanged):
    runs.fail(HANGZHOU, OWN)
    return runs(OWN, HANGZHOU, NINGBO, jobs=2)


@pytest.fixture(scope="module")
def after_a_stop(runs, failed):
    """A run of one city and of the round from other inputs, after one from these inputs was stopped."""
    for name in (HANGZHOU, OWN):
        (runs.root / f"fail-{name}").unlink()
    runs.edit("status: preliminary", "status: final")
    runs.stopped(HANGZHOU, NINGBO, jobs=2)
    return runs(OWN, QUZHOU)


def test_a_run_leaves_reports_and_what_stands_around_them(first):
    folders = (OWN, f"cities/{QUZHOU}", f"cities/{HANGZHOU}")
    reports = {f"{folder}/{name}" for folder in folders for name in MADE}
    reports |= {f"cities/{city}/annex.html" for city in (QUZHOU, HANGZHOU)}
    tables = filed(*OF_A_PUBLIC_CITY, *joined("OF_THE_ROUND"), *OF_THE_PUBLIC_SYSTEM)
    assert first.ended == {OWN: None, QUZHOU: None, HANGZHOU: None}
    assert {name for name in first.files() if not name.startswith("site/")} == (
        reports | tables | {"index.html", "study.yaml", "manifest.json"}
    )


def test_a_run_leaves_the_site_with_what_its_pages_load(first):
    pages = [first.folder / "index.html", *(first.folder / "site").glob("*.html")]
    loaded = [
        page.parent / source
        for page in pages
        for source in re.findall('(?:src|href)="([^"#]+)', page.read_text("utf-8"))
    ]
    assert len(pages) == 6
    assert [path.as_posix() for path in loaded if not path.exists()] == []


def test_tables_hold_what_the_reports_show(first):
    assert list(first.headlines) == [HANGZHOU, QUZHOU]


def test_each_report_is_of_its_city(first):
    for city, name, score in ((QUZHOU, "衢州市", "79.24"), (HANGZHOU, "杭州市", "87.52")):
        page = first.files()[f"cities/{city}/report.html"].decode()
        assert f"<h1>{name} 2012 年基本公共服务评价报告</h1>" in page
        assert f"{score} 分" in page


def test_the_round_s_own_report_is_of_the_round(first):
    page = BeautifulSoup(first.files()[f"{OWN}/report.html"].decode(), "html.parser")
    assert page.h1.get_text() == "浙江省 2012 年评价的指标体系"
    assert len(page.select("tbody tr")) == 33  # the indicators


def test_every_page_says_what_the_index_covers(first):
    pages = [content.decode() for name, content in first.files().items() if name.endswith(".html")]
    assert len(pages) == 11
    for page in pages:
        edition = BeautifulSoup(page, "html.parser").find(class_="edition").get_text()
        assert edition == f"{HEADLINE} · 公开统计版 1.0 · 初评"


def test_the_study_is_written_with_every_default(first):
    study = yaml.safe_load(first.files()["study.yaml"])
    declared = yaml.safe_load((ROOT / FILES["study"]).read_text("utf-8"))
    assert {key: study[key] for key in ("code", "title", "years", "report_year", "notes")} == {
        key: declared[key] for key in ("code", "title", "years", "report_year", "notes")
    }
    assert study["method"]["aggregation_at"] == {}  # a default that nobody wrote
    assert len(study["alternatives"]) == 5


def test_the_manifest_says_what_came_out(first):
    files = {name: sha256(content).hexdigest() for name, content in first.files().items() if name != "manifest.json"}
    assert first.manifest["outputs"] == files


def test_the_manifest_says_from_what(first, runs):
    written = first.manifest
    of_the_run = [written[key] for key in ("study", "year", "language", "commit", "seed")]
    assert of_the_run == [STUDY, 2012, "zh", None, 20081231]
    notebook = runs.root / "notebooks" / "city_report.ipynb"
    assert written["inputs"]["notebooks/city_report.ipynb"] == sha256(notebook.read_bytes()).hexdigest()
    expected = {*FILES.values(), "evalkit/data/datasets/zhejiang/health.csv", "words.yaml"}
    assert expected <= written["inputs"].keys()
    assert {"python", "pandas", "evalkit"} <= written["versions"].keys()


def test_the_manifest_says_how_each_report_ended(first):
    reports = first.manifest["reports"]
    of_kind = {HANGZHOU: "cities", QUZHOU: "cities", OWN: OWN}
    assert list(reports) == list(of_kind)
    assert {(r["status"], r["error"]) for r in reports.values()} == {("completed", None)}
    assert {name: report["made_from"] for name, report in reports.items()} == {
        name: first.manifest["made_from"][kind] for name, kind in of_kind.items()
    }
    assert all(report["seconds"] > 0 for report in reports.values())


def test_the_index_links_exactly_the_reports_that_there_are(first):
    found = [link["href"] for row in first.rows.values() for link in row.find_all("a")]
    links = [link for link in found if not link.startswith("site/")]
    expected = [
        f"cities/{city}/{name}" for city in (HANGZHOU, QUZHOU) for name in ("report.html", "annex.html", "annex.xlsx")
    ]
    assert links == expected
    assert all((first.folder / link).is_file() for link in links)
    assert len(first.rows) == 11
    assert first.remarks == {HANGZHOU: "", QUZHOU: ""}


def test_the_index_links_the_round_s_own_reports(first):
    assert first.own == [("浙江省 2012 年评价的指标体系 · Excel", [f"{OWN}/report.html", f"{OWN}/annex.xlsx"])]
    assert all((first.folder / link).is_file() for link in first.own[0][1])


def test_one_city_again_leaves_the_others_alone(first, again):
    assert again.ended == {HANGZHOU: None}
    assert again.files(f"cities/{QUZHOU}") == first.files(f"cities/{QUZHOU}")
    assert again.times(f"cities/{QUZHOU}") == first.times(f"cities/{QUZHOU}")
    assert again.times(OWN) == first.times(OWN)
    assert again.times(f"cities/{HANGZHOU}") != first.times(f"cities/{HANGZHOU}")


def test_manifest_and_index_are_merged(first, again):
    assert again.manifest["reports"].keys() == first.manifest["reports"].keys()
    for name in (QUZHOU, OWN):
        assert again.manifest["reports"][name] == first.manifest["reports"][name]
    assert {row: str(cells) for row, cells in again.rows.items()} == {r: str(cells) for r, cells in first.rows.items()}


def test_the_same_inputs_give_the_same_bytes_in_one_process_as_with_two_workers(first, again):
    assert again.files("tables") == first.files("tables")
    assert again.files("cities") == first.files("cities")
    assert again.files()["index.html"] == first.files()["index.html"]


@pytest.fixture(scope="module")
def unchanged(runs, again):
    """A run of what stands already, and what it left alone: it checks nothing, and starts no process."""

    def refuse(*_):
        raise AssertionError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RunRequest, "check", refuse)
        patch.setattr("evalkit.runs.runner.warm_up", refuse)
        return runs(OWN, QUZHOU, HANGZHOU, jobs=2, force=False)


def test_what_stands_is_not_made_again(again, unchanged):
    assert unchanged.ended == {OWN: None, QUZHOU: None, HANGZHOU: None}
    for under in (OWN, "cities", "tables"):
        assert unchanged.times(under) == again.times(under)
    assert unchanged.manifest == again.manifest


def test_a_failure_says_which_where_and_why(failed):
    assert failed.ended[NINGBO] is None
    for name, notebook in ((HANGZHOU, "city_report"), (OWN, OWN)):
        assert f"{FAILS[notebook]!r}: AssertionError: 甲" in failed.ended[name]
        assert failed.manifest["reports"][name]["error"] == failed.ended[name]


def test_a_failure_leaves_its_notebook(failed):
    found = failed.files("failed")
    assert list(found) == [f"failed/{HANGZHOU}.ipynb", f"failed/{OWN}.ipynb"]
    for content in found.values():
        assert nbformat.reads(content.decode(), as_version=4).cells[-1].outputs[-1].evalue == "甲"


def test_a_failure_keeps_the_report_that_there_was_and_costs_no_other_its_own(again, failed):
    assert failed.files(OWN) == again.files(OWN)
    assert {code: rows for code, rows in failed.headlines.items() if code != NINGBO} == again.headlines
    assert failed.headlines[NINGBO] is not None
    own = filed(*OF_THE_PUBLIC_SYSTEM)
    assert {name: failed.files()[name] for name in own} == {name: again.files()[name] for name in own}
    assert failed.files(f"cities/{HANGZHOU}") == again.files(f"cities/{HANGZHOU}")
    assert failed.files(f"cities/{QUZHOU}") == again.files(f"cities/{QUZHOU}")
    assert len(failed.files(f"cities/{NINGBO}")) == 5


def test_a_failure_is_marked_on_the_index(failed):
    assert failed.remarks[HANGZHOU].startswith("本次运行失败 city_report.ipynb failed - cell [")
    assert (failed.remarks[NINGBO], failed.remarks[QUZHOU]) == ("", "")
    [(line, links)] = failed.own
    assert line.startswith("浙江省 2012 年评价的指标体系 · Excel 本次运行失败 index_system.ipynb failed - cell [")
    assert links[-1] == f"failed/{OWN}.ipynb"
    assert (failed.folder / links[-1]).is_file()


def test_a_failed_report_is_recorded_with_what_its_page_was_made_from(again, failed):
    reports = failed.manifest["reports"]
    assert {city: report["status"] for city, report in reports.items()} == {
        HANGZHOU: "failed",
        NINGBO: "completed",
        QUZHOU: "completed",
        OWN: "failed",
    }
    for name in (HANGZHOU, OWN):
        assert reports[name]["made_from"] == again.manifest["reports"][name]["made_from"]


def test_a_stopped_run_leaves_whole_reports_and_no_stage(runs, failed, after_a_stop):
    assert sorted(path.name for path in (runs.root / "outputs" / STUDY).iterdir()) == ["2012"]
    assert len(after_a_stop.files(f"cities/{HANGZHOU}")) == 5
    assert "定稿" in after_a_stop.files()[f"cities/{HANGZHOU}/report.html"].decode()
    assert after_a_stop.files(f"cities/{NINGBO}") == failed.files(f"cities/{NINGBO}")


def test_a_good_report_leaves_nothing_failed(after_a_stop):
    assert not (after_a_stop.folder / "failed").exists()


def test_reports_of_other_inputs_are_marked(after_a_stop):
    assert "定稿" in after_a_stop.files()["index.html"].decode()
    assert (after_a_stop.remarks[QUZHOU], after_a_stop.remarks[NINGBO]) == ("", "由不同的输入生成")
    assert list(after_a_stop.manifest["reports"]) == [HANGZHOU, NINGBO, QUZHOU, OWN]
    assert [line for line, _ in after_a_stop.own] == ["浙江省 2012 年评价的指标体系 · Excel"]


def test_a_report_of_a_stopped_run_stands_in_the_next(after_a_stop):
    assert after_a_stop.remarks[HANGZHOU] == ""
    assert after_a_stop.headlines.keys() == {HANGZHOU, NINGBO, QUZHOU}


def test_a_notebook_that_changed_marks_the_reports_of_its_kind_only(runs, after_a_stop):
    path = runs.root / "notebooks" / f"{OWN}.ipynb"
    path.write_text(path.read_text("utf-8").replace("What is measured", "What it measures"), encoding="utf-8")
    found = runs(NINGBO)
    assert (found.remarks[QUZHOU], found.remarks[NINGBO]) == ("", "")
    assert [line for line, _ in found.own] == ["浙江省 2012 年评价的指标体系 · Excel 由不同的输入生成"]


def test_what_was_edited_by_hand_is_made_again(runs, after_a_stop):
    folder = runs.requested(QUZHOU).folder
    page, table = folder / "cities" / QUZHOU / "report.html", folder / "tables" / "headline.csv"
    before = page.read_bytes()
    page.write_bytes(b"mine")
    table.write_bytes(table.read_bytes().decode("utf-8-sig").encode("gb18030"))  # as Excel may save it
    found = runs(QUZHOU, force=False)
    assert found.ended == {QUZHOU: None}
    assert page.read_bytes() == before
    assert found.headlines.keys() == {HANGZHOU, NINGBO, QUZHOU}


def test_a_run_that_only_puts_tables_in_order_says_first_that_it_is_at_it(runs, after_a_stop, monkeypatch):
    folder = runs.requested(QUZHOU).folder
    runs(QUZHOU, force=False)
    (folder / "tables" / "headline.csv").write_bytes(b"mine")
    with monkeypatch.context() as patch:
        patch.setattr(runner, "_around", interrupted)
        with pytest.raises(KeyboardInterrupt):
            runs(QUZHOU, force=False)
    assert [problem.where for problem in altered(folder)] == ["manifest.json"]
    runs(QUZHOU, force=False)
    assert altered(folder) == []


def interrupted(*_):
    raise KeyboardInterrupt


def test_what_a_stopped_run_has_made_is_among_the_tables_of_the_next(runs, after_a_stop):
    own = filed(*OF_THE_PUBLIC_SYSTEM.keys() - joined("OF_THE_ROUND").keys())
    runs.edit("status: final", "status: preliminary")
    runs.stopped(OWN, NINGBO)
    assert own <= runs(QUZHOU).files().keys()


def test_what_reports_share_stays_where_none_of_them_is_made(runs, after_a_stop):
    shared = filed(*joined("OF_THE_ROUND"))
    assert shared <= Left(runs.requested(QUZHOU).folder, {}).files().keys()
    for status in ("preliminary", "final"):
        runs.edit("status: preliminary", f"status: {status}")
        requested = ask(load_study(STUDY, root=runs.root), only={OWN: ()})
        with here(runs.root):
            run(requested, force=True)
        assert shared <= Left(requested.folder, {}).files().keys()


def test_what_stands_around_the_reports_and_could_not_be_made_is_told(monkeypatch):
    monkeypatch.setattr(runner, "run_jobs", lambda jobs, *_, **__: [Outcome(jobs[0].name, 0.0, "ValueError: 甲")])
    with pytest.raises(EvalkitError, match=r"(?s)the index page could not be made.*ValueError: 甲"):
        runner._alone(SimpleNamespace(limits=runner.LIMITS), Job("index"), print, "the index page")
