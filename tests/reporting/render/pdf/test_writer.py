import io
import re

import pypdf
import pytest

from evalkit.base.errors import DataError
from evalkit.reporting.render.document import Cell, Grid, Heading, Paragraph, Span
from evalkit.reporting.render.pdf.writer import look, pdf_of, write_pdf
from tests.reporting.render.conftest import bound


def read(*documents, title="题"):
    return pypdf.PdfReader(io.BytesIO(pdf_of([(each, each.volumes[0]) for each in documents], title=title)))


def text(*documents):
    return "\n".join(page.extract_text() for page in read(*documents).pages)


def test_all_that_stands_in_a_document_can_be_read_in_it():
    found = text(bound())
    told = (
        "城市报告",
        "一、结论",
        "86.40",
        "（一）变化",
        "1. 甲",
        "表 1",
        "▼ 未完成",
        "图 1",
        "— 1 —",
        "第 3 版",
        "演示数据",
    )
    assert [words for words in told if words not in found] == []


@pytest.mark.parametrize(
    "words", ["<b> & =1+1 {x} \\", "*a* _b_ #c $d$ @e `f` ~g", "#panic()", "[x](y)", '"quoted"', "// no"]
)
def test_what_would_be_markup_is_text(words):
    cells = Grid(words, (words,), ((Cell(words),),), ("",))
    document = bound(Paragraph((Span(words, strong=True),)), Heading(2, words), cells)
    assert text(document).count(words) == 5


def test_the_page_is_a4_or_a4_on_its_side():
    pages = [read(bound(landscape=side)).pages[0] for side in (False, True)]
    sizes = [[round(float(side) * 25.4 / 72) for side in page.mediabox[2:]] for page in pages]
    assert sizes == [[210, 297], [297, 210]]


def test_it_has_bookmarks_tags_a_title_and_embedded_type():
    found = read(bound(), title="年度评价")
    assert [entry.title for entry in found.outline if not isinstance(entry, list)] == ["一、结论", "二、附注"]
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert found.trailer["/Root"]["/Lang"].lower().startswith("zh")
    assert found.metadata.title == "年度评价"
    fonts = found.pages[0]["/Resources"]["/Font"].values()
    kinds = [font.get_object()["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts]
    assert all({"/FontFile2", "/FontFile3"} & set(kind) for kind in kinds)


def test_contents_say_the_page_of_each_chapter_through_all_that_is_bound():
    first = bound(Heading(2, "一、甲", "a"), *[Paragraph((Span("文"),))] * 30, Heading(2, "二、乙", "b"))
    found = read(first, bound(Heading(2, "一、丙", "a"), Heading(2, "二、丁", "b")))
    pages = [page.extract_text() for page in found.pages]
    at = next(number for number, page in enumerate(pages, 1) if "丙" in page)
    assert at == 4
    assert [led_to(pages[page - 1]) for page in (2, 4)] == [
        {"一、甲": "2", "二、乙": "3"},
        {"一、丙": "4", "二、丁": "4"},
    ]


def led_to(page):
    """The pages that the contents on a page lead to, by chapter."""
    return {line[:3]: line.rstrip()[-1] for line in page.splitlines() if re.match(".、.[.]", line)}


def test_the_same_document_gives_the_same_bytes():
    document = bound()
    first, again = (pdf_of([(document, document.volumes[0])], title="题") for _ in range(2))
    assert first == again


def test_characters_that_no_type_has_are_told():
    with pytest.raises(DataError, match=r"✔ \(U\+2714\)"):
        pdf_of([(document := bound(Paragraph((Span("✔"),))), document.volumes[0])], title="题")


def test_the_colophon_says_what_type_it_is_set_in(tmp_path):
    (path,) = write_pdf(bound(), tmp_path)
    last = pypdf.PdfReader(path).pages[-1].extract_text()
    assert look()["body"][0] in last.replace("\n", " ")
    assert look()["body"][-1] == "Noto Sans SC"
