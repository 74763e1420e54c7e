import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pypdf
import pytest

from evalkit.tabular.cells import NOT_PRINTED, Figures, percent, plain, signed, span
from evalkit.tabular.xlsx.printed import Front, Labels, write_workbook
from tests.tabular.tables import table

TABLE = table(城市=["衢州市", "杭州市"], 得分=[Decimal("79.20"), "—"], 位次=[4, 2], 比上年=["+5.98", "…"])
LABELS = Labels("目录", "表", "行数", "栏目", "返回目录")
FRONT = Front("衢州市 2012", "评价报告", LABELS, ("初评", "演示数据"), ("注：甲。", "来源：乙。"))


@pytest.fixture
def sheet(tmp_path):
    """Writes one table and gives its sheet as Excel would see it."""

    def write(one, **front):
        write_workbook({"总体": one}, tmp_path / "annex.xlsx", replace(FRONT, **front))
        return openpyxl.load_workbook(tmp_path / "annex.xlsx")["总体"]

    return write


@pytest.fixture
def book(tmp_path):
    """Writes tables and opens them."""

    def write(tables):
        write_workbook(tables, tmp_path / "annex.xlsx", FRONT)
        return openpyxl.load_workbook(tmp_path / "annex.xlsx")

    return write


def test_numbers_are_numbers_with_their_decimals(sheet):
    cell = sheet(TABLE)["B4"]
    assert (cell.value, cell.data_type, cell.number_format) == (79.2, "n", "#,##0.00")


@pytest.mark.parametrize(("value", "shown"), [("6552", "#,##0"), ("36.3", "#,##0.0"), ("3.01", "#,##0.00")])
def test_every_number_has_the_format_of_its_decimals(sheet, value, shown):
    assert sheet(table(数值=[Decimal(value)]))["A4"].number_format == shown


def test_a_day_is_a_day(sheet):
    cell = sheet(table(期限=[date(2013, 7, 31)]))["A4"]
    assert (cell.value, cell.number_format) == (datetime(2013, 7, 31), "yyyy-mm-dd")


def test_whole_numbers_and_signs(sheet):
    cells = sheet(TABLE)
    assert (cells["C4"].value, cells["C4"].data_type) == (4, "n")
    assert [cells[place].value for place in ("B5", "D4", "D5")] == ["—", "+5.98", "…"]


def test_figures_and_their_signs_stand_right_and_text_after_them_apart(sheet):
    cells = sheet(table(城市=["甲市", "乙市"], 得分=[Decimal("79.20"), NOT_PRINTED], 等次=["良好", "优秀"]))
    assert [cells[place].alignment.horizontal for place in ("A4", "B4", "B5", "C4")] == ["left", *["right"] * 2, "left"]
    assert [cells[place].alignment.indent for place in ("A4", "C4", "C5")] == [0, 1, 1]


def test_heads_stand_in_the_middle_beside_the_sign_that_filters_and_long_ones_are_folded(sheet):
    cells = sheet(table(比上年两年都有数据的=[1], 城市=["甲"]))
    assert cells["A3"].alignment.horizontal == "center"
    # 20 places in two lines, or 4, and 3 for the sign; what stands beneath them takes less
    assert [cells.column_dimensions[place].width for place in "AB"] == pytest.approx([14, 7], abs=1)
    assert cells.row_dimensions[3].height == 30


def test_every_cell_is_ruled(sheet):
    assert {cell.border.bottom.style for row in sheet(TABLE)["A3:D5"] for cell in row} == {"thin"}


def test_what_a_row_is_of_stays_in_sight_in_a_wide_table(sheet):
    assert sheet(table(指标=["甲"], **{f"第{n}栏": ["一" * 30] for n in range(4)})).freeze_panes == "B4"
    assert sheet(table(序号=[1], **{f"第{n}栏": ["一" * 30] for n in range(4)})).freeze_panes == "C4"


def test_columns_are_measured_by_a_type_whose_characters_are_two_figures_wide(sheet):
    assert sheet(TABLE)["A4"].font.name == "宋体"


