import json
import shutil

import pytest

from evalkit.base.errors import ParamsError
from evalkit.reporting.render.document import Cell, Document, Grid, Paragraph, Span, Volume
from evalkit.runs import manifest, verification
from evalkit.runs.verification import again, altered, differences, document_of


@pytest.fixture
def made(tmp_path):
    """The folder of a run of three files, and its manifest."""
    folder = tmp_path / "2012"
    for name in ("index.html", "tables/grade.csv", "cities/01/report.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    record = {"study": "s", "year": 2012, "language": "zh", "outputs": manifest.outputs(folder)}
    manifest.write(record, folder / manifest.NAME)
    return folder


def test_a_run_that_is_as_it_was_left_has_nothing_altered(made):
    assert altered(made) == []


def test_what_is_missing_added_or_changed_is_told_all_at_once(made):
    (made / "index.html").unlink()
    (made / "tables" / "grade.csv").write_text("grade")
    (made / "tables" / "more.csv").write_text("")
    assert [str(problem) for problem in altered(made)] == [
        "index.html: found nothing; expected the file of the run",
        "tables/grade.csv: found changed; expected as the run left it",
        "tables/more.csv: found a file; expected nothing: the run did not leave it",
    ]


def test_of_a_run_that_did_not_come_to_its_end_only_what_it_has_said_is_held_against_it(made):
    (made / "more.txt").touch()
    (made / "index.html").unlink()
    manifest.write(manifest.read(made) | {"finished": False}, made / manifest.NAME)
    assert [str(problem) for problem in altered(made)] == [
        "index.html: found nothing; expected the file of the run",
        "manifest.json: found a run that did not come to its end; expected its end, to which the next run comes",
    ]


@pytest.mark.parametrize("text", [None, json.dumps({"outputs": {}})])
def test_what_is_no_run_is_told(made, text):
    place = made / manifest.NAME
    place.unlink() if text is None else place.write_text(text)
    with pytest.raises(ParamsError, match="cannot be verified"):
        altered(made)


def test_files_under_the_names_of_the_manifest_and_links_are_altered_like_any_other(made, tmp_path):
    (made / "tables" / manifest.NAME).touch()
    (made / "cities" / manifest.JOURNAL).touch()
    (made / "index.html").rename(tmp_path / "same.html")
    (made / "index.html").symlink_to(tmp_path / "same.html")
    assert [problem.where for problem in altered(made)] == [
        "cities/manifest.journal",
        "index.html",
        "tables/manifest.json",
    ]


def test_what_cannot_be_read_is_told(made, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(manifest.fingerprint, "sha256", refuse)
    with pytest.raises(ParamsError, match=r"report\.html: found permission denied"):
        altered(made)


def test_a_report_as_of_a_day_is_made_again_as_of_that_day(made, monkeypatch):
    manifest.write(manifest.read(made) | {"as_of": "2013-05-20"}, made / manifest.NAME)
    (made / "province").mkdir()
    (made / "province" / "report.ipynb").touch()

    def load(name, *, root):
        raise ParamsError(name)

    monkeypatch.setattr(verification, "load_study", load)
    with pytest.raises(ParamsError, match=r"^s@2013-05-20$"):
        again(made, "province")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("city", "did you mean 'cities'"),
        ("cities", "found 'cities'; expected cities/CODE"),
        ("province/1", "found 'province/1'; expected province"),
        ("cities/02", "has no report cities/02"),
    ],
)
def test_a_report_that_the_run_does_not_have_is_told(made, name, expected):
    with pytest.raises(ParamsError, match=expected):
        again(made, name)


@pytest.mark.parametrize("text", [None, "", "[]", "{}", "5", '{"nbformat": 4', '{"nbformat": 4, "cells": [1]}'])
def test_a_report_that_cannot_be_read_is_told(tmp_path, text):
    if text is not None:
        (tmp_path / "report.ipynb").write_text(text)
    with pytest.raises(ParamsError, match=r"report\.ipynb: found .*; expected a report as the run left it"):
        document_of(tmp_path / "report.ipynb")


def bound(*blocks, name="report", **said):
    about = {"title": "题", "language": "zh", "edition": "版", "mark": None} | said
    return Document(**about, volumes=(Volume(name, "", False, blocks),))


def table(text):
    return Grid("表 1", ("甲",), ((Cell(text),),), ("",))


def test_documents_are_held_beside_each_other_block_by_block():
    words = Paragraph((Span("文"),))
    assert list(differences(bound(words, table("1")), bound(words, table("1")))) == []
    found = [str(problem) for problem in differences(bound(words, table("1")), bound(words, table("2"), words))]
    assert found == [
        r"report, block 2: found '表 1\n甲\n2'; expected '表 1\n甲\n1'",
        "report, block 3: found '文'; expected nothing",
    ]
    assert [problem.where for problem in differences(bound(), bound(edition="新版"))] == ["the head"]
    assert [problem.where for problem in differences(bound(), bound(words, name="annex"))] == ["annex"]


def test_a_copy_of_a_run_is_verified_where_it_stands(made, tmp_path):
    shutil.copytree(made, tmp_path / "copy")
    assert altered(tmp_path / "copy") == []
