import datetime

import openpyxl
import pytest

from evalkit.base.errors import EvalkitError
from evalkit.tabular.grids import read_grids


@pytest.fixture
def book(tmp_path):
    """A workbook whose sheets are given as rows of values."""

    def write(**sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            page = book.create_sheet(title)
            for row in rows:
                page.append(row)
        book.save(tmp_path / "a.xlsx")
        return tmp_path / "a.xlsx"

    return write


def edit(path, change):
    book = openpyxl.load_workbook(path)
    change(book["s"])
    book.save(path)
    return path


def test_a_sheet_is_its_filled_cells_as_they_are_seen(book):
    [grid] = read_grids(book(人口=[["地区", " 2012年 "], ["杭州", 1234.5], [None, 880]], 空=[]))
    assert (grid.file, grid.title) == ("a.xlsx, 人口", "人口")
    assert grid.cells == {(1, 1): "地区", (1, 2): "2012年", (2, 1): "杭州", (2, 2): "1234.5", (3, 2): "880"}
    assert grid.where(3, 28) == "a.xlsx, 人口!AB3"


def test_what_nobody_can_read_is_told_by_its_cell(book):
    path = book(s=[[datetime.time(12), 0.264, True]])
    [grid] = read_grids(edit(path, lambda page: setattr(page["B1"], "number_format", "0.0%")))
    assert grid.cells == {}
    assert [str(problem).partition(";")[0] for problem in grid.unread.values()] == [
        "a.xlsx, s!A1: found the date 12:00:00",
        "a.xlsx, s!B1: found the number 0.264 in the format '0.0%', which shows another one",
        "a.xlsx, s!C1: found the truth value TRUE",
    ]


@pytest.mark.parametrize(
    ("form", "seen"),
    [("yyyy-mm-dd", "2012-12-31"), ("yyyy", "2012年"), ('yyyy"年"', "2012年"), ("mm/yyyy", "2012-12-31")],
)
def test_a_date_is_its_day_or_its_year_where_no_more_is_shown(book, form, seen):
    path = edit(book(s=[[datetime.date(2012, 12, 31)]]), lambda page: setattr(page["A1"], "number_format", form))
    assert read_grids(path)[0].cells == {(1, 1): seen}


def test_merged_cells_are_known_by_their_rows(book):
    path = edit(book(s=[["a", "b"], ["c"]]), lambda page: page.merge_cells("A2:C4"))
    assert read_grids(path)[0].merged == {"A2:C4": (2, 4)}


def test_a_file_of_csv_is_one_table_called_by_its_name(tmp_path):
    (tmp_path / "人口.csv").write_text('地区,2012\n"杭州, 市", 880 \n,\n', encoding="utf-8-sig")
    [grid] = read_grids(tmp_path / "人口.csv")
    assert (grid.file, grid.title) == ("人口.csv", "人口")
    assert grid.cells == {(1, 1): "地区", (1, 2): "2012", (2, 1): "杭州, 市", (2, 2): "880"}
    assert grid.where(2, 2) == "人口.csv!B2"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xls", b"", r"found '\.xls'; expected one of \.xlsx, \.csv"),
        ("a.csv", "地区".encode("gbk"), r"found another encoding; expected UTF-8"),
        ("a.csv", b"a\0b", r"found the character U\+0000"),
        ("a.csv", b"x" * 200_000, r"field larger than field limit"),
        ("a.csv", b'region,2016\n"a,5\nb,6\n', "unexpected end of data"),  # a quote that is never closed
        ("a.xlsx", b"no workbook", r"a\.xlsx"),
    ],
)
def test_what_is_no_table_is_told(tmp_path, name, content, told):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(EvalkitError, match=told):
        read_grids(tmp_path / name)


@pytest.mark.parametrize("name", ["gone.xlsx", "gone.csv"])
def test_a_file_that_is_not_there_is_told(tmp_path, name):
    with pytest.raises(EvalkitError, match="there is no file"):
        read_grids(tmp_path / name)
