"""A name is the same text wherever it is shown: on pages, in tables, workbooks, figures and notebooks."""

import csv
import io
import re
import shutil

import docx
import nbformat
import openpyxl
import pypdf
import pytest
import yaml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import html
from matplotlib.text import Text

from evalkit import load_study
from evalkit.runs import runner
from evalkit.runs.formats import DOCX, PDF
from evalkit.runs.kinds import reports
from evalkit.runs.request import prepare
from evalkit.runs.volumes import write_pages
from tests.conftest import ROOT
from tests.mutations.edit import METADATA, Edit
from tests.mutations.project import Small
from tests.reporting.render.conftest import PNG
from tests.runs.in_process import here

ODD = r"O'Brien & Sons <x> $a_b$ **c** _d_ {e} \f `g` |h| ~~i~~ [j](k) &amp; #l @m =n //o"


def oddly(value):
    """The same declarations, with a tail to every phrase."""
    if isinstance(value, dict):
        both = value.keys() == {"zh", "en"}
        return {key: f"{it} {ODD}" if both else oddly(it) for key, it in value.items()}
    return list(map(oddly, value)) if isinstance(value, list) else value


def named(root):
    """The small study with every reading, named oddly."""
    edit = Edit(Small.make(root))
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    edit.assessed("accountability", "supervision")
    edit.census(2010, 2020)
    edit.groups()
    edit.yaml("params/studies/small.yaml", lambda study: study["readings"].update(services=["share"], draws=100))
    for path in [*(root / "params").rglob("*.yaml"), root / METADATA]:
        declared = yaml.safe_load(path.read_text("utf-8"))
        path.write_text(yaml.safe_dump(oddly(declared), allow_unicode=True, sort_keys=False), "utf-8")
    return load_study("small", root=root)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The folder of a run of the first report of each kind, and the texts of its figures."""
    root, texts = tmp_path_factory.mktemp("odd") / "small", []

    def read(figure):
        figure.draw_without_rendering()
        texts.extend(figure.findobj(Text))
        return PNG

    study = named(root)
    first = {one.kind.name: [one.code] if one.code else [] for one in reversed(reports(study))}
    requested = prepare(study, only=first)
    with here(root, draw=read):
        runner.run(requested)
    return requested.folder, texts


def changed(text):
    """Where the odd name begins and does not go on as it was declared."""
    return [
        text[at.start() :][: len(ODD)] for at in re.finditer("O'Brien", text) if text[at.start() :][: len(ODD)] != ODD
    ]


def shortened(found):
    """Whether it is what was declared as far as it goes, and says that there is more."""
    begun, ellipsis, _ = found.partition("…")
    return bool(ellipsis) and ODD.startswith(begun.rstrip())


@pytest.mark.slow
def test_a_page_shows_it_and_makes_no_element_of_it(run):
    pages = [html.parse(str(path)).getroot() for path in run[0].rglob("*.html")]
    assert all("O'Brien" in page.find(".//title").text for page in pages)
    assert [changed(page.text_content()) for page in pages] == [[]] * len(pages)
    assert not [element for page in pages for element in page.iter("x", "em", "del", "code")]


@pytest.mark.slow
def test_a_table_and_a_workbook_hold_it(run):
    tables = [csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")) for path in run[0].rglob("*.csv")]
    sheets = [sheet for path in run[0].rglob("*.xlsx") for sheet in openpyxl.load_workbook(path).worksheets]
    cells = [cell for table in tables for row in table for cell in row]
    cells += [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert any("O'Brien" in cell for cell in cells)
    assert [cell for cell in cells if changed(cell)] == []


@pytest.fixture(scope="module")
def office(run, tmp_path_factory):
    """The report on the index system as Word and PDF files."""
    folder = tmp_path_factory.mktemp("office")
    write_pages(nbformat.read(run[0] / "index_system" / "report.ipynb", as_version=4), folder, (DOCX, PDF))
    return folder


@pytest.mark.slow
def test_a_word_file_holds_it(office):
    files = [docx.Document(path) for path in office.glob("*.docx")]
    lines = [Paragraph(line, None).text for file in files for line in file.element.body.iter(qn("w:p"))]
    texts = [" ".join(line.split()) for line in lines]
    assert len([text for text in texts if ODD in text]) > 30
    assert [found for text in texts for found in changed(text)] == []


@pytest.mark.slow
def test_a_pdf_file_holds_it(office):
    files = [pypdf.PdfReader(path) for path in office.glob("*.pdf")]
    texts = ["".join("".join(page.extract_text() for page in file.pages).split()) for file in files]
    assert [text.count("".join(ODD.split())) > 5 for text in texts] == [True] * len(files)


@pytest.mark.slow
def test_a_figure_draws_it_and_no_formula(run):
    named = [text for text in run[1] if "O'Brien" in text.get_text()]
    assert len(named) > 90
    assert [text for text in named if text.get_parse_math()] == []
    drawn = [found for text in named for found in changed(" ".join(text.get_text().split()))]
    assert [found for found in drawn if not shortened(found)] == []


@pytest.mark.slow
def test_a_notebook_that_is_opened_shows_it_and_no_formula(run):
    books = [nbformat.read(path, as_version=4) for path in run[0].rglob("*.ipynb")]
    outputs = [output.data for book in books for cell in book.cells for output in cell.get("outputs", [])]
    prose = [data["text/markdown"] for data in outputs if "text/markdown" in data]
    assert not [text for text in prose if re.search(r"(?<!\\)\$", text)]
    tables = [
        data["text/html"] for data in outputs if "Brien" in data.get("text/html", "") and "<table" in data["text/html"]
    ]
    assert tables
    assert [table for table in tables if '<table class="mathjax_ignore">' not in table] == []
