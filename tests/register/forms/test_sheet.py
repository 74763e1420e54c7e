from evalkit.register.forms.comments import Comments
from evalkit.register.forms.opening import open_form
from evalkit.register.forms.sheet import FormSheet, given_in
from tests.register.forms.small import CARE, fill, put, survey


def sheet(path, *edits):
    opened, form = open_form(fill(path, *edits), Comments()), survey().form("0100")
    return FormSheet(opened, opened.book[CARE], form.sections[0], form)


def test_a_sheet_knows_its_keys_its_columns_and_its_rows(tmp_path):
    found = sheet(tmp_path / "a.xlsx", lambda book: book[CARE].insert_rows(1, 3))
    assert (found.key_row, list(found.rows)) == (7, [8, 9, 10])
    assert found.columns(Comments())[7] == "value"
    assert str(found.placing(8, "k")("value")) == f"{CARE}!G8"


def test_a_formula_without_a_result_is_a_cell_that_holds_something(tmp_path):
    found = sheet(tmp_path / "a.xlsx", put("doctors/0100", value="=1+1"))
    cell = found.rows[5][7]
    taken = found.taken(cell, found.placing(5, "k")("value"), Comments())
    assert (taken.value, taken.fault) == ("=1+1", "formula_blank")


def test_the_error_of_a_formula_is_told_from_text(tmp_path):
    found = sheet(tmp_path / "a.xlsx", put("doctors/0100", value="#REF!"))
    assert given_in(found.rows[5][7]).fault == "formula_error"
