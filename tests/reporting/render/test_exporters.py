import io
import zipfile
from importlib.metadata import entry_points

import nbformat.v4 as nbf
import openpyxl
import pytest
from nbconvert.exporters import get_exporter

from evalkit.base.text import Text
from evalkit.reporting.render import exporters
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import number

KINDS = {"html": b"<!DOCTYPE html>", "docx": b"PK", "pdf": b"%PDF", "xlsx": b"PK"}


@pytest.fixture
def notebook():
    columns = (Column("city", Text(zh="市", en="City")), Column("score", Text(zh="得分", en="Score")))
    table = Table(columns, (("杭州市", number(86.404, 2)),), "zh", "各市得分")
    shown = nbf.new_code_cell("", outputs=[nbf.new_output("display_data", table._repr_mimebundle_())])
    annex = nbf.new_markdown_cell("# 附件\n\n## 甲\n\n文", metadata={"tags": ["volume:annex"]})
    about = {"title": "题", "language": "zh", "edition": "版", "mark": "样"}
    return nbf.new_notebook(cells=[nbf.new_markdown_cell("# 报告\n\n文"), shown, annex], metadata={"evalkit": about})


def exported(notebook, name):
    classes = {"html": "HTMLExporter", "docx": "DocxExporter", "pdf": "PDFExporter", "xlsx": "XlsxExporter"}
    return getattr(exporters, classes[name])().from_notebook_node(notebook)


@pytest.mark.parametrize(("name", "begins"), KINDS.items())
def test_a_notebook_becomes_a_file_of_the_format_and_its_volumes_beside(notebook, name, begins):
    body, resources = exported(notebook, name)
    assert (body.encode() if isinstance(body, str) else body).lstrip()[: len(begins)].lower() == begins.lower()
    assert resources["output_extension"] == f".{name}"
    assert list(resources["outputs"]) == ([] if name == "xlsx" else [f"annex.{name}"])


def test_the_workbook_has_the_values_of_the_notebook(notebook):
    body, _ = exported(notebook, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(body))
    assert book.sheetnames == ["目录", "各市得分"]
    assert [[cell.value for cell in row] for row in book["各市得分"].iter_rows(min_row=3)] == [
        ["市", "得分"],
        ["杭州市", 86.4],
    ]
    assert book["目录"]["A1"].value == "题"


def test_nbconvert_finds_every_exporter_by_its_name():
    told = {found.name: found.value for found in entry_points(group="nbconvert.exporters")}
    assert {name for name in told if name.startswith("evalkit-")} == {f"evalkit-{name}" for name in KINDS}
    assert get_exporter("evalkit-docx") is exporters.DocxExporter


def test_a_word_file_of_an_exporter_is_whole(notebook):
    body, _ = exported(notebook, "docx")
    assert zipfile.ZipFile(io.BytesIO(body)).testzip() is None
