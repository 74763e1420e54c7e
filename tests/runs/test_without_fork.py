"""Where processes cannot be forked, as on Windows: the process of a report imports, and is handed the study."""

import multiprocessing
import shutil

import nbformat
import pytest

from evalkit import load_study
from evalkit.loading import hold
from evalkit.runs.report import make_report
from evalkit.runs.request import ask
from evalkit.runs.scheduling import Job
from evalkit.runs.workers import run_jobs
from tests.conftest import ROOT
from tests.mutations.project import Small
from tests.runs.in_process import here


@pytest.mark.slow
def test_a_report_without_a_fork_has_the_same_tables_and_text(tmp_path, monkeypatch):
    root = Small.make(tmp_path / "small").root
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    requested = ask(load_study("small", root=root), only={"cities": ["0100"]})
    [report_id] = requested.reports
    parameters, template = requested.parameters_of(report_id), requested.template(report_id.kind)
    folders = [tmp_path / name for name in ("here", "spawned")]
    jobs = [Job("0100", (root, "cities", "甲市", parameters, template, folder, ())) for folder in folders]
    for folder in folders:
        folder.mkdir()
    with here(root):
        hold(requested.study)
        make_report(*jobs[0].arguments)
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    [outcome] = run_jobs(jobs[1:], make_report, workers=1, timeout=120, before=(hold, (requested.study,)))
    assert outcome.error is None
    expected, found = folders
    assert (found / "tables.zip").read_bytes() == (expected / "tables.zip").read_bytes()
    assert said(found / "report.ipynb") == said(expected / "report.ipynb")


def said(path):
    """What the cells of a notebook show but for pictures."""
    outputs = [output for cell in nbformat.read(path, as_version=4).cells for output in cell.get("outputs", ())]
    return [output.get("data", output) | {"image/png": None} for output in outputs]
