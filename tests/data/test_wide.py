import re

import pytest

from evalkit.base.errors import Problem
from evalkit.data.wide import Astray, WideTable
from evalkit.tabular.grids import Grid


def grid(title, *rows, merged=None, unread=None):
    """A table of the texts of its rows, parted by |."""
    cells = {
        (number, column): text.strip()
        for number, row in enumerate(rows, start=1)
        for column, text in enumerate(row.split("|"), start=1)
        if text.strip()
    }
    return Grid("a.xlsx", title, cells, unread or {}, merged or {})


@pytest.fixture
def read(labels):
    """Gives the figures of a table as texts, and what goes astray."""

    def figures(*table, **more):
        astray = Astray()
        found = WideTable(grid(*table, **more), labels, astray).figures()
        return [f"{f.variable} {f.region} {f.year} {f.text} {f.where[7:]}" for f in found], astray

    return figures


@pytest.fixture
def taken(read):
    def figures(*table, **more):
        found, astray = read(*table, **more)
        assert (astray.wrong, astray.unknown) == ({}, {})
        return found

    return figures


@pytest.fixture
def refused(read):
    """Gives what is wrong with a table, as it is told."""

    def told(*table, **more):
        return [str(each) for each in read(*table, **more)[1].wrong.values()]

    return told


@pytest.fixture
def unknown(read):
    def told(*table, **more):
        return [str(each) for each in read(*table, **more)[1].unknown.values()]

    return told


WIDE = ["people 330100 2011 80 B2", "people 330100 2012 100 C2", "people 330200 2011 50 B3", "people 330200 2012 60 C3"]


def test_one_sheet_a_variable_with_a_column_a_year(taken):
    assert taken("人口", "地区|2011年|2012年", "杭州市|80|100", "宁波|50|60") == WIDE


def test_one_row_a_region_and_year_with_a_column_a_variable(taken):
    assert taken("Sheet1", "城市|年份|人口（万人）|doctors", "杭州|2011年|80|1600", "330200|2012|60|900") == [
        "people 330100 2011 80 C2", "doctors 330100 2011 1600 D2",
        "people 330200 2012 60 C3", "doctors 330200 2012 900 D3",
    ]  # fmt: skip


def test_one_sheet_a_year_with_a_column_a_variable(taken):
    assert taken("2012年", "region|people|share", "Hangzhou|100|40")[-1] == "share 330100 2012 40 C2"


def test_years_may_stand_in_the_rows_and_regions_in_the_columns(taken):
    assert sorted(taken("people", "年份|杭州|宁波", "2011|80|50", "2012|100|60")) == [
        "people 330100 2011 80 B2", "people 330100 2012 100 B3", "people 330200 2011 50 C2", "people 330200 2012 60 C3"
    ]  # fmt: skip
    assert taken("people", "|杭州|宁波", "2011|80|50")[0] == "people 330100 2011 80 B2"


def test_variables_may_stand_in_the_rows(taken):
    assert taken("2012", "指标|杭州|宁波", "人口|100|60", "医师|2500|900")[2] == "doctors 330100 2012 2500 B3"
    assert taken("Sheet1", "地区|指标|2011", "杭州|人口|80") == ["people 330100 2011 80 C2"]


def test_a_first_column_without_a_heading_has_the_regions(taken):
    assert taken("people", "|2011|2012", "杭州|80|100", "宁波|50|60") == WIDE
    assert taken("people", "|2011", "杭州|80") == ["people 330100 2011 80 B2"]


def test_titles_and_units_above_and_remarks_below_are_no_figures(taken):
    rows = ["3-1 各市人口", "||单位：万人", "地区|2011|2012", "杭州|80|100", "", "注：抽样调查。", "资料来源：统计局"]
    merged = {"A1:C1": (1, 1), "A6:C6": (6, 6)}
    assert taken("人口", *rows, merged=merged) == ["people 330100 2011 80 B4", "people 330100 2012 100 C4"]


def test_a_row_of_the_whole_is_passed_over(taken):
    assert taken("人口", "地区|2011|2012", "全 省|130|160", "浙江省|130|160", "宁波|50|60") == [
        "people 330200 2011 50 B4", "people 330200 2012 60 C4"
    ]  # fmt: skip


def test_a_blank_cell_is_a_figure_where_one_is_declared(taken):
    assert taken("Sheet1", "地区|年份|people|share", "杭州|2011|80|", "宁波|2012||") == [
        "people 330100 2011 80 C2", "people 330200 2012  C3", "share 330200 2012  D3"
    ]  # fmt: skip


def test_a_code_and_a_name_have_to_agree(taken, refused):
    assert taken("2012", "代码|地区|area", "330111|富阳|1") == ["area 330111 2012 1 C2"]
    assert refused("2012", "代码|地区|people", "330100|宁波|1") == [
        "a.xlsx!B2: found '宁波'; expected the same region as in the columns before"
    ]


def test_a_name_that_two_regions_bear_is_of_the_one_that_is_there(taken):
    assert taken("area", "地区|2011|2012", "富阳|1|2") == ["area 330183 2011 1 B2", "area 330111 2012 2 C2"]


