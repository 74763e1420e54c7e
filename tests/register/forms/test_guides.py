from datetime import date

import openpyxl

from evalkit.register.forms.writing import write_form
from tests.register.forms.small import CARE, LIBRARIES, survey


def rules(path, reporter, sheet):
    write_form(survey().form(reporter), path)
    book = openpyxl.load_workbook(path)
    return book[sheet], {str(rule.sqref): rule for rule in book[sheet].data_validations.dataValidation}


def test_a_date_lies_in_the_year_or_soon_after(tmp_path):
    _, found = rules(tmp_path / "a.xlsx", "0100", CARE)
    days = [found["N5:N7"].formula1, found["N5:N7"].formula2]
    assert days == [str((day - date(1899, 12, 30)).days) for day in (date(2012, 1, 1), date(2015, 12, 31))]


def test_a_register_has_one_range_for_all_of_its_rows(tmp_path):
    _, found = rules(tmp_path / "a.xlsx", "0101", LIBRARIES)
    assert "E5:E18" in found


def test_decimals_are_shown_where_there_are_some(tmp_path):
    sheet, _ = rules(tmp_path / "a.xlsx", "0100", CARE)
    shown = {str(area.sqref): area.rules[0].formula for area in sheet.conditional_formatting}
    assert shown == {
        "F5:F7": ["AND(ISNUMBER(F5),F5<>INT(F5))"],
        "G5:G7": ["AND(ISNUMBER(G5),G5<>INT(G5))"],
    }
    assert sheet["G5"].number_format == "#,##0"
