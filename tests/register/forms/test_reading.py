from datetime import datetime

import openpyxl
import pytest
from openpyxl.worksheet.dimensions import ColumnDimension

from evalkit.register.forms import opening
from evalkit.register.forms.columns import KEY_ROW
from evalkit.register.forms.reading import read_filled
from evalkit.register.forms.writing import write_form
from tests.register.forms.small import (
    CARE,
    CULTURE,
    LIBRARIES,
    at,
    changed,
    column,
    complete,
    figures,
    fill,
    put,
    read,
    said,
    survey,
)

DOCTORS, PEOPLE = "doctors/0100", "people/0100"


def cell_of(edit):
    """An edit that changes the sheet of the first project."""
    return lambda book: edit(book[CARE])


def test_a_form_without_fault_is_read_as_figures(tmp_path):
    form = read(tmp_path / "a.xlsx")
    assert said(form) == []
    row = form.answers.set_index("key").loc[DOCTORS]
    expected = {
        "variable": "doctors", "region": "0100", "unit": "", "year": 2012, "value": 50.0, "state": "value",
        "publication": "book", "standing": "own", "source": "年报", "page": "12", "compiler": "张三",
        "compiled": "2013-03-15", "last": 20.0, "cell": f"{CARE}!G5", "file": "a.xlsx", "reason": "", "explanation": "",
    }  # fmt: skip
    assert row.to_dict() == expected
    assert form.answers.key.tolist() == list(survey().form("0100").questions)
    assert form.is_sound


def test_a_department_answers_for_every_city(tmp_path):
    form = read(tmp_path / "a.xlsx", reporter="health")
    assert said(form) == []
    assert set(form.answers.standing) == {"department"}
    assert form.answers.region.tolist() == ["0100", "0200"] * 3


def test_units_that_are_new_are_taken_with_those_of_the_year_before(tmp_path):
    def add(book):
        sheet = book[LIBRARIES]
        for name, value in {"unit": "  分馆（南）", "value": 300, "page": 330100.0}.items():
            sheet.cell(8, column(sheet, name)).value = value

    form = read(tmp_path / "a.xlsx", add, reporter="0101")
    assert said(form) == []
    units = form.answers[form.answers.variable == "library_area"]
    assert units.unit.tolist() == ["老馆", "=新馆", "分馆（南）"]
    assert units.value.tolist() == [50.0, 60.0, 300.0]
    assert (units.page.iloc[2], units.publication.iloc[2]) == ("330100", "book")


def hide_row(sheet):
    sheet.row_dimensions[6].hidden = True