def test_where_it_is_not_clear_which_region_is_meant_the_code_is_asked_for(refused):
    assert refused("people", "地区|2011", "富阳|1") == [
        "a.xlsx!B2: found a figure of 330183 or 330111; expected the code of the region in place of its name"
    ]


@pytest.mark.parametrize(
    ("table", "lacking"),
    [
        (("Sheet1", "地区|2011|2012", "杭州|80|100"), "the variable: "),
        (("Sheet1", "地区|people|doctors", "杭州|80|100"), "the year: "),
        (("Sheet1", "年份|people", "2011|80"), "the region: "),
        (("Sheet1", "地区|2011", "杭州|80"), "the variable: "),
    ],
)
def test_what_neither_headings_nor_labels_nor_the_title_say_is_asked_for(refused, table, lacking):
    [told] = refused(*table)
    assert told.startswith(f"a.xlsx: found a table called 'Sheet1'; expected {lacking}")


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (("people", "地区|2011|20l2", "杭州|80|100"), "a.xlsx!C1: found '20l2'; expected a year"),
        (("2012", "地区|peple", "杭州|80"), "a.xlsx!B1: found 'peple'; expected one of .* mean 'people'"),
        (("2012", "地区|people|docters", "杭州|80|1"), "a.xlsx!C1: found 'docters'; expected one of .* mean 'doctors'"),
        (("people", "地区|2011", "杭洲市|80"), "a.xlsx!A2: found '杭洲市'; expected one of 杭州市, .* mean '杭州市'"),
        (("people", "年份|杭州", "2O11|80"), "a.xlsx!A2: found '2O11'; expected a year"),
        (("people", "地区|2011||", "杭州|80|5"), "a.xlsx!C2: found '5'; expected nothing: its column has no heading"),
        (
            ("说明", "本表由统计局提供"),
            r"a.xlsx: found no headings \(it begins with '本表由.*; expected a row of headings",
        ),
        (
            ("a", "|2012-06-30", "杭州|80"),
            r"a.xlsx: found no headings \(it begins with '2012-06-30', '杭州', '80'\)",
        ),
        (("people", "地区|2012-06-30", "杭州|80"), "a.xlsx!B1: found '2012-06-30'; expected a year"),
        (
            ("a", "地区|年份|指标|数值", "杭州|2012|人口|80"),
            "a.xlsx!D1: found '数值'; expected nothing: regions, years and",
        ),
    ],
)
def test_what_nobody_knows_is_told_by_its_cell(unknown, table, told):
    [found] = unknown(*table)
    assert re.match(told, found)


def test_figures_without_a_label_are_told(refused):
    assert refused("people", "地区|2011", "杭州|80", "|50") == ["a.xlsx!A3: found nothing; expected a region"]


@pytest.mark.parametrize(
    ("table", "where"),
    [
        (("人口（人）", "地区|2011|2012", "杭州|80|100"), "a.xlsx"),
        (("2012", "地区|人口(人)|医师", "杭州|80|100"), "a.xlsx!B1"),
        (("人口", "计量单位：人", "地区|2011|2012", "杭州|80|100"), "a.xlsx!A1"),
        (("人口", "表 3-1 各市人口（单位：人）", "地区|2011|2012", "杭州|80|100"), "a.xlsx!A1"),
        (("2012", "指标|杭州", "人口（人）|80"), "a.xlsx!A2"),
    ],
)
def test_another_unit_than_the_declared_is_told(refused, table, where):
    assert refused(*table) == [f"{where}: found the unit '人'; expected '万人', as is declared of people"]


def test_tables_below_each_other_are_told(refused):
    table = ("人口", "地区|2011", "杭州|80", "地区|2012", "杭州|90")
    (told,) = refused(*table)
    assert told.startswith("a.xlsx!A3: found '地区'; expected one table on a sheet")


def test_a_line_of_units_above_several_variables_names_those_of_all(taken):
    assert len(taken("2012", "单位：万人、人", "地区|people|doctors", "杭州|80|100")) == 2


@pytest.mark.parametrize(("area", "rows"), [("B1:C1", (1, 1)), ("A2:A3", (2, 3))])
def test_merged_cells_among_the_figures_are_told(refused, area, rows):
    told = refused("people", "地区|2011|2012", "杭州|80|100", "宁波|50|60", merged={area: rows})
    assert told[0].startswith(f"a.xlsx!{area}: found merged cells; expected cells that are not merged")


@pytest.mark.parametrize(
    ("at", "expected"), [((1, 2), "a heading that is text"), ((2, 1), "a region"), ((2, 2), "a number")]
)
def test_what_cannot_be_read_is_told_where_it_matters(refused, at, expected):
    unread = {at: Problem("a.xlsx!X", "the error", "a number")}
    cells = [["地区", "2011", "2012"], ["杭州", "80", "100"]]
    cells[at[0] - 1][at[1] - 1] = ""
    told = refused("people", *map("|".join, cells), unread=unread)
    assert told == [f"a.xlsx!X: found the error; expected {expected}"]
