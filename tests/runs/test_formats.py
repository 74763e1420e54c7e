import nbformat.v4 as nbf
import pytest

from evalkit.runs import formats
from evalkit.runs.formats import FORMATS, lacking, write_pages


@pytest.mark.parametrize(("name", "found"), [("doc", "did you mean 'docx'"), ("", "one of html")])
def test_a_format_that_nobody_knows_is_told_with_a_near_one(name, found):
    assert found in str(next(lacking([name])))


def test_a_format_without_its_package_is_told_with_what_brings_it(monkeypatch):
    monkeypatch.setattr(formats, "find_spec", lambda name: None if name == "typst" else name)
    assert [str(problem) for problem in lacking(FORMATS)] == [
        "--formats: found pdf, without its package; expected pip install 'evalkit[pdf]' first"
    ]


@pytest.mark.parametrize(
    ("asked", "files"),
    [
        (("html", "xlsx"), ["annex.html", "report.html"]),
        (("docx", "pdf"), ["annex.docx", "annex.html", "annex.pdf", "report.docx", "report.html", "report.pdf"]),
    ],
)
def test_there_is_a_file_a_volume_in_each_format_that_is_asked_for(tmp_path, asked, files):
    annex = nbf.new_markdown_cell("# 附件\n\n## 甲\n\n文", metadata={"tags": ["volume:annex"]})
    notebook = nbf.new_notebook(cells=[nbf.new_markdown_cell("# 报告\n\n文"), annex])
    write_pages(notebook, tmp_path, asked)
    assert sorted(path.name for path in tmp_path.iterdir()) == files
