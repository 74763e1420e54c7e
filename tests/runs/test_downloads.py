import shutil
from dataclasses import replace

import pytest

from evalkit.runs.downloads import downloads, size
from evalkit.runs.request import prepare
from tests.conftest import ROOT, elsewhere


@pytest.fixture
def request_elsewhere(study, tmp_path):
    given = replace(prepare(study), study=elsewhere(study, tmp_path))
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    for name in (
        "report.html",
        "report.docx",
        "report.pdf",
        "annex.html",
        "annex.xlsx",
        "tables.zip",
        "report.ipynb",
        "x.tmp",
    ):
        path = given.folder / "cities/330800" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "made/tables/data").mkdir(parents=True)
    for name in ("ranking.csv", "data/ranking.csv"):
        (tmp_path / "made/tables" / name).touch()
    return given


def test_a_report_is_offered_in_every_form_that_is_in_the_folder(request_elsewhere):
    [group] = downloads(request_elsewhere)
    [(name, files)] = group["rows"]
    assert name == "衢州市"
    assert [(label, href.rpartition("/")[2]) for label, href, _ in files] == [
        ("网页", "report.html"),
        ("网页（附表）", "annex.html"),
        ("Word", "report.docx"),
        ("PDF", "report.pdf"),
        ("Excel", "annex.xlsx"),
        ("表格（CSV）", "tables.zip"),
        ("笔记本", "report.ipynb"),
    ]


def test_what_is_bound_in_one_comes_first(request_elsewhere):
    (request_elsewhere.folder / "cities.pdf").touch()
    [group] = downloads(request_elsewhere)
    assert group["rows"][0] == ("合订本", [("PDF", "cities.pdf", "1 KB")])


def test_tables_are_named_as_reports_name_them(request_elsewhere, tmp_path):
    *_, group = downloads(request_elsewhere, tmp_path / "made")
    assert group["title"] == "表格文件"
    [(name, files)] = group["rows"]
    assert (name, [href for _, href, _ in files]) == ("各市位次", ["tables/ranking.csv", "tables/data/ranking.csv"])


def test_sizes_are_told_in_whole_kilobytes_and_megabytes(tmp_path):
    sizes = {}
    for length in (1, 2048, 3 * 1024 * 1024):
        (tmp_path / "file").write_bytes(bytes(length))
        sizes[length] = size(tmp_path / "file")
    assert list(sizes.values()) == ["1 KB", "2 KB", "3.0 MB"]