def test_text_is_never_a_formula_or_a_number(sheet):
    cells = sheet(table(代码=["330800", "=1+1", "http://example.org"]), notes=("=1+1",))
    assert (cells["A8"].value, cells["A8"].data_type) == ("=1+1", "s")
    assert [cells[f"A{row}"].value for row in (4, 5, 6)] == ["330800", "=1+1", "http://example.org"]
    assert [cells[f"A{row}"].data_type for row in (4, 5, 6)] == ["s", "s", "s"]


def test_the_header_stays_in_sight_and_on_every_page(sheet):
    cells = sheet(TABLE, header="甲 & 乙")
    assert [cell.value for cell in cells["A3:D3"][0]] == TABLE.labels
    assert cells["A3"].font.bold
    assert cells.freeze_panes == "A4"
    assert cells.print_title_rows == "$2:$3"
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


@pytest.mark.parametrize(("rows", "tall"), [(20, 0), (28, 1), (40, 0), (60, 2)])
def test_no_page_is_printed_for_a_few_rows(sheet, rows, tall):
    # a page holds 487 points: the title of 22.5, heads and rows of 15, two notes
    found = sheet(table(甲=["一"] * rows)).page_setup.fitToHeight
    assert (1 if found is None else found) == tall  # which is one page where nothing is said


def test_columns_are_as_wide_as_their_chinese(sheet):
    cells = sheet(table(甲=["一二三四五"], 乙=["x" * 200]))
    assert cells.column_dimensions["A"].width == pytest.approx(12, abs=1)
    assert cells.column_dimensions["B"].width == pytest.approx(48, abs=1)


def test_a_table_without_rows_has_no_sheet_and_the_first_sheet_leads_to_all_others(book):
    opened = book({"总体": TABLE, "空": table(甲=[]), "它's": TABLE})
    assert opened.sheetnames == ["目录", "总体", "它's"]
    links = [(cell.value, cell.hyperlink.location) for cell in opened["目录"]["A"][5:]]
    assert links == [("总体", "'总体'!A1"), ("它's", "'它''s'!A1")]
    assert [opened[name]["A1"].hyperlink.location for name in ("总体", "它's")] == ["'目录'!A1"] * 2
    assert {opened[name]["A1"].value for name in ("总体", "它's")} == {"返回目录"}


def test_the_first_sheet_says_what_the_workbook_is_and_what_each_sheet_holds(book):
    contents = book({"总体": TABLE, "长" * 40: table(甲=[1])})["目录"]
    assert [cell.value for cell in contents["A"][:5]] == ["评价报告", "初评", "演示数据", None, "表"]
    assert [[cell.value for cell in row] for row in contents["A5:C7"]] == [
        ["表", "行数", "栏目"],
        ["总体", 2, "城市 · 得分 · 位次 · 比上年"],
        ["长" * 40, 1, "甲"],
    ]
    assert contents.print_title_rows == "$5:$5"


def test_of_many_columns_it_names_those_that_have_room_in_a_line(book):
    many = table(**{f"第{place:02}栏": [1] for place in range(40)})
    found = book({"宽": many})["目录"]["C6"].value
    # a label takes 6 places, and what parts it from the next 3: 12 of them are less than 110
    assert found == " · ".join([*(f"第{place:02}栏" for place in range(12)), "…"])


def test_a_sheet_has_its_title_above_the_table_and_the_notes_below(sheet):
    cells = sheet(TABLE)
    assert cells["A2"].value == "总体"
    assert [cells[place].value for place in ("A6", "A7", "A8")] == [None, "注：甲。", "来源：乙。"]
    # 8, 7, 6 and 8 places: seven blank columns beside make 80 of them
    assert sorted(map(str, cells.merged_cells.ranges)) == ["A7:K7", "A8:K8"]
    assert cells.print_area == "'总体'!$A$2:$K$8"


def test_without_notes_nothing_stands_below_the_table(sheet):
    cells = sheet(TABLE, notes=())
    assert cells.max_row == 5
    assert not cells.merged_cells.ranges


def test_a_row_is_as_high_as_what_is_wrapped_in_it(sheet):
    cells = sheet(table(甲=["一" * 50, "一"], 乙=["一\n二\n三", "一"]))
    # 100 places in columns of 48, of which 47 hold signs: three lines, as many as in the other column
    assert (cells.row_dimensions[4].height, cells.row_dimensions[5].height) == (45, None)


