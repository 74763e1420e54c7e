import openpyxl
import pytest

from evalkit.base.errors import ParamsError
from evalkit.tabular.xlsx.sheets import Field, Sheet
from evalkit.tabular.xlsx.writer import book_at, write_sheets

COLUMNS = (
    Field("code", "代码"),
    Field("layer", "类别", options=("input", "output"), hint="投入或产出"),
    Field("valid.0", "下限", "number"),
    Field("parts", "部分", "codes"),
    Field("date", "日期", "day"),
)


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
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"book.xlsx": before}


def test_how_cells_look_is_left_as_it_was_given(tmp_path):
    look = {"font_name": "宋体"}
    with book_at(tmp_path / "a.xlsx", look=look) as book:
        book.add_worksheet()
    assert look == {"font_name": "宋体"}
