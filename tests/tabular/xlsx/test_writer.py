import zipfile
from decimal import Decimal

import openpyxl
import pytest

from evalkit.tabular.xlsx.writer import write_workbook
from tests.tabular.tables import table

TABLE = table(城市=["衢州市", "杭州市"], 得分=[Decimal("79.20"), "—"], 位次=[4, 2], 比上年=["+5.98", "…"])


@pytest.fixture
def sheet(tmp_path):
    """Writes one table and gives its sheet as Excel would see it."""

    def write(one, header="衢州市 2012"):
        write_workbook({"总体": one}, tmp_path / "annex.xlsx", header=header)
        return openpyxl.load_workbook(tmp_path / "annex.xlsx")["总体"]

    return write


def test_numbers_are_numbers_with_their_decimals(sheet):
    cell = sheet(TABLE)["B2"]
    assert (cell.value, cell.data_type, cell.number_format) == (79.2, "n", "0.00")


@pytest.mark.parametrize(("value", "shown"), [("6552", "0"), ("36.3", "0.0"), ("3.01", "0.00")])
def test_every_number_has_the_format_of_its_decimals(sheet, value, shown):
    assert sheet(table(数值=[Decimal(value)]))["A2"].number_format == shown


def test_whole_numbers_and_signs(sheet):
    cells = sheet(TABLE)
    assert (cells["C2"].value, cells["C2"].data_type) == (4, "n")
    assert [cells[place].value for place in ("B3", "D2", "D3")] == ["—", "+5.98", "…"]


def test_text_is_never_a_formula_or_a_number(sheet):
    cells = sheet(table(代码=["330800", "=1+1", "http://example.org"]))
    assert [cells[f"A{row}"].value for row in (2, 3, 4)] == ["330800", "=1+1", "http://example.org"]
    assert [cells[f"A{row}"].data_type for row in (2, 3, 4)] == ["s", "s", "s"]


def test_the_header_stays_in_sight_and_on_every_page(sheet):
    cells = sheet(TABLE, header="甲 & 乙")
    assert [cell.value for cell in cells[1]] == TABLE.labels
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
    cells = sheet(table(甲=["一二三四五"], 乙=["x" * 200]))
    assert cells.column_dimensions["A"].width == pytest.approx(12, abs=1)
    assert cells.column_dimensions["B"].width == pytest.approx(48, abs=1)


def test_an_empty_table_is_its_header(sheet):
    assert [[cell.value for cell in row] for row in sheet(table(甲=[], 乙=[]))] == [["甲", "乙"]]


def test_the_same_tables_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_workbook({"总体": TABLE}, tmp_path / f"{name}.xlsx", header="甲")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_no_time_is_in_a_workbook(tmp_path):
    write_workbook({"总体": TABLE}, tmp_path / "a.xlsx", header="甲")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        assert {part.date_time[0] for part in book.infolist()} == {1980}
        assert book.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2