def test_no_row_is_higher_than_excel_takes(sheet):
    assert sheet(table(甲=["一" * 5000])).row_dimensions[4].height <= 409


def test_a_note_that_is_wide_takes_several_lines(sheet):
    cells = sheet(table(甲=["一" * 50]), notes=("一" * 100,))
    assert cells.row_dimensions[6].height == 45


def test_links_have_the_style_of_links_that_an_office_knows(sheet):
    assert sheet(TABLE)["A1"].style == "Hyperlink"


def test_tables_whose_names_excel_would_take_for_one_have_sheets_of_their_own(tmp_path):
    names = ["城" * 31 + "甲", "城" * 31 + "乙", "a/b: [c]", "A?B* \\C", "''", "目录"]
    write_workbook(dict.fromkeys(names, table(x=[1])), tmp_path / "t.xlsx", FRONT)
    found = openpyxl.load_workbook(tmp_path / "t.xlsx").sheetnames
    assert found == ["目录", "城" * 31, "城" * 29 + "~2", "a b   c", "A B   C~2", "-", "目录~2"]


def test_changes_are_numbers_with_their_sign_and_thousands_are_parted(sheet):
    cells = sheet(table(增减=[signed(5.98, 2), signed(-1234.5, 1), signed(0, 1), span(3, 3), plain(7)]))
    found = [(cell.value, cell.number_format) for cell in cells["A"][3:6]]
    assert found == [(5.98, "+#,##0.00;-#,##0.00;#,##0.00"), (-1234.5, "+#,##0.0;-#,##0.0;#,##0.0"), (0, "#,##0.0")]
    assert [cells[place].data_type for place in ("A4", "A5", "A6")] == ["n", "n", "n"]


def test_numbers_in_per_cent_or_with_parted_thousands_are_numbers(sheet):
    people, months = Figures("5,917,613", 5917613.0), Figures("3 个月", 3)
    cells = sheet(table(比例=[percent(0.1255, 1), percent(1, 0), people, months]))
    found = [(cell.value, cell.number_format) for cell in cells["A"][3:7]]
    assert found == [(12.6, '#,##0.0" %"'), (100, '#,##0" %"'), (5917613, "#,##0"), ("3 个月", "General")]


def test_rows_can_be_filtered(sheet):
    assert sheet(TABLE).auto_filter.ref == "A3:D5"


def test_the_same_tables_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_workbook({"总体": TABLE}, tmp_path / f"{name}.xlsx", FRONT)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_workbook_that_cannot_be_finished_leaves_the_old_one(book, tmp_path):
    book({"总体": TABLE})
    before = (tmp_path / "annex.xlsx").read_bytes()
    with pytest.raises(TypeError):
        book({"总体": TABLE, "空": table(甲=[object()])})
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"annex.xlsx": before}


def test_no_time_is_in_a_workbook(tmp_path):
    write_workbook({"总体": TABLE}, tmp_path / "a.xlsx", FRONT)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        assert {part.date_time[0] for part in book.infolist()} == {1980}
        assert book.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice here")
@pytest.mark.slow
def test_libreoffice_opens_it_and_prints_all_that_stands_in_it_on_a4(tmp_path):
    share = table(城市=["衢州市"], 得分=[Decimal("1179.20")], 比例=[percent(0.125, 1)], 文=["=1+1"])
    write_workbook({"总体": share}, tmp_path / "annex.xlsx", FRONT)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/user", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", tmp_path, tmp_path / "annex.xlsx"], check=True, capture_output=True, timeout=120
    )
    contents, sheet = pypdf.PdfReader(tmp_path / "annex.pdf").pages
    assert [round(float(side) * 25.4 / 72) for side in sheet.mediabox[2:]] == [297, 210]
    assert "总体" in contents.extract_text()
    said = sheet.extract_text()
    assert [
        words for words in ("衢州市", "1,179.20", "12.5 %", "=1+1", "来源：乙。", "2 / 2") if words not in said
    ] == []
