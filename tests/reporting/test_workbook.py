import zipfile
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest

from evalkit.reporting.workbook import csv_text, write_csv, write_workbook
from tests.reporting.public import OF_A_PUBLIC_CITY

TABLE = pd.DataFrame(
    {"城市": ["衢州市", "杭州市"], "得分": [Decimal("79.20"), "—"], "位次": [4, 2], "比上年": ["+5.98", "…"]}
)


@pytest.fixture
def sheet(tmp_path):
    """Writes one table and gives its sheet as Excel would see it."""

    def write(table, header="衢州市 2012"):
        write_workbook({"总体": table}, tmp_path / "annex.xlsx", header=header)
        return openpyxl.load_workbook(tmp_path / "annex.xlsx")["总体"]

    return write


def test_numbers_are_numbers_with_their_decimals(sheet):
    cell = sheet(TABLE)["B2"]
    assert (cell.value, cell.data_type, cell.number_format) == (79.2, "n", "0.00")


@pytest.mark.parametrize(("value", "shown"), [("6552", "0"), ("36.3", "0.0"), ("3.01", "0.00")])
def test_every_number_has_the_format_of_its_decimals(sheet, value, shown):
    assert sheet(pd.DataFrame({"数值": [Decimal(value)]}, dtype=object))["A2"].number_format == shown


def test_whole_numbers_and_signs(sheet):
    cells = sheet(TABLE)
    assert (cells["C2"].value, cells["C2"].data_type) == (4, "n")
    assert [cells[place].value for place in ("B3", "D2", "D3")] == ["—", "+5.98", "…"]


def test_text_is_never_a_formula_or_a_number(sheet):
    cells = sheet(pd.DataFrame({"代码": ["330800", "=1+1", "http://example.org"]}))
    assert [cells[f"A{row}"].value for row in (2, 3, 4)] == ["330800", "=1+1", "http://example.org"]
    assert [cells[f"A{row}"].data_type for row in (2, 3, 4)] == ["s", "s", "s"]


def test_the_header_stays_in_sight_and_on_every_page(sheet):
    cells = sheet(TABLE, header="甲 & 乙")
    assert [cell.value for cell in cells[1]] == list(TABLE)
    assert cells["A1"].font.bold
    assert cells.freeze_panes == "A2"
    assert cells.print_title_rows == "$1:$1"
    assert "甲 && 乙" in cells.oddHeader.left.text


def test_a_header_too_long_for_excel_keeps_its_beginning_and_its_end(sheet):
    long = "&" * 300
    assert sheet(TABLE, header=f"衢州市{long}演示数据").oddHeader.left.text.startswith("衢州市&&")
    assert sheet(TABLE, header=f"衢州市{long}演示数据").oddHeader.left.text.endswith("&&演示数据")


def test_pages_are_a4_landscape_of_one_width(sheet):
    cells = sheet(TABLE)
    setup = cells.page_setup
    assert (setup.paperSize, setup.orientation) == (9, "landscape")
    assert (cells.sheet_properties.pageSetUpPr.fitToPage, setup.fitToWidth or 1, setup.fitToHeight) == (True, 1, 0)


def test_columns_are_as_wide_as_their_chinese(sheet):
    cells = sheet(pd.DataFrame({"甲": ["一二三四五"], "乙": ["x" * 200]}))
    assert cells.column_dimensions["A"].width == pytest.approx(12, abs=1)
    assert cells.column_dimensions["B"].width == pytest.approx(48, abs=1)


def test_an_empty_table_is_its_header(sheet):
    assert [[cell.value for cell in row] for row in sheet(TABLE.iloc[:0])] == [list(TABLE)]


def test_the_same_tables_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_workbook({"总体": TABLE}, tmp_path / f"{name}.xlsx", header="甲")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_no_time_is_in_a_workbook(tmp_path):
    write_workbook({"总体": TABLE}, tmp_path / "a.xlsx", header="甲")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        assert {part.date_time[0] for part in book.infolist()} == {1980}
        assert book.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2


def test_csv_begins_with_a_mark_and_reads_back_the_same(tmp_path):
    write_csv(TABLE, tmp_path / "a.csv")
    assert (
        (tmp_path / "a.csv").read_bytes().startswith("\ufeff城市,得分,位次,比上年\r\n衢州市,79.20,4,+5.98\r\n".encode())
    )
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "a.csv", dtype=str), TABLE.astype(str), check_dtype=False)


def test_csv_quotes_what_holds_commas():
    assert csv_text(pd.DataFrame({"甲": ["a,b", 'c"d']})) == '甲\r\n"a,b"\r\n"c""d"\r\n'


def test_every_table_of_a_report_goes_both_ways(city_report, tmp_path):
    report = city_report()
    made = {report.word(f"sheet_{name}"): table(report) for name, table in OF_A_PUBLIC_CITY.items()}
    write_workbook(made, tmp_path / "annex.xlsx", header="甲")
    book = openpyxl.load_workbook(tmp_path / "annex.xlsx")
    assert book.sheetnames == list(made)
    for name, table in made.items():
        found = [[cell.value for cell in row] for row in book[name].iter_rows(min_row=2)]
        assert found == [[as_in_excel(cell) for cell in row] for row in table.to_numpy()], name


def as_in_excel(cell):
    return float(cell) if isinstance(cell, Decimal) else None if cell == "" else cell