MISSING = {"value": None, "state": "缺失", "reason": "台账遗失"}
FAULTS = {
    "a word for nothing": (put(DOCTORS, value="无"), "error", "nothing_word", "G5"),
    "a dash": (put(DOCTORS, value="—"), "error", "nothing_word", "G5"),
    "NA": (put(DOCTORS, value="NA"), "error", "nothing_word", "G5"),
    "null": (put(DOCTORS, value=" NULL "), "error", "nothing_word", "G5"),
    "None": (put(DOCTORS, value="None"), "error", "nothing_word", "G5"),
    "a unit behind the number": (put(DOCTORS, value="12万"), "error", "no_number", "G5"),
    "a date for a number": (put(DOCTORS, value=(datetime(2012, 5, 1), "yyyy-mm-dd")), "error", "a_date", "G5"),
    "a per-cent format": (put(DOCTORS, value=(0.5, "0%")), "error", "scaled", "G5"),
    "a truth value": (put(DOCTORS, value=True), "error", "a_truth", "G5"),
    "the error of a formula": (put(DOCTORS, value="#DIV/0!"), "error", "formula_error", "G5"),
    "a formula without a result": (put(DOCTORS, value="=1+1"), "error", "formula_blank", "G5"),
    "nothing": (put(DOCTORS, value=None), "error", "no_answer", "G5"),
    "a state without a reason": (put(DOCTORS, **MISSING | {"reason": None}), "error", "no_reason", "I5"),
    "a reason that says nothing": (put(DOCTORS, **MISSING | {"reason": "无"}), "error", "no_reason", "I5"),
    "a value beside a state": (put(DOCTORS, state="缺失", reason="x"), "error", "value_and_state", "H5"),
    "the state of a value without one": (put(DOCTORS, value=None, state="值"), "error", "state_without_value", "G5"),
    "an unknown state": (put(DOCTORS, state="已报"), "error", "unknown_state", "H5"),
    "a text that is too long": (put(DOCTORS, source="长" * 501), "error", "no_text", "K5"),
    "no day": (put(DOCTORS, compiled="去年"), "error", "no_day", "N5"),
    "merged cells": (cell_of(lambda sheet: sheet.merge_cells("K5:K6")), "error", "merged", "K5:K6"),
    "a hidden row": (cell_of(hide_row), "error", "hidden_cell", "G6"),
    "a note beside the form": (cell_of(lambda sheet: sheet.cell(6, 20, "见附件")), "error", "stray", "T6"),
    "a row without a key": (cell_of(lambda sheet: sheet.cell(9, 7, 5)), "error", "unknown_row", "G9"),
    "an unknown key": (cell_of(lambda sheet: sheet.cell(9, 1, "beds/0100")), "error", "unknown_row", "A9"),
    "a row twice": (cell_of(lambda sheet: sheet.cell(9, 1, DOCTORS)), "error", "row_twice", "A9"),
    "a code of another row": (put(DOCTORS, variable="people"), "error", "moved_row", "B5"),
    "a hidden sheet": (cell_of(lambda sheet: setattr(sheet, "sheet_state", "hidden")), "error", "hidden_sheet", ""),
    "wide digits": (put(DOCTORS, value="１２３４"), "note", "normalised", "G5"),
    "thousands": (put(DOCTORS, value="1,234.5"), "note", "normalised", "G5"),
    "wide thousands": (put(DOCTORS, value="1，234"), "note", "normalised", "G5"),
    "a day as a number": (put(DOCTORS, compiled=(41348, "General")), "note", "normalised", "N5"),
    "what nobody sees": (put(DOCTORS, source="年\u200b报"), "note", "unseen", "K5"),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "level", "rule", "cell"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_by_its_cell_and_nothing_else_is(tmp_path, edit, level, rule, cell):
    form = read(tmp_path / "a.xlsx", edit)
    assert said(form) == [(level, rule, cell)]
    assert form.is_sound == (level == "note")


def test_what_is_normalised_is_taken_for_what_it_means(tmp_path):
    edits = [put(DOCTORS, value="１，２３４", compiled=(41348, "General")), put(PEOPLE, value=" 12 ", state="value")]
    rows = read(tmp_path / "a.xlsx", *edits).answers.set_index("key")
    assert rows.loc[DOCTORS, ["value", "compiled"]].tolist() == [1234.0, "2013-03-15"]
    assert rows.loc[PEOPLE, ["value", "state"]].tolist() == [12.0, "value"]


def test_a_state_with_its_reason_is_an_answer(tmp_path):
    form = read(tmp_path / "a.xlsx", put(DOCTORS, **MISSING))
    assert said(form) == []
    row = form.answers.set_index("key").loc[DOCTORS]
    assert (row.state, row.reason, row.isna()["value"]) == ("missing", "台账遗失", True)


def test_all_offenders_are_told_at_once(tmp_path):
    form = read(tmp_path / "a.xlsx", put(DOCTORS, value="无", compiled="?"), put(PEOPLE, value=None))
    assert [rule for _, rule, _ in said(form)] == ["nothing_word", "no_day", "no_answer"]
    assert form.comments[0].name.zh == "医师"


def test_columns_that_were_moved_are_read_by_their_keys(tmp_path):
    def swap(book):
        sheet = book[CARE]
        value, page = column(sheet, "value"), column(sheet, "page")
        for row in range(KEY_ROW, 9):
            one, other = sheet.cell(row, value), sheet.cell(row, page)
            one.value, other.value = other.value, one.value

    form = read(tmp_path / "a.xlsx", swap)
    assert [(rule, cell) for _, rule, cell in said(form)] == [("moved_column", "G4"), ("moved_column", "L4")]
    assert form.answers.set_index("key").value[DOCTORS] == 50.0
    assert form.is_sound


def test_a_row_that_was_put_in_above_changes_nothing(tmp_path):
    form = read(tmp_path / "a.xlsx", cell_of(lambda sheet: sheet.insert_rows(2)))
    assert said(form) == []
    assert form.answers.cell[0] == f"{CARE}!G6"


def test_a_column_that_is_gone_keeps_its_sheet_from_being_read(tmp_path):
    form = read(tmp_path / "a.xlsx", cell_of(lambda sheet: sheet.delete_cols(column(sheet, "state"))))
    assert [rule for _, rule, _ in said(form)] == [*["moved_column"] * 6, "no_column"]


def test_a_row_that_is_gone_is_missed(tmp_path):
    form = read(tmp_path / "a.xlsx", cell_of(lambda sheet: sheet.delete_rows(6)))
    assert said(form) == [("error", "no_row", "")]
    assert form.comments[0].place.key == PEOPLE


def test_a_hidden_column_of_entries_is_told_once(tmp_path):
    def hide(sheet):
        sheet.column_dimensions["K"] = ColumnDimension(sheet, index="K", hidden=True)

    assert said(read(tmp_path / "a.xlsx", cell_of(hide))) == [("error", "hidden_cell", "K5")]


def test_a_renamed_sheet_is_gone_and_another_is_there(tmp_path):
    form = read(tmp_path / "a.xlsx", cell_of(lambda sheet: setattr(sheet, "title", "医疗")))
    assert [rule for _, rule, _ in said(form)] == ["no_sheet", "added_sheet"]


def test_an_added_sheet_is_refused_unless_it_is_blank(tmp_path):
    assert said(read(tmp_path / "a.xlsx", lambda book: book.create_sheet("Sheet1"))) == []
    form = read(tmp_path / "b.xlsx", lambda book: book.create_sheet("附表").cell(3, 2, "x"))
    assert said(form) == [("error", "added_sheet", "")]


def test_a_new_unit_needs_a_name_and_one_of_its_own(tmp_path):
    def add(book):
        sheet = book[LIBRARIES]
        sheet.cell(7, column(sheet, "value")).value = 5
        sheet.cell(8, column(sheet, "unit")).value = "老 馆\u3000"
        sheet.cell(8, column(sheet, "value")).value = 6

    form = read(tmp_path / "a.xlsx", add, reporter="0101")
    assert said(form) == [("error", "unit_nameless", "B7"), ("error", "unit_twice", "B8")]


def cover(key, value):
    def edit(book):
        next(cell for cell in book["填报说明"]["B"] if cell.value == key).offset(0, 1).value = value

    return edit


COVERS = {
    "wrong_year": ("year", "2011"),
    "wrong_study": ("study", "another"),
    "wrong_reporter": ("reporter", "0300"),
    "no_cover": ("version", None),
}


@pytest.mark.parametrize(("key", "value"), COVERS.values(), ids=COVERS)
def test_a_form_of_something_else_is_refused_whole(tmp_path, key, value, request):
    form = read(tmp_path / "a.xlsx", cover(key, value))
    assert [rule for _, rule, _ in said(form)] == [request.node.callspec.id]
    assert form.form is None


def test_of_another_version_nothing_else_is_said_and_its_entries_are_kept(tmp_path):
    form = read(tmp_path / "a.xlsx", cover("version", "0"), put(DOCTORS, value="无"))
    assert [rule for _, rule, _ in said(form)] == ["wrong_version"]
    assert form.entries[DOCTORS]["value"] == "无"


def test_a_code_that_a_program_turned_into_a_number_is_known(tmp_path):
    form = read(tmp_path / "a.xlsx", cover("year", 2012.0), cover("reporter", "０１００.0"))
    assert form.is_sound


def test_a_formula_with_a_result_counts_by_it_and_is_told(tmp_path, monkeypatch):
    path = fill(tmp_path / "a.xlsx", put(DOCTORS, value=77))
    with_formula = changed(fill(tmp_path / "b.xlsx"), put(DOCTORS, value="=70+7"))
    formulas = opening._formulas(with_formula)
    monkeypatch.setattr(opening, "_formulas", lambda _: formulas)
    form = read_filled(path, survey())
    assert said(form) == [("note", "formula_value", "G5")]
    assert "“=70+7”，按其结果 “77”" in form.comments[0].found.zh
    assert form.answers.value[0] == 77.0


def test_a_form_for_what_is_open_asks_no_more(tmp_path):
    of = survey(figures=figures([("doctors", "0100", "", 21.0)], year=2012, standing="own"))
    write_form(of.open_form("0100"), tmp_path / "a.xlsx")
    form = read_filled(changed(tmp_path / "a.xlsx", complete), of)
    assert said(form) == []
    assert form.answers.key.tolist() == ["people/0100", "spending/0100", "readers/0100"]
    gone = changed(tmp_path / "a.xlsx", lambda book: book[CULTURE].delete_rows(5))
    assert [(rule, cell) for _, rule, cell in said(read_filled(gone, of))] == [("no_row", "")]


def test_nothing_of_the_locked_texts_is_read(tmp_path):
    form = read(tmp_path / "a.xlsx", put(DOCTORS, name="别的名称", last=21))
    assert said(form) == []
    assert form.answers["last"][0] == 21.0
    assert at(changed_book(tmp_path), DOCTORS, "name").value == "别的名称"


def changed_book(folder):
    return openpyxl.load_workbook(folder / "a.xlsx")[CARE]
