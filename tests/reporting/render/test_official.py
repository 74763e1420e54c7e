import pytest

from evalkit.reporting.render.official import (
    BODY_SIZE,
    CHARACTER_SPACE,
    CHARACTERS,
    LINE_PITCH,
    LINES,
    POINTS_A_MM,
    edges,
    in_lines,
    in_print,
    page,
    png_size,
    text_area,
)  # fmt: skip
from tests.reporting.render.conftest import PNG, png


def test_28_characters_fill_the_156_mm_and_22_lines_the_225():
    assert text_area(landscape=False) == (156, 225)
    across = CHARACTERS * (BODY_SIZE + CHARACTER_SPACE / 20) / POINTS_A_MM
    assert 155 < across <= 156
    assert pytest.approx(225, abs=0.5) == LINES * LINE_PITCH / 20 / POINTS_A_MM


def test_what_lies_on_its_side_is_the_page_turned():
    assert (page(landscape=True), text_area(landscape=True)) == ((297, 210), (225, 156))
    top, bottom, left, right = edges(landscape=False)
    assert edges(landscape=True) == (left, right, bottom, top)


def test_a_long_title_is_broken_where_a_word_ends():
    assert in_lines("温州市2012年度基本公共服务均等化评价报告") == "温州市2012年度\n基本公共服务均等化评价报告"
    assert in_lines("温州市 2012 年基本公共服务均等化报告") == "温州市 2012 年\n基本公共服务均等化报告"
    assert in_lines("短题") == "短题"
    assert in_lines("无" * 30) == "无" * 30


@pytest.mark.parametrize(("landscape", "sizes"), [(False, [(156, 156), (156, 78)]), (True, [(136, 136), (156, 78)])])
def test_a_picture_is_no_wider_than_upright_text_and_leaves_room_for_its_caption(landscape, sizes):
    square, flat = (png(size) for size in ((1, 1), (2, 1)))
    assert [in_print(each, landscape=landscape) for each in (square, flat)] == sizes


def test_a_picture_says_its_size():
    assert png_size(PNG) == (1, 1)
