import shutil
from types import SimpleNamespace

import nbformat
import pytest

from evalkit import cache, load_study
from evalkit import study as studies
from evalkit.runs.cache import store
from evalkit.runs.workers import Job, run_jobs
from tests.conftest import ROOT, STUDY
from tests.golden.refresh import golden
from tests.runs.jobs import run_report

PARTS = ["draws-2012", "efficiency-2012", "evaluation"]


@pytest.fixture(scope="module")
def both_ways(tmp_path_factory):
    """The city report, its tables and sentences printed, from what is stored and from nothing."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "params", root / "params")
    report = root / "report.ipynb"
    nbformat.write(golden(nbformat.read(ROOT / "notebooks" / "city_report.ipynb", as_version=4)), report)

    def execute(name):
        job = Job(name, (report, root, root / f"{name}.ipynb"))
        assert [outcome.error for outcome in run_jobs([job], run_report, workers=1, timeout=60)] == [None]
        return SimpleNamespace(
            content=(root / f"{name}.ipynb").read_bytes(), read=(root / f"{name}.read").read_text().split()
        )

    store(load_study(STUDY, root=root), 2012)
    stored = execute("stored")
    shutil.rmtree(root / "outputs")
    return stored, execute("computed")


def test_a_notebook_gives_the_same_bytes_from_what_is_stored_as_from_nothing(both_ways):
    stored, computed = both_ways
    assert (stored.read, computed.read) == (PARTS, [])
    assert stored.content == computed.content


def test_the_notebook_that_was_compared_prints_what_was_stored(both_ways):
    text = both_ways[0].content.decode()
    assert "79.24" in text
    assert text.count('"output_type"') > 20


def stored_of(study):
    return sorted(path.name for path in (study.root / "outputs" / STUDY / ".cache" / study.key).iterdir())


def test_what_is_stored_is_read_and_not_computed(project, monkeypatch):
    study = project.load()
    computed = study.evaluate(), study.draws(2010)
    store(study, 2010)
    monkeypatch.setattr(studies, "evaluate", None)
    monkeypatch.setattr(studies, "uncertainty", None)
    assert study.evaluate().scores.equals(computed[0].scores)
    assert study.draws(2010).ranks.tolist() == computed[1].ranks.tolist()


def test_each_year_is_stored_beside_the_others(project):
    study = project.load()
    for year in (2012, 2010, 2012):
        store(study, year)
    assert stored_of(study) == ["draws-2010", "draws-2012", "efficiency-2010", "efficiency-2012", "evaluation"]


def test_a_round_that_declares_neither_uncertainty_nor_readings_stores_its_evaluation(project):
    declared = project.path("study").read_text("utf-8").partition("# What the uncertainty")[0]
    project.path("study").write_text(declared, encoding="utf-8")
    study = project.load()
    store(study, 2012)
    assert stored_of(study) == ["evaluation"]


def test_what_is_whole_is_not_written_again_and_what_is_damaged_is(project):
    study = project.load()
    store(study, 2012)
    scores, draws = (study.cache / part / "scores.parquet" for part in ("evaluation", "draws-2012"))
    before, whole = draws.stat().st_mtime_ns, scores.read_bytes()
    scores.write_bytes(b"")
    store(study, 2012)
    assert (draws.stat().st_mtime_ns, scores.read_bytes()) == (before, whole)


def test_what_is_damaged_is_computed(project, result):
    study = project.load()
    store(study, 2012)
    for file in study.cache.rglob("*.parquet"):
        file.write_bytes(file.read_bytes()[:-9])
    assert study.evaluate().scores.equals(result.scores)
    assert study.draws().scores.shape == (1000, 11)


def test_the_latest_state_and_the_one_before_are_kept(project):
    keys = []
    for title in ("一", "二", "三", "一"):
        path = project.path("study")
        path.write_text(f"# {title}\n" + path.read_text("utf-8").partition("\n")[2], encoding="utf-8")
        study = project.load()
        store(study, 2012)
        keys.append(study.key)
    assert keys[3] == keys[0]
    assert {path.name for path in cache.folder(project.root, STUDY).iterdir()} == set(keys[2:])


def test_another_study_reads_nothing_of_it(project):
    store(project.load(), 2012)
    project.edit("health.csv", "physicians,330100,2012,", "physicians,330100,2012,1")
    assert not project.load().cache.exists()


def test_where_nothing_can_be_stored_nothing_fails(project):
    (project.root / "outputs").write_text("a file in the way")
    store(project.load(), 2012)
    assert (project.root / "outputs").read_text() == "a file in the way"
