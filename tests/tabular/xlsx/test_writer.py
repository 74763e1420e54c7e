import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from evalkit.base.errors import ParamsError
from evalkit.tabular.cells import plain, signed, span
from evalkit.tabular.xlsx.sheets import Field, Sheet
from evalkit.tabular.xlsx.writer import write_sheets, write_workbook
from tests.tabular.tables import table

COLUMNS = (
    Field("code", "代码"),
    Field("layer", "类别", options=("input", "output"), hint="投入或产出"),
    Field("valid.0", "下限", "number"),
    Field("parts", "部分", "codes"),
    Field("date", "日期", "day"),
)
TABLE = table(城市=["衢州市", "杭州市"], 得分=[Decimal("79.20"), "—"], 位次=[4, 2], 比上年=["+5.98", "…"])


@pytest.fixture
def sheet(tmp_path):
    """Writes one table and gives its sheet as Excel would see it."""

    def write(one, header="衢州市 2012"):
        write_workbook({"总体": one}, tmp_path / "annex.xlsx", header=header, contents="目录")
        return openpyxl.load_workbook(tmp_path / "annex.xlsx")["总体"]

    return write


def test_numbers_are_numbers_with_their_decimals(sheet):
    cell = sheet(TABLE)["B2"]
    assert (cell.value, cell.data_type, cell.number_format) == (79.2, "n", "#,##0.00")


@pytest.mark.parametrize(("value", "shown"), [("6552", "#,##0"), ("36.3", "#,##0.0"), ("3.01", "#,##0.00")])
def test_every_number_has_the_format_of_its_decimals(sheet, value, shown):
    assert sheet(table(数值=[Decimal(value)]))["A2"].number_format == shown


def test_a_day_is_a_day(sheet):
    cell = sheet(table(期限=[date(2013, 7, 31)]))["A2"]
    assert (cell.value, cell.number_format) == (datetime(2013, 7, 31), "yyyy-mm-dd")


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


def test_a_table_without_rows_has_no_sheet_and_the_first_sheet_leads_to_all_others(tmp_path):
    tables = {"总体": TABLE, "空": table(甲=[]), "它's": TABLE}
    write_workbook(tables, tmp_path / "annex.xlsx", header="甲", contents="目录")
    book = openpyxl.load_workbook(tmp_path / "annex.xlsx")
    assert book.sheetnames == ["目录", "总体", "它's"]
    links = [(cell.value, cell.hyperlink.location) for cell in book["目录"]["A"][2:]]
    assert links == [("总体", "'总体'!A1"), ("它's", "'它''s'!A1")]


def test_tables_whose_names_excel_would_take_for_one_have_sheets_of_their_own(tmp_path):
    names = ["城" * 31 + "甲", "城" * 31 + "乙", "a/b: [c]", "A?B* \\C", "''"]
    write_workbook(dict.fromkeys(names, table(x=[1])), tmp_path / "t.xlsx", header="", contents="目录")
    found = openpyxl.load_workbook(tmp_path / "t.xlsx").sheetnames
    assert found == ["目录", "城" * 31, "城" * 29 + "~2", "a b   c", "A B   C~2", "-"]


def test_changes_are_numbers_with_their_sign_and_thousands_are_parted(sheet):
    cells = sheet(table(增减=[signed(5.98, 2), signed(-1234.5, 1), signed(0, 1), span(3, 3), plain(7)]))
    found = [(cell.value, cell.number_format) for cell in cells["A"][1:4]]
    assert found == [(5.98, "+#,##0.00;-#,##0.00;#,##0.00"), (-1234.5, "+#,##0.0;-#,##0.0;#,##0.0"), (0, "#,##0.0")]
    assert [cells[place].data_type for place in ("A2", "A3", "A4")] == ["n", "n", "n"]


def test_rows_can_be_filtered(sheet):
    assert sheet(TABLE).auto_filter.ref == "A1:D3"


def test_the_same_tables_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_workbook({"总体": TABLE}, tmp_path / f"{name}.xlsx", header="甲", contents="目录")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_no_time_is_in_a_workbook(tmp_path):
    write_workbook({"总体": TABLE}, tmp_path / "a.xlsx", header="甲", contents="目录")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        assert {part.date_time[0] for part in book.infolist()} == {1980}
        assert book.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2


@pytest.fixture
def written(tmp_path):
    """Writes records to one sheet and opens it."""

    def page(*records, form=False):
        write_sheets([Sheet("表", COLUMNS, records, form=form)], tmp_path / "book.xlsx")
        return openpyxl.load_workbook(tmp_path / "book.xlsx")["表"]

    return page


def test_a_table_has_headings_keys_and_records(written):
    page = written({"code": "330100", "valid.0": 1.5, "parts": ("a", "b")})
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["代码", "类别", "下限", "部分", "日期"],
        ["code", "layer", "valid.0", "parts", "date"],
        ["330100", None, 1.5, "a；b", None],
    ]


def test_a_form_has_its_fields_one_below_the_other(written):
    page = written({"code": "x"}, form=True)
    assert [cell.value for cell in page[2]] == ["代码", "code", "x"]


def test_new_cells_of_text_keep_what_is_typed(written):
    page = written({"code": "x"})
    assert (page["A3"].number_format, page.column_dimensions["A"].number_format) == ("@", "@")


def test_cells_with_known_words_offer_them(written):
    (rule,) = written({"code": "x"}).data_validations.dataValidation
    assert (rule.formula1, rule.prompt, "B3" in str(rule.sqref)) == ('"input,output"', "投入或产出", True)


def test_a_number_that_needs_seventeen_digits_is_kept_as_text(written):
    assert written({"valid.0": 0.1 + 0.2})["C3"].value == "0.30000000000000004"
    assert written({"valid.0": 0.1})["C3"].value == 0.1


def test_a_day_is_a_date_that_its_column_is_wide_enough_to_show(written):
    page = written({"code": "x", "date": "2012-09-30"})
    assert (page["E3"].value.isoformat(), page["E3"].number_format) == ("2012-09-30T00:00:00", "yyyy-mm-dd")
    assert page.column_dimensions["E"].width > len("2012-09-30")


def test_the_same_content_is_the_same_bytes(written, tmp_path):
    written({"code": "x"})
    first = (tmp_path / "book.xlsx").read_bytes()
    written({"code": "x"})
    assert (tmp_path / "book.xlsx").read_bytes() == first


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"code": "a "}, "found 'a '; expected text without blanks at its ends"),
        ({"code": "a\rb"}, r"found 'a\\rb'; expected text without control characters"),
        ({"code": "a" * 32_768}, "expected at most 32767 characters"),
        ({"parts": ("a；b",)}, "found 'a；b'; expected a code without ；"),
        ({"parts": ("a、b",)}, "found 'a、b'; expected a code without ；"),
        ({"code": '""'}, "expected another text"),
    ],
)
def test_what_no_cell_can_carry_is_refused_and_nothing_is_left(written, tmp_path, record, expected):
    with pytest.raises(ParamsError, match=rf"(?s)表, row 3.*{expected}"):
        written(record)
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_that_cannot_be_finished_leaves_the_old_one(written, tmp_path):
    written({"code": "x"})
    before = (tmp_path / "book.xlsx").read_bytes()
    with pytest.raises(TypeError):
        written({"date": 2012})
    with pytest.raises(TypeError):
        write_workbook({"总体": TABLE, "空": table(甲=[object()])}, tmp_path / "book.xlsx", header="", contents="目录")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"book.xlsx": before}
