"""A run of a study as it stood on a day."""

import json
import shutil

import pytest

from evalkit.runs import runner
from evalkit.runs.request import prepare
from tests.conftest import ROOT
from tests.register import on_record
from tests.runs.in_process import here


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    project = on_record.small(tmp_path_factory.mktemp("as_of"))
    shutil.copytree(ROOT / "notebooks", project.root / "notebooks")
    on_record.corrected(project, 20.0)
    with here(project.root):
        then, now = (prepare(on_record.load(project, day), only={"cities": ["0100"]}) for day in ("2013-05-19", None))
        for request in (then, now):
            assert [outcome.error for outcome in runner.run(request)] == [None]
    return project, then, now


def said(request):
    return json.loads((request.folder / "manifest.json").read_text("utf-8"))


def test_it_stands_in_a_folder_of_its_own(made):
    project, then, now = made
    assert then.folder == project.root / "outputs" / "small@2013-05-19" / "2012"
    assert now.folder == project.root / "outputs" / "small" / "2012"


def test_its_reports_have_the_figures_of_that_day_and_say_so(made):
    _, *requests = made
    page, other = ((one.folder / "cities/0100/report.html").read_text("utf-8") for one in requests)
    assert page.count("初评 · 截至 2013 年 5 月 19 日") >= 2  # over it and under it
    assert "截至" not in other
    then, now = ((one.folder / "tables/data/terms.csv").read_text("utf-8") for one in requests)
    assert ("医师 22 个" in then, "医师 20 个" in now) == (True, True)


def test_its_manifest_says_of_which_day_and_of_which_register_it_is(made):
    project, then, now = made
    register = on_record.design().open(project.root)
    assert [said(one)["as_of"] for one in (then, now)] == ["2013-05-19", None]
    assert [said(one)["inputs"]["register"] for one in (then, now)] == [
        register.digest(on_record.OPENED), register.digest(),
    ]  # fmt: skip


def test_a_day_more_on_record_is_another_input(made):
    project, then, now = made
    on_record.corrected(project, 21.0, "0100-3")
    again = [prepare(on_record.load(project, day), only={"cities": ["0100"]}) for day in ("2013-05-19", None)]
    assert [a.study.inputs == b.study.inputs for a, b in zip((then, now), again, strict=True)] == [True, False]
