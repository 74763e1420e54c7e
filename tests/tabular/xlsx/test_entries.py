import datetime

import openpyxl
import pytest

from evalkit.tabular.xlsx.book import open_workbook
from evalkit.tabular.xlsx.entries import read_form, read_table
from evalkit.tabular.xlsx.sheets import Field

TEXT, NUMBER, DAY = Field("code", "代码"), Field("weight", "权重", "number"), Field("date", "日期", "day")


@pytest.fixture
def read(tmp_path):
    """Reads the one cell of a column that holds `value`; gives its value, or the problem."""

    def one(column, value, *, number_format=None):
        book = openpyxl.Workbook()
        book.active.title = "表"
        book.active.append([column.heading])
        book.active.append([column.key])
        book.active["A3"] = value
        book.active["A3"].number_format = number_format or book.active["A3"].number_format
        book.save(tmp_path / "book.xlsx")
        wrong = []
        records = read_table(open_workbook(tmp_path / "book.xlsx"), "表", [column], wrong)
        return str(*wrong) if wrong else records[0].values[column.key]

    return one


@pytest.mark.parametrize(
    ("value", "text"),
    [(330100, "330100"), (330100.0, "330100"), (-3, "-3"), ("0370", "0370"), (" a\u3000", "a"), ("nan", "nan"),
     ('""', ""), ("一\r\n二", "一\n二"), (99_999_999_999, "99999999999")],
)  # fmt: skip
def test_text_is_what_a_person_sees(read, value, text):
    assert read(TEXT, value) == text


@pytest.mark.parametrize(
    ("value", "found"),
    [(330100.5, "the number 330100.5"), (100_000_000_000, "the number 100000000000"), (True, "the truth value TRUE"),
     (datetime.date(2008, 2, 1), "the date 2008-02-01 00:00:00"), (datetime.time(1, 2), "the date 01:02:00"),
     ("#REF!", "the error #REF!")],
)  # fmt: skip
def test_what_a_person_may_not_have_meant_as_text_is_refused(read, value, found):
    assert read(TEXT, value) == f"表!A3 (代码): found {found}; expected text: format the cell as text and type it again"


def test_a_number_that_its_format_shows_otherwise_is_no_text(read):
    assert "found the number 370; expected text" in read(TEXT, 370, number_format="0000")


@pytest.mark.parametrize(
    "value",
    [datetime.date(2012, 9, 3), datetime.datetime(2012, 9, 3, 15, 30), "2012-09-03", " 2012-9-3", "2012/9/3",
     "2012.9.3", "2012年9月3日"],
)  # fmt: skip
def test_a_day_is_a_date_or_written_year_first(read, value):
    assert read(DAY, value) == "2012-09-03"


@pytest.mark.parametrize(
    ("value", "found"),
    [("2012-02-30", "'2012-02-30'"), ("9月3日", "'9月3日'"), ("3/9/2012", "'3/9/2012'"), (41155, "the number 41155"),
     (datetime.time(1, 2), "the date 01:02:00"), ("#REF!", "the error #REF!")],
)  # fmt: skip
def test_what_is_no_day_is_refused(read, value, found):
    assert read(DAY, value) == f"表!A3 (日期): found {found}; expected a day such as 2012-09-30"


@pytest.mark.parametrize(
    ("value", "number"), [(2.0, 2), ("85", 85), (" 1.5e3 ", 1500), ("0.30000000000000004", 0.1 + 0.2), ("１２", 12)]
)
def test_numbers_are_read_from_numbers_and_from_text(read, value, number):
    assert read(NUMBER, value) == number


@pytest.mark.parametrize(
    ("value", "found"), [("1,234", "'1,234'"), ("85%", "'85%'"), ("nan", "'nan'"), ("1e999", "'1e999'")]
)
def test_what_is_no_finite_number_is_refused(read, value, found):
    assert f"found {found}; expected a number" in read(NUMBER, value)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [("truth", True, True), ("truth", "否", False), ("codes", "a；b; c\nd", ("a", "b", "c", "d")),
     ("amounts", "330100=85；a=b=1.5", {"330100": 85, "a=b": 1.5})],
)  # fmt: skip
def test_other_kinds_of_cells(read, kind, value, expected):
    assert read(Field("x", "列", kind), value) == expected


def test_a_word_that_is_not_true_or_false_is_refused(read):
    assert "found 'maybe'; expected TRUE or FALSE" in read(Field("x", "列", "truth"), "maybe")


