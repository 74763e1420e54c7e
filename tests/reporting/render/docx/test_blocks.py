import pytest
from docx.oxml.ns import qn

from evalkit.reporting.render.document import Cell, Grid, Heading, Listing, Paragraph, Picture, Span
from evalkit.reporting.render.docx.blocks import ASVG, bookmark
from evalkit.reporting.render.docx.outlines import outlined
from tests.reporting.render.conftest import PNG, SVG, bound, grid


def texts(document, style):
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def test_headings_are_real_ones_and_those_below_a_chapter_are_numbered(written):
    told = {2: "一、甲", 3: "乙", 4: "丙"}
    found = written(bound(*(Heading(level, told[level]) for level in (2, 3, 4, 4, 3, 4, 2, 3))))
    assert texts(found, "Heading 1") == ["一、甲", "一、甲"]
    assert texts(found, "Heading 2") == ["（一）乙", "（二）乙", "（一）乙"]
    assert texts(found, "Heading 3") == ["1. 丙", "2. 丙", "1. 丙"]


def test_what_is_declared_appears_as_text(written):
    assert "<b> & =1+1 {x} \\" in [paragraph.text for paragraph in written().paragraphs]


def test_characters_that_no_file_of_word_holds_are_left_out(written):
    assert texts(written(bound(Paragraph((Span("甲\x0b乙"),)))), "Normal") == ["甲乙"]


def test_points_are_paragraphs_and_counted_ones_say_their_number(written):
    assert texts(written(), "List Number") == ["1. 甲", "2. 乙"]


def test_links_lead_to_the_bookmark_of_their_chapter(written):
    body = written().element.body
    names = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    assert names == {bookmark("summary"), bookmark("notes")}
    assert links == [bookmark("summary"), bookmark("notes"), bookmark("notes")]  # two of the contents, one in the text


def test_a_link_to_another_file_is_plain_words(written):
    found = written(bound(Paragraph((Span("附件", href="#annex"),))))
    assert list(found.element.body.iter(qn("w:hyperlink"))) == []


@pytest.mark.parametrize("rows", [1, 40])
def test_a_table_repeats_its_head_and_breaks_no_row(written, rows):
    (table,) = written(bound(grid(rows))).tables
    kept = [{each.tag for each in row._tr.trPr} for row in table.rows]
    marks = [(qn("w:tblHeader") in tags, qn("w:cantSplit") in tags) for tags in kept]
    assert marks == [(True, True)] + [(False, True)] * rows


def test_a_table_prints_its_cells_numbers_to_the_right_states_in_their_colour(written):
    (table,) = written(bound(grid(1))).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [["城市", "得分", "状态"], ["市0", "0.50", "▼ 未完成"]]
    _, number, state = table.rows[1].cells
    assert number.paragraphs[0]._p.pPr.find(qn("w:jc")).get(qn("w:val")) == "right"
    assert str(state.paragraphs[0].runs[0].font.color.rgb) == "9C1C1C"


def test_who_signs_does_so_below_some_of_the_text(written):
    closing = (Heading(2, "签署"), Paragraph((Span("制表："),)))
    xml = written(bound(grid(3), *closing)).element.xml
    assert xml.split("市2</w:t>")[1].split("签署")[0].count("keepNext") == 3  # two cells after it, and what parts it
    said = written(bound(Paragraph((Span("末段"),)), *closing)).paragraphs
    assert [each.paragraph_format.keep_with_next for each in said if each.text in ("末段", "制表：")] == [True, None]


def test_of_points_above_who_signs_the_last_is_kept_with_him(written):
    points = Listing(((Span("甲"),), (Span("乙"),)))
    said = written(bound(points, Heading(2, "签署"), Paragraph((Span("制表："),)))).paragraphs
    assert [each.paragraph_format.keep_with_next for each in said if each.text in ("甲", "乙")] == [None, True]


def test_text_after_a_number_stands_apart_from_it(written):
    (table,) = written(bound(grid(1))).tables
    indents = [[cell.paragraphs[0].paragraph_format.left_indent for cell in row.cells] for row in table.rows]
    assert [[indent and round(indent.mm, 1) for indent in row] for row in indents] == [[None, None, 1.5]] * 2


def test_a_head_of_two_lines_is_broken_before_its_brackets(written):
    (table,) = written(bound(Grid("", ("核实数（填写）",) * 9, ((Cell("甲"),) * 9,), ("",) * 9))).tables
    assert table.rows[0].cells[0].text == "核实数\n（填写）"


def test_there_is_room_to_write_where_it_is_asked_for(written):
    heights = [[row.height for row in written(bound(grid(1, room=room))).tables[0].rows] for room in (False, True)]
    assert heights[0] == [None, None]
    assert round(heights[1][1].mm) == 9
    ruled = [written(bound(grid(1, room=room))).tables[0]._tbl.xpath(".//w:insideV") for room in (False, True)]
    assert [len(each) for each in ruled] == [0, 1]


def test_a_figure_is_as_wide_as_the_text_and_says_what_is_to_be_seen(written):
    found = written()
    (shape,) = found.inline_shapes
    assert round(shape.width.mm) == 156
    assert shape._inline.docPr.get("descr") == "得分上升"
    assert texts(found, "Caption") == ["表 1　得分", "图 1　升"]


@pytest.mark.parametrize("svg", ["", SVG])
def test_a_figure_is_drawn_as_lines_where_they_are_there_and_that_is_understood(written, svg):
    found = written(bound(Picture("", "升", PNG, svg)))
    (blip,) = found.element.body.iter(qn("a:blip"))
    assert found.part.related_parts[blip.get(qn("r:embed"))].blob == PNG
    vectors = [found.part.related_parts[each.get(qn("r:embed"))] for each in blip.iter(f"{{{ASVG}}}svgBlip")]
    assert [(part.partname.ext, part.blob) for part in vectors] == ([("svg", outlined(svg))] if svg else [])


def test_what_parts_a_table_from_what_follows_does_not_begin_a_page(written):
    (below,) = [line for line in written(bound(grid(1))).paragraphs if line.style.name == "Plain Text"]
    assert below.text == ""
    assert below.paragraph_format.line_spacing.pt == 1


def test_a_short_table_stays_on_one_page_and_of_a_long_one_neither_end_is_alone(written):
    for rows, kept in ((2, [True, True, False]), (60, [True, True, *[False] * 57, True, False])):
        (table,) = written(bound(grid(rows))).tables
        assert [row.cells[0].paragraphs[0].paragraph_format.keep_with_next is True for row in table.rows] == kept
