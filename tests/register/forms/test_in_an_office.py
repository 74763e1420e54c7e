"""Forms and answers in an office program: LibreOffice opens them, prints them, and saves them so that they are read."""

import shutil
import subprocess
import zipfile

import pytest
from pypdf import PdfReader

from evalkit.register.forms.reading import read_filled
from evalkit.register.forms.replying import reply
from tests.register.forms.small import CARE, LIBRARIES, fill, put, read, said, survey

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SOFFICE, reason="LibreOffice (soffice) is not installed: forms are not opened in it"),
]
A4 = (842, 595)  # points, landscape


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A form filled in with a formula and an answer to it, converted by LibreOffice to PDF and to a workbook."""
    folder = tmp_path_factory.mktemp("office")
    county = folder / "county.xlsx"
    fill(county, put("library_area/0101/老馆", sheet=LIBRARIES, value="=700+77"), reporter="0101")
    reply(read(folder / "city.xlsx", put("doctors/0100", value="无")), "returned", folder, "zh")
    files = [str(county), str(folder / "city-answer.xlsx")]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for kind in ("pdf", "xlsx"):
        command = [SOFFICE, profile, "--headless", "--convert-to", kind, "--outdir", str(folder / kind), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder


def test_a_form_is_printed_on_a4_with_its_pages_counted(made):
    pages = PdfReader(made / "pdf" / "county.pdf").pages
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pages} == {A4}
    texts = [page.extract_text() for page in pages]
    assert len(texts) == 3
    assert f"共 {len(texts)} 页" in texts[0]
    assert "上年认定数" in texts[1]
    assert "=新馆" in texts[2]


def test_an_answer_is_printed_with_its_list(made):
    texts = [page.extract_text() for page in PdfReader(made / "pdf" / "city-answer.pdf").pages]
    assert "数值栏写了 “无”" in texts[1].replace("\n", "")


def test_a_form_that_libreoffice_saved_is_read_as_it_was_filled_in(made):
    form = read_filled(made / "xlsx" / "county.xlsx", survey())
    assert said(form) == [("note", "formula_value", "E5")]
    assert form.answers.set_index("key").value["library_area/0101/老馆"] == 777
    plain = read(made / "again.xlsx", reporter="0101").answers
    compared = ["variable", "region", "unit", "state", "source", "page", "compiler", "compiled", "last", "cell"]
    assert form.answers[compared].equals(plain[compared])


def test_an_answer_that_libreoffice_saved_is_still_untouched(made):
    form = read_filled(made / "xlsx" / "city-answer.xlsx", survey())
    assert form.is_untouched
    assert said(form) == [("error", "nothing_word", "G5")]
    assert form.comments[0].place.sheet == CARE


def test_lists_and_protection_stay(made):
    with zipfile.ZipFile(made / "xlsx" / "county.xlsx") as parts:
        sheet = parts.read("xl/worksheets/sheet2.xml").decode()
    assert "值,缺失,不适用,未到期" in sheet
    assert "<sheetProtection" in sheet
