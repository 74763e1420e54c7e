from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.reporting.render.columns import EM, GAP, PADDING, SIZES, breadth, fit, gaps, is_short
from evalkit.reporting.render.document import Cell, Grid


def table(heads, *rows, kinds=None):
    cells = tuple(tuple(Cell(text) for text in row) for row in rows)
    return Grid("", heads, cells, kinds or ("",) * len(heads))


@given(st.lists(st.lists(st.text(max_size=40), min_size=3, max_size=3), min_size=1, max_size=5))
def test_columns_fill_the_width(rows):
    widths, size = fit(table(("甲", "乙", "丙"), *rows), 156)
    assert sum(widths) == pytest.approx(156)
    assert min(widths) > 0
    assert size in {size for size, _ in SIZES}


def test_a_number_keeps_to_one_line_and_long_text_folds():
    long = "各市数据缺失的原因及处理办法" * 20
    (number, _), size = fit(table(("得分", "说明"), ("12345.67", long), kinds=("number", "long")), 156)
    assert number >= breadth("12345.67") * size * EM + PADDING


def test_what_is_too_wide_at_any_size_is_set_closer():
    widths, size = fit(table(("号",) * 30, ("123456789",) * 30, kinds=("number",) * 30), 156)
    assert (sum(widths), size) == (pytest.approx(156), SIZES[-1][0])


def test_a_table_that_is_too_wide_is_set_smaller():
    few, many = (table(("数",) * n, ("123456.78",) * n, kinds=("number",) * n) for n in (5, 8))
    assert (fit(few, 156)[1], fit(many, 156)[1]) == (10.5, 9)


@pytest.mark.parametrize(("rows", "text", "short"), [(12, "甲", True), (13, "甲", False), (7, "甲" * 12, False)])
def test_a_table_of_few_lines_is_short(rows, text, short):
    assert is_short(table(("一",), *[(text,)] * rows), [30.0], 10.5, 225) is short  # in 30 mm are 7 characters


def test_a_table_is_short_for_the_page_that_it_stands_on():
    nine = table(("一",), *[("甲",)] * 9)
    assert (is_short(nine, [30.0], 10.5, 225), is_short(nine, [30.0], 10.5, 156)) == (True, False)


def test_a_table_that_is_written_on_has_higher_rows():
    few, many = (replace(table(("一",), *[("",)] * rows), room=True) for rows in (6, 7))
    assert (is_short(few, [30.0], 10.5, 225), is_short(many, [30.0], 10.5, 225)) == (True, False)


def test_there_is_room_to_write_where_cells_are_blank():
    checked = replace(table(("指标", "核实"), *[("每千人（常住）床位数" * 4, "")] * 2), room=True)
    (_, blank), size = fit(checked, 60)
    assert blank >= 6 * size * EM
    few = replace(table(("指标", "报送", "核实"), ("床位", "12", "")), room=True)
    assert fit(few, 156)[0][2] > 156 - 30  # which takes what is left


def test_numbers_that_stand_first_do_not_move_away_from_the_edge():
    (number, _), size = fit(table(("序号", "城市"), ("1", "杭州市"), kinds=("number", "")), 225)
    assert number == pytest.approx(2 * size * EM + PADDING)


def test_text_is_folded_further_before_a_head_is_cut_into_single_characters():
    heads = ("计入升级年数", *[f"第{n}项" for n in range(13)])
    (first, *_), size = fit(table(heads, ("5", *["责任单位及其他说明" * 2] * 13), kinds=("number", *[""] * 13)), 225)
    assert size == 8
    assert first >= 2 * size * EM + PADDING - 0.01


def test_one_very_long_cell_does_not_narrow_the_other_columns():
    rows = [("演示报送表（教育部门）", "当年年末实际在校学生人数之和")] * 9
    widths, size = fit(table(("出处", "说明"), *rows, ("演示文件第号" * 20, "—")), 156)
    assert widths[1] >= breadth("当年年末实际在校学生人数之和") * size * EM + PADDING


def test_of_few_cells_none_is_folded_for_being_the_only_long_one():
    signs = ("▼ 95.2", *["●"] * 4)
    widths, size = fit(table(("甲市",) * 12, *[(sign,) * 12 for sign in signs]), 156)
    assert min(widths) >= breadth("▼ 95.2") * size * EM + PADDING - 1e-6


def test_a_short_head_is_in_one_line_before_text_is():
    long = "各市数据缺失的原因及处理办法" * 20
    (score, _), size = fit(table(("考核得分", "说明"), ("96.3", long), kinds=("number", "long")), 156)
    assert score == pytest.approx(4 * size * EM + PADDING, abs=2)


def test_room_goes_to_the_column_that_folds_least_for_it():
    rows = [("城乡居民社会养老保险参保率", "未完成")] * 30
    (name, state), size = fit(table(("指标", "状态"), *rows, ("就业率", "数据缺失（至今未报数据）")), 75)
    assert name >= breadth("城乡居民社会养老保险参保率") * size * EM + PADDING
    assert state < breadth("数据缺失（至今未报数据）") * size * EM


def test_a_cell_that_is_long_is_not_cut_into_single_characters():
    rows = [(*["123456.78"] * 6, text) for text in [*["—"] * 20, "只得保底（一票否决）"]]
    widths, size = fit(table((*["金额"] * 6, "保底"), *rows, kinds=(*["number"] * 6, "")), 142)
    assert widths[-1] >= 5 * size * EM + PADDING


@pytest.mark.parametrize(("characters", "size"), [(24, 10.5), (60, 9)])
def test_a_table_whose_rows_have_many_lines_is_set_smaller(characters, size):
    assert fit(table(("一", "二"), *[("甲" * characters,) * 2] * 9), 110)[1] == size


def test_no_code_is_broken():
    rows = [("ABCDEFGHIJKL", "各市数据缺失的原因及处理办法" * 9)] * 9
    (code, *_), size = fit(table(("编号", *"甲乙丙丁戊己"), *[(code, *[text] * 6) for code, text in rows]), 120)
    assert code >= breadth("ABCDEFGHIJKL") * size * EM + PADDING


def test_stops_and_blanks_take_less_than_figures():
    assert breadth("1.0 %") < breadth("1000%")


def test_text_after_a_number_has_more_room_before_it():
    grid = table(("数", "文", "数"), ("1", "甲", "2"), kinds=("number", "", "number"))
    assert gaps(grid) == [0, GAP, 0]
