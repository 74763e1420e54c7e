import hashlib
import re
import zipfile
from datetime import date

import openpyxl
import pytest

from evalkit.base.text import Text
from evalkit.register.forms.comments import Comment, Place
from evalkit.register.forms.writing import Reply, file_name, write_form
from tests.register.forms.small import CARE, CULTURE, LIBRARIES, at, column, survey


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("forms")


@pytest.fixture(scope="module")
def book(folder):
    write_form(survey().form("0100"), folder / "city.xlsx")
    return openpyxl.load_workbook(folder / "city.xlsx")


@pytest.fixture(scope="module")
def county(folder):
    write_form(survey().form("0101"), folder / "county.xlsx")
    return openpyxl.load_workbook(folder / "county.xlsx")


def row(sheet, key):
    return {sheet.cell(4, cell.column).value: cell.value for cell in sheet[at(sheet, key, "key").row]}


def test_a_sheet_has_a_row_a_term_under_headings_and_hidden_keys(book):
    assert book.sheetnames == ["填报说明", CARE, CULTURE]
    sheet = book[CARE]
    assert [cell.value for cell in sheet[3]][1:8] == [
        "代码", "指标名称", "填报口径", "计量单位", "上年认定数", "本年数", "状态",
    ]  # fmt: skip
    assert row(sheet, "spending/0100") == {
        "key": "spending/0100", "variable": "spending", "name": "支出", "definition": "年末支出", "measure": "万元",
        "last": -3.5, "value": None, "state": None, "reason": None, "explanation": None, "source": None, "page": None,
        "compiler": None, "compiled": None,
    }  # fmt: skip
    assert sheet.row_dimensions[4].hidden
    assert sheet.column_dimensions["A"].hidden


def test_only_what_is_filled_in_is_open(book):
    sheet = book[CARE]
    assert sheet.protection.sheet
    opened = {sheet.cell(4, cell.column).value for cell in sheet[5] if not cell.protection.locked}
    assert opened == {"value", "state", "reason", "explanation", "source", "page", "compiler", "compiled"}
    assert all(sheet.cell(5, column(sheet, key)).fill.fgColor.rgb == "FFFFFBE0" for key in opened)


def test_sheets_cannot_be_added_or_renamed_by_accident(folder, book):
    with zipfile.ZipFile(folder / "city.xlsx") as parts:
        workbook = parts.read("xl/workbook.xml").decode()
    assert re.search(r"<workbookPr [^>]*/><workbookProtection lockStructure=\"1\"/><bookViews>", workbook)


def test_what_is_typed_is_held_against_types_ranges_and_lists(book):
    rules = {
        str(rule.sqref): (rule.type, rule.formula1, rule.formula2)
        for rule in book[CARE].data_validations.dataValidation
    }
    assert rules["G5:G6"] == ("decimal", "0", "1000000000000000.0")
    assert rules["G7"] == ("decimal", "-1000000000000000.0", "1000000000000000.0")
    assert rules["H5:H7"] == ("list", '"值,缺失,不适用,未到期"', None)
    assert rules["N5:N7"][0] == "date"


def test_a_sheet_is_printed_on_a4_with_its_heads_and_its_pages_counted(book):
    sheet = book[CARE]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == (
        9,
        "landscape",
        None,
    )
    assert (sheet.page_setup.fitToHeight, sheet.print_title_rows, sheet.freeze_panes) == (0, "$1:$3", "D5")
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert sheet.oddHeader.left.text == "小评价 · 甲市 · 2012 · 演示"


def test_a_register_lists_the_units_of_the_year_before_and_has_room_for_more(county):
    sheet = county[LIBRARIES]
    assert [sheet.cell(at, 2).value for at in (5, 6, 7)] == ["老馆", "=新馆", None]
    assert [sheet.cell(at, 1).value for at in range(5, 19)] == [
        "library_area/0101/老馆", "library_area/0101/=新馆", *["new"] * 12,
    ]  # fmt: skip
    assert (sheet["B5"].protection.locked, sheet["B7"].protection.locked) == (True, False)


def test_text_that_begins_as_a_formula_stays_text(county):
    assert county[LIBRARIES]["B6"].data_type == "s"


def test_a_department_sees_which_city_a_row_is_of(folder):
    write_form(survey().form("health"), folder / "health.xlsx")
    sheet = openpyxl.load_workbook(folder / "health.xlsx")[CARE]
    assert [row(sheet, f"doctors/{city}")["region"] for city in ("0100", "0200")] == ["甲市", "乙市"]


def test_the_cover_says_whose_form_it_is_and_until_when(folder):
    write_form(survey(deadline=date(2013, 4, 10)).form("0100"), folder / "cover.xlsx")
    sheet = openpyxl.load_workbook(folder / "cover.xlsx").worksheets[0]
    said = {cells[0].value: cells[2].value for cells in sheet.iter_rows() if cells[0].value}
    assert (said["填报单位"], said["报送截止日期"], said["数据性质"]) == ("甲市", "2013-04-10", "演示")
    assert said["表式版本"] == survey().form("0100").version


def test_a_form_in_english_has_no_chinese_labels(folder):
    write_form(survey(language="en").form("0100"), folder / "en.xlsx")
    texts = [cell.value for sheet in openpyxl.load_workbook(folder / "en.xlsx") for cells in sheet for cell in cells]
    assert [each for each in texts if isinstance(each, str) and re.search("[\u4e00-\u9fff]", each)] == []


def test_the_same_form_is_the_same_bytes(folder):
    def digest(name):
        write_form(survey().form("0101"), folder / name)
        return hashlib.sha256((folder / name).read_bytes()).hexdigest()

    assert digest("one.xlsx") == digest("other.xlsx")


def test_a_file_is_named_after_whose_it_is():
    assert file_name(survey().form("0100").only({"doctors/0100"})) == "0100-甲市-2012-open.xlsx"
    assert [file_name(survey().form(code)) for code in ("0100", "health")] == [
        "0100-甲市-2012.xlsx", "health-health-2012.xlsx",
    ]  # fmt: skip


def test_an_answer_keeps_the_entries_and_marks_and_explains_what_is_wrong(folder):
    key = "doctors/0100"
    found, expected = Text(zh="写了“无”", en="“none”"), Text(zh="数字", en="a number")
    comments = [
        Comment("error", "nothing_word", Place(CARE, "G5", key, "value"), found, expected),
        Comment("warning", "jump", Place(CARE, "G6", "people/0100", "value"), found, expected),
    ]
    entries = {key: {"value": "无", "source": "=1+1"}, "people/0100": {"value": 12.5}}
    form = survey().form("0100")
    write_form(form, folder / "answer.xlsx", Reply(entries, comments, [("审核结果", "已退回")]))
    book = openpyxl.load_workbook(folder / "answer.xlsx")
    value = at(book[CARE], key)
    assert (value.value, value.fill.fgColor.rgb, value.comment.text) == (
        "无", "FFF6B8B0", "发现：写了“无”\n要求：数字",
    )  # fmt: skip
    assert (at(book[CARE], key, "source").value, at(book[CARE], key, "source").data_type) == ("=1+1", "s")
    assert (at(book[CARE], "people/0100").value, at(book[CARE], "people/0100").fill.fgColor.rgb) == (12.5, "FFFFD98F")
    assert not value.protection.locked
    assert len(book[CARE].data_validations.dataValidation) == 9
    review = book["审核意见"]
    assert [review.cell(4, place).value for place in (2, 3, 5)] == ["错误", f"{CARE}!G5", "写了“无”"]
    assert review["C4"].hyperlink.location == f"'{CARE}'!G5"
