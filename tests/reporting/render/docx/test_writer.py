import shutil
import subprocess

import pytest
from docx.enum.text import WD_TAB_LEADER
from docx.oxml.ns import qn

from evalkit.reporting.render.document import Heading
from evalkit.reporting.render.docx.writer import docx_of, write_docx
from tests.reporting.render.conftest import BLOCKS, bound


def test_the_same_document_gives_the_same_bytes():
    document = bound()
    assert docx_of(document, document.volumes[0]) == docx_of(bound(), document.volumes[0])


def test_the_contents_are_filled_in_and_can_be_made_anew(written):
    found = written()
    assert [line.text for line in found.paragraphs if line.style.name == "toc 1"] == ["一、结论", "二、附注"]
    assert [told.text.strip() for told in found.element.body.iter(qn("w:instrText"))] == [r'TOC \o "1-1" \h \z']


@pytest.mark.parametrize(("landscape", "width"), [(False, 156), (True, 225)])
def test_dots_lead_to_the_pages_of_contents_that_are_made_anew(written, landscape, width):
    style = written(bound(*BLOCKS, landscape=landscape)).styles["toc 1"]
    assert [(round(stop.position.mm), stop.leader) for stop in style.paragraph_format.tab_stops] == [
        (width, WD_TAB_LEADER.DOTS)
    ]


@pytest.mark.parametrize(("landscape", "lines"), [(False, 12), (True, 3)])
def test_many_chapters_are_named_side_by_side_on_a_page_that_lies_on_its_side(written, landscape, lines):
    chapters = [Heading(2, f"第{n:02}章　服务", f"c{n}") for n in range(12)]  # 7 of the 39 characters of a line
    found = [
        line.text for line in written(bound(*chapters, landscape=landscape)).paragraphs if line.style.name == "toc 1"
    ]
    assert len(found) == lines
    assert "\t".join(found).split("\t") == [chapter.text for chapter in chapters]


def test_nothing_asks_a_question_when_it_is_opened(written):
    found = written()
    assert found.settings.element.find(qn("w:updateFields")) is None
    assert not [mark for mark in found.element.body.iter(qn("w:fldChar")) if mark.get(qn("w:dirty"))]


def test_numbers_stand_outside_between_dashes(written):
    section = written().sections[0]
    lines = [footer.paragraphs[0] for footer in (section.footer, section.even_page_footer)]
    assert [line.text for line in lines] == ["— 1 —"] * 2
    sides = [line._p.pPr.find(qn("w:jc")).get(qn("w:val")) for line in lines]
    assert sides == ["right", "left"]


@pytest.mark.parametrize(("mark", "head"), [("演示数据", "演示数据　第 3 版"), (None, "第 3 版")])
def test_made_up_data_are_marked_on_every_page(written, mark, head):
    section = written(bound(mark=mark)).sections[0]
    assert [header.paragraphs[0].text for header in (section.header, section.even_page_header)] == [head] * 2


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice here")
@pytest.mark.slow
def test_libreoffice_opens_it_and_prints_all_that_stands_in_it(tmp_path):
    pypdf = pytest.importorskip("pypdf")
    (path,) = write_docx(bound(), tmp_path)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/user", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", tmp_path, path], check=True, capture_output=True, timeout=120)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "report.pdf").pages)
    assert all(words in text for words in ("一、结论", "（一）变化", "86.40", "▼ 未完成", "图 1", "— 1 —"))
    assert ".." not in text  # dots that lead to no page
