import pandas as pd
import pytest

from evalkit.base.errors import DataError, ParamsError
from evalkit.data.dataset_workbook import (
    FIGURE_COLUMNS,
    PUBLICATION_COLUMNS,
    REMARK_COLUMNS,
    VARIABLE_COLUMNS,
    dataset_sheets,
    read_dataset_workbook,
)
from evalkit.data.metadata import Metadata, Publication, Variable
from evalkit.index.system_workbook import read_system_workbook, write_system_workbook
from evalkit.tabular.xlsx.writer import write_sheets
from tests.index.books import Edited

REMARKS = """    breaks: [{year: 2012, note: {zh: 变, en: b}}, {year: 2011, region: "330100", note: {zh: 变, en: o}}]
    doubts: [{year: 2011, region: "330100", note: {zh: 疑, en: d}}]
    oddities: [{zh: 疑, en: odd}]
    checks: [{zh: 核, en: one}, {zh: 对, en: two}]
    valid: [null, 5000]
"""
WEIGHED = "kind: rate\n    weight: people"


@pytest.fixture
def book(tables, tmp_path):
    """The small dataset, with remarks, in a workbook that a test changes."""
    tables.edit("metadata.yaml", "    years: [2011, 2012]\n  share", f"    years: [2011, 2012]\n{REMARKS}  share")
    tables.edit("metadata.yaml", "kind: rate", WEIGHED)
    write_sheets(dataset_sheets(tables.load()), tmp_path / "book.xlsx")
    return Edited.open(tmp_path / "book.xlsx")


@pytest.fixture
def read(book, tables):
    def saved_and_read():
        book.book.save(book.path)
        return read_dataset_workbook(book.path, tables.regions)

    return saved_and_read


@pytest.fixture
def refused(read):
    def message(error=DataError):
        with pytest.raises(error) as told:
            read()
        return str(told.value)

    return message


def test_a_dataset_comes_back_from_excel_as_it_was(read, tables):
    dataset = read()
    assert dataset.metadata == tables.load().metadata
    pd.testing.assert_frame_equal(dataset.table, tables.load().table)


def test_the_shipped_system_and_its_dataset_share_one_workbook(declared_system, study, tmp_path):
    write_system_workbook(declared_system, tmp_path / "both.xlsx", more=dataset_sheets(study.dataset))
    dataset = read_dataset_workbook(tmp_path / "both.xlsx", study.all_regions.table)
    assert read_system_workbook(tmp_path / "both.xlsx") == declared_system
    assert dataset.metadata == study.dataset.metadata
    pd.testing.assert_frame_equal(dataset.table, study.dataset.table)


@pytest.mark.parametrize(
    ("columns", "fields"),
    [
        (VARIABLE_COLUMNS, {"code", *Variable.model_fields} - {"breaks", "doubts", "oddities", "checks"}),
        (PUBLICATION_COLUMNS, {"code", *Publication.model_fields}),
        (REMARK_COLUMNS, {"variable", "kind", "year", "region", "note"}),
        (FIGURE_COLUMNS, {"variable", "region", "year", "value", "state", "publication", "unit"}),
    ],
)
def test_every_field_has_its_column(columns, fields):
    assert {column.key.split(".")[0] for column in columns} == fields
    assert set(Metadata.model_fields) == {"title", "licence", "synthetic", "publications", "variables"}


def test_regions_and_years_may_be_numbers_or_text(book, read, tables):
    for row in book.book["数据"].iter_rows(min_row=3):
        row[1].value, row[2].value = int(row[1].value), f"{row[2].value} "
    pd.testing.assert_frame_equal(read().table, tables.load().table)


def test_a_blank_value_with_a_state_is_read(book, read):
    page = book.book["数据"]
    page["D3"].value, page["E3"].value = None, "missing"
    assert read().table.iloc[0][["state", "value"]].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("A3", "peple", "数据!A3 (变量): found 'peple'; expected one of people, doctors, share (did you mean"),
        ("B3", 330199, "数据!B3 (地区代码): found '330199'; expected one of 330100, 330200, 330102"),
        ("B3", 330100.5, "数据!B3 (地区代码): found the number 330100.5; expected text"),
        ("C3", "去年", "数据!C3 (年份): found '去年'; expected a number"),
        ("C3", 20111, "数据!C3 (年份): found '20111'; expected a year"),
        ("D3", "约八十", "数据!D3 (数值): found '约八十'; expected a number"),
        ("D3", -80, "数据!D3 (数值): found people = -80; expected 0 or more"),
        ("D3", None, "数据!D3 (数值): found nothing, with the state 'value'; expected a number, or another state"),
        ("E3", "missing", "数据!D3 (数值): found '1600', with the state 'missing'; expected nothing, or 'value'"),
        ("F3", "bok", "数据!F3 (出处): found 'bok'; expected one of book"),
        ("C3", 2012, "数据!A4 (变量): found doctors of 330100 in 2012 again; expected one row, as 数据!A3 (变量)"),
        ("C3", 2010, "数据!A3 (变量): found doctors of 330100 in 2010; expected what the sheet 变量 declares"),
        ("C3", 2010, "doctors of 330100 in 2011: found no row; expected a row"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_figure_is_told_by_its_cell(book, refused, cell, value, expected):
    if "people =" in expected:
        book.book["数据"]["A3"].value, book.book["数据"]["A7"].value = "people", "doctors"
    book.book["数据"][cell].value = value
    assert expected in refused()


def test_of_a_cell_that_cannot_be_read_nothing_else_is_said(book, refused):
    book.book["数据"]["D3"].value = "约八十"
    assert refused().count("数据!D3") == 1


def test_figures_without_a_column_are_not_judged(book, refused):
    book.book["数据"].delete_cols(5)
    assert "found no column 'state' (状态)" in (message := refused())
    assert "no row" not in message


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "expected"),
    [
        ("变量", "A4", "people", "变量!A4 (代码): found 'people' again; expected a code of its own"),
        ("变量", "I3", "counts", "变量!I3 (类型): found 'counts'; expected one of count, amount, rate, average"),
        ("变量", "F3", 0, "变量!F3 (换算): found 0; expected greater than 0"),
        ("变量", "N3", None, "变量!N3 (终止年): found nothing; expected item 2"),
        ("变量备注", "A3", "doctor", "变量备注!A3 (变量): found 'doctor'; expected one of people, doctors, share"),
        ("变量备注", "B3", "break", "变量备注!B3 (类型): found 'break'; expected one of breaks, doubts, oddities"),
        ("变量备注", "C6", 2011, "变量备注!C6 (年份): found 2011; expected nothing beside this kind"),
        ("变量备注", "E7", None, "变量备注!E7 (说明): found nothing; expected the key 'zh'"),
        ("变量备注", "C3", None, "变量备注!C3 (年份): found nothing; expected the key 'year'"),
        ("出处", "D3", "maybe", "出处!D3 (是否注明): found 'maybe'; expected TRUE or FALSE"),
        ("数据说明", "C2", None, "数据说明!C2 (名称): found nothing; expected the key 'zh'"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_declaration_is_told_by_its_cell(book, refused, sheet, cell, value, expected):
    book.book[sheet][cell].value = value
    assert expected in refused(ParamsError)
