"""The page of GB/T 9704-2012, measured in the file: in mm from the edges of the paper."""

import re

import pytest

from evalkit.reporting.render.document import Cell, Grid, Heading, Paragraph, Picture, Span
from tests.reporting.render.conftest import PNG, SVG, bound, grid
from tests.reporting.render.pdf.test_writer import read, text

MM = 72 / 25.4
LONG = Paragraph((Span("文" * 28 * 60),))


def placed(page):
    """The pieces of text of a page: where each begins from the left, how far its line is from the top, its size."""
    found, height = [], float(page.mediabox.height)

    def keep(said, frame, matrix, font, size):
        if said.strip():
            left = frame[0] * matrix[4] + frame[2] * matrix[5] + frame[4]
            up = frame[1] * matrix[4] + frame[3] * matrix[5] + frame[5]
            found.append((said.strip(), left / MM, (height - up) / MM, abs(size * matrix[3] * frame[3])))

    page.extract_text(visitor_text=keep)
    return found


def lines(page):
    """The lines of body text of a page, each by its distance from the top, and how many characters it has."""
    found = {}
    for said, _, down, size in placed(page):
        if size == pytest.approx(16, abs=0.1) and set(said) == {"文"}:
            found[round(down)] = found.get(round(down), 0) + len(said)
    return found


def test_a_page_has_22_lines_of_28_characters_within_its_margins():
    page = read(bound(LONG, LONG)).pages[1]
    counted = lines(page)
    assert list(counted.values()).count(28) >= 20
    assert max(counted.values()) == 28
    assert len(counted) == 22
    assert min(counted) == pytest.approx(37 + 16 * 0.88 / MM, abs=2)
    assert max(counted) <= 297 - 35


def test_numbers_stand_7_mm_below_the_text_outside_between_dashes():
    pages = read(bound(LONG, LONG, LONG)).pages
    found = [next(piece for piece in placed(page) if piece[0].startswith("—")) for page in pages[:2]]
    assert [(number[0], round(number[3])) for number in found] == [("— 1 —", 14), ("— 2 —", 14)]
    odd, even = found
    assert 165 < odd[1] < 184
    assert 28 < even[1] < 45
    assert all(297 - 35 + 7 <= down <= 297 - 35 + 7 + 14 / MM for _, _, down, _ in found)


@pytest.mark.parametrize(("landscape", "right"), [(False, 184), (True, 297 - 37)])
def test_a_table_of_many_columns_is_not_cut_off(landscape, right):
    heads = tuple(f"第{n}列" for n in range(12))
    cells = tuple((*("甲市",) * 11, "1234.56") for _ in range(3))
    wide = Grid("表", heads, tuple(tuple(map(Cell, row)) for row in cells), ("",) * 11 + ("number",))
    (page,) = read(bound(wide, landscape=landscape)).pages
    ends = [left + len(said) * 0.56 * size / MM for said, left, _, size in placed(page) if said == "1234.56"]
    assert len(ends) == 3
    assert max(ends) <= right + 0.5


def test_a_table_repeats_its_head_and_a_short_one_stays_on_one_page():
    pages = [page.extract_text() for page in read(bound(grid(80))).pages]
    assert [page.count("得分") for page in pages if "市7" in page] == [1] * len(
        [page for page in pages if "市7" in page]
    )
    assert len(pages) > 1
    pages = [page.extract_text() for page in read(bound(Paragraph((Span("文" * 28 * 16),)), grid(9))).pages]
    assert ["市0" in page for page in pages] == ["市8" in page for page in pages]


def test_no_row_of_a_table_is_alone_on_a_page():
    for many in range(10, 22):
        pages = [
            page.extract_text() for page in read(bound(Paragraph((Span("文" * 28 * many),)), grid(many + 40))).pages
        ]
        assert 1 not in [page.count("未完成") for page in pages]


def test_the_colophon_takes_no_page_of_its_own():
    for many in range(14, 22):
        last = read(bound(Paragraph((Span("文" * 28 * many),)))).pages[-1].extract_text()
        assert "文文" in last
        assert "排印" in last


@pytest.mark.parametrize("end", [Paragraph((Span("末段"),)), grid(3)])
def test_who_signs_does_so_below_some_of_the_text(end):
    closing = (Heading(2, "签署"), Paragraph((Span("制表："),)))
    for many in range(10, 22):
        pages = [p.extract_text() for p in read(bound(Paragraph((Span("文" * 28 * many),)), end, *closing)).pages]
        (signed,) = (page for page in pages if "制表" in page)
        assert "末段" in signed or "市 2" in signed


def test_a_cell_to_write_in_is_9_mm_high_or_as_high_as_what_stands_beside_it():
    rows = (("甲", ""), ("乙" * 200, ""), ("丙", ""), ("丁", ""))
    cells = tuple(tuple(map(Cell, row)) for row in rows)
    (page,) = read(bound(Grid("", ("指标", "核实"), cells, ("", ""), room=True))).pages
    first = {}
    for said, _, down, _ in placed(page):
        first.setdefault(said[0], []).append(down)
    assert first["乙"][0] - first["甲"][0] == pytest.approx(9, abs=0.3)
    assert first["丁"][0] - first["丙"][0] == pytest.approx(9, abs=0.3)
    assert first["丙"][0] > max(first["乙"])


@pytest.mark.parametrize("room", [False, True])
def test_what_is_written_on_by_hand_is_ruled_from_side_to_side_too(room):
    (page,) = read(bound(Grid("", ("指标", "核实"), ((Cell("甲"), Cell("")),), ("", ""), room=room))).pages
    drawn = page.get_contents().get_data().decode("latin-1")
    assert len(re.findall(r"0 0 m 0 [\d.]+ l", drawn)) == (3 if room else 0)


@pytest.mark.parametrize("sign", "＿_")
def test_room_to_write_is_not_broken(sign):
    (page,) = read(bound(Paragraph((Span("文" * 22 + sign * 8),)))).pages
    assert len({round(down) for said, _, down, _ in placed(page) if sign in said}) == 1


def test_a_figure_is_drawn_as_lines_and_words_and_stands_with_its_caption():
    figure = Picture("图 1　升", "得分上升", PNG, SVG)
    found = read(bound(Paragraph((Span("文" * 28 * 12),)), figure))
    assert [page.images for page in found.pages if len(page.images)] == []
    (page,) = (page.extract_text() for page in found.pages if "图 1" in page.extract_text())
    assert "市3" in page
    assert "市3" not in text(bound(Picture("图 1　升", "得分上升", PNG)))


def test_a_figure_with_a_sign_that_the_type_lacks_stays_a_picture():
    (page,) = read(bound(Picture("图 1　升", "得分上升", PNG, SVG.replace("市3", "✔")))).pages
    assert len(page.images) == 1


def test_a_heading_is_not_the_last_line_of_a_page():
    for many in range(16, 22):
        pages = [
            p.extract_text() for p in read(bound(Paragraph((Span("文" * 28 * many),)), Heading(2, "题"), LONG)).pages
        ]
        assert not [page for page in pages if page.split("题")[-1].count("文") < 1 and "题" in page]