def test_merged_cells_are_refused(tmp_path):
    book = openpyxl.Workbook()
    for row in (["代码"], ["code"], ["a"], ["b"]):
        book.active.append(row)
    book.active.merge_cells("A3:A4")
    wrong = []
    read_table(book, "Sheet", [TEXT], wrong)
    assert "Sheet!A3:A4: found merged cells; expected cells that are not merged" in str(wrong[0])


def test_a_column_that_is_missing_is_told_and_no_row_is_judged():
    book, wrong = openpyxl.Workbook(), []
    for row in (["代码"], ["code"], [1.5]):
        book.active.append(row)
    assert read_table(book, "Sheet", [TEXT, NUMBER], wrong) == []
    assert list(map(str, wrong)) == [
        "Sheet!2:2: found no column 'weight' (权重); expected every column; its cells may be blank"
    ]


def test_a_sheet_without_its_row_of_keys_is_told_once():
    book, wrong = openpyxl.Workbook(), []
    for row in (["代码", "权重"], ["a", 1]):
        book.active.append(row)
    assert read_table(book, "Sheet", [TEXT, NUMBER], wrong) == []
    assert list(map(str, wrong)) == ["Sheet!A2: found 'a'; expected the keys of the columns in row 2, as 'code'"]


def test_a_form_without_a_row_is_told():
    book, wrong = openpyxl.Workbook(), []
    for row in (["项目", "key", "内容"], ["代码", "code", "x"], ["代码", "code", "y"]):
        book.active.append(row)
    assert read_form(book, "Sheet", [TEXT, NUMBER], wrong).values == {"code": "x"}
    assert [str(each).partition(";")[0] for each in wrong] == [
        "Sheet!B3: found the key 'code' again", "Sheet: found no row 'weight' (权重)"
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["0.00%", "0%", "#,##0,", '0.0,,"百万"', "[Red]0.0%"])
def test_a_number_that_is_shown_as_another_one_is_refused(read, form):
    assert read(NUMBER, 0.264, number_format=form) == (
        f"表!A3 (权重): found the number 0.264 in the format {form!r}, which shows another one; "
        "expected the number that is meant, in the format of a plain number"
    )


@pytest.mark.parametrize("form", ["#,##0.00", '0.0"%"', r"0.0\%", "0.000", "General"])
def test_a_number_that_is_shown_as_it_is_is_read(read, form):
    assert read(NUMBER, 0.264, number_format=form) == 0.264


@pytest.mark.parametrize("character", ["\u200b", "\u200d", "\ufeff", "\u00ad", "\u202e"])
def test_a_character_that_nobody_sees_is_told(read, character):
    assert read(TEXT, f"a{character}b") == (
        f"表!A3 (代码): found {f'a{character}b'!r} with the character U+{ord(character):04X}; "
        "expected text that can be seen: type it again"
    )


def test_a_code_that_declares_is_no_number(read):
    column = Field("code", "代码", "name")
    assert "found the number 370; expected a code that is text" in read(column, 370)
    assert read(column, "0370 ") == "0370"


def test_what_stands_in_a_column_without_a_key_is_told(tmp_path):
    book, wrong = openpyxl.Workbook(), []
    for row in (["代码"], ["code"], ["a"]):
        book.active.append(row)
    book.active["Z3"] = "see below"
    book.active["Z9"] = "   "
    assert [record.values for record in read_table(book, "Sheet", [TEXT], wrong)] == [{"code": "a"}]
    assert list(map(str, wrong)) == ["Sheet!Z3: found 'see below'; expected nothing: its column has no key in row 2"]


def test_what_stands_beside_a_form_is_told():
    book, wrong = openpyxl.Workbook(), []
    for row in (["项目", "key", "内容"], ["代码", "code", "a"], ["权重", "weight", 1, None, "or 2?"]):
        book.active.append(row)
    assert read_form(book, "Sheet", [TEXT, NUMBER], wrong).values == {"code": "a", "weight": 1}
    assert list(map(str, wrong)) == ["Sheet!E3: found 'or 2?'; expected nothing beside the columns A to C of Sheet"]


def test_rows_far_apart_are_read_without_those_between(tmp_path):
    book, wrong = openpyxl.Workbook(), []
    for row in (["代码"], ["code"], ["a"]):
        book.active.append(row)
    book.active["A150000"] = "b"
    records = read_table(book, "Sheet", [TEXT], wrong)
    assert [record.values["code"] for record in records] == ["a", "b"]
    assert len(book.active._cells) < 10
