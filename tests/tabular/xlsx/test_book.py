"""A workbook is opened, or it is said what keeps it from being one."""

import time
import zipfile

import openpyxl
import pytest

from evalkit.base.errors import ParamsError
from evalkit.tabular.xlsx.book import filled, open_workbook, sheet_of


@pytest.fixture
def refused(tmp_path):
    """Saves a workbook and gives the message with which it is refused."""

    def told(book):
        book.save(tmp_path / "book.xlsx")
        with pytest.raises(ParamsError) as error:
            open_workbook(tmp_path / "book.xlsx")
        return str(error.value)

    return told


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD1"])
def test_a_cell_in_the_last_row_or_column_is_told_at_once(refused, cell):
    book, start = openpyxl.Workbook(), time.process_time()
    book.active[cell] = "x"
    assert f"Sheet!{cell}: found 'x'; expected nothing beyond row 200000 and column 200" in refused(book)
    assert time.process_time() - start < 5


def test_blank_cells_may_stand_anywhere(tmp_path):
    book = openpyxl.Workbook()
    book.active["XFD1048576"].font = openpyxl.styles.Font(bold=True)
    book.active["A1"] = 1
    book.save(tmp_path / "book.xlsx")
    assert [cell.coordinate for cell in filled(open_workbook(tmp_path / "book.xlsx").active)] == ["A1"]


def test_a_chart_in_the_place_of_a_sheet_is_told(tmp_path):
    book, wrong = openpyxl.Workbook(), []
    book.create_chartsheet("表").add_chart(openpyxl.chart.BarChart())
    book.save(tmp_path / "book.xlsx")
    assert sheet_of(open_workbook(tmp_path / "book.xlsx"), "表", wrong) is None
    assert list(map(str, wrong)) == ["the workbook: found '表' as a chart; expected a sheet of cells"]


def test_parts_that_contradict_one_another_are_told(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.save(tmp_path / "whole.xlsx")
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole, zipfile.ZipFile(tmp_path / "book.xlsx", "w") as less:
        for part in whole.namelist():
            if part != "xl/_rels/workbook.xml.rels":
                less.writestr(part, whole.read(part))
    with pytest.raises(ParamsError, match=r"book\.xlsx: found parts that do not fit one another"):
        open_workbook(tmp_path / "book.xlsx")


def test_a_formula_that_was_never_calculated_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active["A3"] = "=1+1"
    book.save(tmp_path / "book.xlsx")
    with pytest.raises(ParamsError, match=r"save it in Excel first\n.*Sheet!A3: found the formula =1\+1 without"):
        open_workbook(tmp_path / "book.xlsx")


def test_the_result_of_a_formula_is_read(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as book:
        book.add_worksheet("表").write_formula("A1", "=1+1", None, 2)
    assert open_workbook(tmp_path / "book.xlsx")["表"]["A1"].value == 2


@pytest.mark.parametrize("name", ["book.xlsx", "book.xls", "book.csv"])
def test_what_is_no_workbook_is_refused(tmp_path, name):
    (tmp_path / name).write_text("code,weight")
    with pytest.raises(ParamsError, match=rf"(?s){name} cannot be read.*expected an Excel workbook \(\.xlsx\)"):
        open_workbook(tmp_path / name)


def test_an_archive_that_is_no_workbook_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(ParamsError, match="cannot be read"):
        open_workbook(tmp_path / "book.xlsx")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ParamsError, match="there is no file"):
        open_workbook(tmp_path / "book.xlsx")
