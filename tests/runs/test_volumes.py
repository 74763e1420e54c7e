import nbformat
import nbformat.v4 as nbf
import pypdf
import pytest

from evalkit.runs.volumes import bind_volume, write_pages


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


def test_what_is_bound_together_has_contents_and_pages_through_all_of_it(tmp_path):
    paths = []
    for name in ("甲市", "乙市"):
        cells = [nbf.new_markdown_cell(f"# {name}\n\n文")]
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(nbf.new_notebook(cells=cells, metadata={"evalkit": {"title": f"{name}报告"}}), path)
        paths.append(path)
    bind_volume(paths, "年度评价 2012", tmp_path / "cities.pdf")
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "cities.pdf").pages]
    assert len(pages) == 3
    lines = [line for line in pages[0].splitlines() if "报告." in line]
    assert [(line[:4], line.rstrip()[-1]) for line in lines] == [("甲市报告", "2"), ("乙市报告", "3")]
    assert all(f"— {number} —" in page for number, page in enumerate(pages, 1))
