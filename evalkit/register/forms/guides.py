"""What a form lets be typed into its cells, and how numbers are shown there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from evalkit.register.forms.columns import FIRST_ROW, STATES, Column, state_label
from evalkit.register.forms.questions import Form, Section
from evalkit.register.forms.styles import Styles
from evalkit.register.forms.words import label

LONGEST_TEXT = 500
HUGE = 1e15
YEARS_AFTER = 3  # within which figures of a year are compiled
HINTED, TITLE = 255, 32


def guide(sheet, form: Form, section: Section, extent: tuple[Sequence[Column], int], styles: Styles) -> None:
    """Restrict what is typed into the open cells of a sheet, whose columns and last row are given."""
    shown, last = extent
    language = form.survey.language
    places = {column.key: place for place, column in enumerate(shown)}
    for first, end, bounds in _ranges(form, section, last):
        rule = {"validate": "decimal", **_bounds(bounds)} | _messages("value", language)
        sheet.data_validation(first - 1, places["value"], end - 1, places["value"], rule)
    rules = {
        "state": {"validate": "list", "source": [state_label(state, language) for state in STATES]},
        "compiled": {
            "validate": "date",
            "criteria": "between",
            "minimum": date(form.survey.year, 1, 1),
            "maximum": date(form.survey.year + YEARS_AFTER, 12, 31),
        },
    }
    for key, rule in rules.items():
        area = (FIRST_ROW - 1, places[key], last - 1, places[key])
        sheet.data_validation(*area, rule | _messages(key, language))
    for key in ("reason", "explanation", "source", "page", "compiler"):
        longest = {"validate": "length", "criteria": "<=", "value": LONGEST_TEXT}
        sheet.data_validation(FIRST_ROW - 1, places[key], last - 1, places[key], longest)
    for key in ("last", "value"):
        _show_fractions(sheet, places[key], last, styles)


def _ranges(form: Form, section: Section, last: int) -> Iterator[tuple[int, int, tuple]]:
    """Give runs of rows whose values have the same bounds: first row, last row, bounds."""
    variables = form.survey.metadata.variables
    if section.units_of:
        yield FIRST_ROW, last, variables[section.units_of].valid
        return
    bounds = [variables[question.variable].valid for question in section.questions]
    start = 0
    for place in range(1, len(bounds) + 1):
        if place == len(bounds) or bounds[place] != bounds[start]:
            yield FIRST_ROW + start, FIRST_ROW + place - 1, bounds[start]
            start = place


def _bounds(valid: tuple[float | None, float | None]) -> dict:
    low, high = (-HUGE if valid[0] is None else valid[0], HUGE if valid[1] is None else valid[1])
    return {"criteria": "between", "minimum": low, "maximum": high}


def _messages(key: str, language: str) -> dict:
    return {
        "input_title": label(key)[language][:TITLE],
        "input_message": label(f"hint_{key}")[language][:HINTED],
        "error_title": label(key)[language][:TITLE],
        "error_message": label(f"bad_{key}")[language][:HINTED],
    }


def _show_fractions(sheet, place: int, last: int, styles: Styles) -> None:
    """Show the decimals of numbers that have some: one format for both leaves whole numbers with a bare point."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    first = xl_rowcol_to_cell(FIRST_ROW - 1, place)
    formula = f"=AND(ISNUMBER({first}),{first}<>INT({first}))"
    rule = {"type": "formula", "criteria": formula, "format": styles.fraction()}
    sheet.conditional_format(FIRST_ROW - 1, place, last - 1, place, rule)
