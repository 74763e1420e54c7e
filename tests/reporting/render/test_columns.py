from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.reporting.render.columns import EM, GUTTER, SIZES, SPARE, WRITTEN, Fit, breadth, fit
from evalkit.reporting.render.document import Cell, Grid


def table(heads, *rows, kinds=None):
    cells = tuple(tuple(Cell(text) for text in row) for row in rows)
    return Grid("", heads, cells, kinds or ("",) * len(heads))


def room(fitted, place):
    """The characters that a line of a column holds."""
    return (fitted.widths[place] - fitted.before[place] - fitted.after - SPARE) / (fitted.size * EM) + 1e-6


@given(st.lists(st.lists(st.text(max_size=40), min_size=3, max_size=3), min_size=1, max_size=5))
def test_columns_fill_the_width(rows):
    fitted = fit(table(("甲", "乙", "丙"), *rows), 156)
    assert sum(fitted.widths) == pytest.approx(156)
    assert min(fitted.widths) > 0
    assert fitted.size in {size for size, *_ in SIZES}


def test_a_number_keeps_to_one_line_and_long_text_folds():
    long = "各市数据缺失的原因及处理办法" * 20
    fitted = fit(table(("得分", "说明"), ("12345.67", long), kinds=("number", "long")), 156)
    assert room(fitted, 0) >= breadth("12345.67")


def test_a_table_that_is_too_wide_is_set_smaller():
    few, many = (table(("数",) * n, ("123456.78",) * n, kinds=("number",) * n) for n in (5, 8))
    assert (fit(few, 156).size, fit(many, 156).size) == (10.5, 9)


def test_a_smaller_type_is_taken_where_far_fewer_lines_are_folded_in_it():
    of_48 = ("社会福利工程", "农村居民与城镇居民人均医疗卫生服务设施面积之比", "建议值（待审定）", "省人力社保厅")
    heads = ("工程", "指标", "依据", "部门")
    assert fit(table(heads, *[of_48] * 9), 156).size == 9  # 44 characters and what is free beside them
    assert fit(table(heads, *[of_48] * 9), 225).size == 10.5
    assert fit(table(heads[:2], *[("工程", "指标" * 200)] * 9), 156).size == 10.5  # which does not help much


@pytest.mark.parametrize(("lines", "page", "short"), [(12, 225, True), (13, 225, False), (12, 156, False)])
def test_a_table_of_few_lines_for_its_page_is_short(lines, page, short):
    assert Fit([30.0], 10.5, [1.0], 1.0, lines, lines).is_short(page) is short


def test_lines_are_those_of_the_highest_cells():
    rows = [("甲", "文" * 100), ("文" * 100, "乙"), ("甲", "乙")]
    fitted = fit(table(("一", "二"), *rows), 156)
    assert 5 <= fitted.lines <= 12
    assert fitted.rows == 3


def test_there_is_room_to_write_where_cells_are_blank_and_it_takes_what_is_left():
    checked = replace(table(("指标", "核实"), *[("每千人（常住）床位数" * 4, "")] * 2), room=True)
    assert fit(checked, 60).widths[1] >= WRITTEN
    few = fit(replace(table(("指标", "报送", "核实"), ("床位", "12", "")), room=True), 156)
    assert few.widths[2] > 156 - 30


def test_text_is_folded_further_before_a_head_is_cut_into_single_characters():
    heads = ("计入升级年数", *[f"第{n}项" for n in range(13)])
    fitted = fit(table(heads, ("5", *["责任单位及其他说明" * 2] * 13), kinds=("number", *[""] * 13)), 225)
    assert fitted.size == 8
    assert room(fitted, 0) >= 2


def test_one_very_long_cell_does_not_narrow_the_other_columns():
    rows = [("演示报送表（教育部门）", "当年年末实际在校学生人数之和")] * 9
    assert room(fit(table(("出处", "说明"), *rows, ("演示文件第号" * 20, "—")), 156), 1) >= 14


def test_no_last_character_is_folded_for_the_sake_of_text_that_is_folded_anyway():
    rows = [
        (f"{n}", "丽水市社会保障工程", "丽水市文体普及工程", "较上年异常变动、明显偏离其他市" * 9) for n in range(9)
    ]
    fitted = fit(table(("序号", "督查单元", "候补单元", "风险信号"), *rows, kinds=("number", "", "", "long")), 156)
    assert min(room(fitted, 1), room(fitted, 2)) >= 9


def test_words_stand_apart_from_the_numbers_before_them():
    fitted = fit(table(("差距", "期限", "标准"), ("24.88", "2013-12-31", "60"), kinds=("number", "", "number")), 156)
    assert fitted.before == [fitted.after, fitted.after + GUTTER, fitted.after]


def test_numbers_that_stand_first_do_not_move_away_from_the_edge():
    fitted = fit(table(("序号", "城市"), ("1", "杭州市"), kinds=("number", "")), 225)
    assert room(fitted, 0) == pytest.approx(2, abs=0.01)


def test_a_short_head_is_in_one_line_before_text_is():
    long = "各市数据缺失的原因及处理办法" * 20
    fitted = fit(table(("考核得分", "说明"), ("96.3", long), kinds=("number", "long")), 156)
    assert room(fitted, 0) == pytest.approx(4, abs=0.05)
