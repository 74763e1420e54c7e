"""A form as a workbook: blank, or with what was filled in and what is said of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from evalkit.register.forms.columns import (
    ENTRIES,
    FIRST_ROW,
    HEADING_ROW,
    KEY,
    KEY_ROW,
    NEW,
    NOTE_ROW,
    SPARE,
    TITLE_ROW,
    Column,
    columns,
    sheet_names,
    state_label,
)  # fmt: skip
from evalkit.register.forms.comments import Comment, by_cell, worst
from evalkit.register.forms.cover import write_cover
from evalkit.register.forms.guides import guide
from evalkit.register.forms.questions import Form, Question, Section
from evalkit.register.forms.review import Line, write_review
from evalkit.register.forms.styles import Styles
from evalkit.register.forms.words import label
from evalkit.tabular.xlsx.writer import LONGEST, UNWRITABLE, book_at, fitted

A4 = 9
LINE_HEIGHT, LEAST_HEIGHT, MOST_HEIGHT = 13.5, 27, 160
PROTECTED = {
    "select_locked_cells": True, "select_unlocked_cells": True, "format_columns": True, "format_rows": True,
}  # fmt: skip
KINDS = {"value": "number", "compiled": "day", "last": "last", "variable": "small", "definition": "small"}
Entries = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True)
class Reply:
    """What an answer adds to a blank form: the entries that came in, by row and column, and what is said of them."""

    entries: Entries
    comments: Sequence[Comment]
    heading: Sequence[tuple[str, str]]


@dataclass
class _Page:
    """A sheet as it is written: where it has put each cell, by its row and column."""

    form: Form
    sheet: object
    styles: Styles
    name: str
    cells: dict[tuple[str, str], str] = field(default_factory=dict)


def write_form(form: Form, path: Path, reply: Reply | None = None) -> None:
    """Write a form, whole or not at all, or the answer to it."""
    from evalkit.register.forms.locked import LockedWorkbook

    language = form.survey.language
    with book_at(path, LockedWorkbook, title=_title(form)) as book:
        styles, places = Styles(book), {}
        cover = book.add_worksheet(label("cover")[language])
        write_cover(cover, form, styles)
        _print(cover, form)
        review = book.add_worksheet(label("review")[language]) if reply else None
        for name, section in sheet_names(form).items():
            page = _Page(form, book.add_worksheet(name), styles, name)
            _write_section(page, section, reply)
            places |= {key: (name, cell) for key, cell in page.cells.items()}
        if reply:
            write_review(review, [*_lines(reply, places)], reply.heading, language, styles)
            _print(review, form)
            review.activate()


def _lines(reply: Reply, places: Mapping[tuple, tuple[str, str]]) -> Iterator[Line]:
    for comment in reply.comments:
        yield Line(comment, places.get((comment.place.key, comment.place.column)))


def _title(form: Form) -> str:
    language = form.survey.language
    mark = form.survey.metadata.synthetic
    parts = [
        form.survey.title[language],
        form.name[language],
        str(form.survey.year),
        *([mark[language]] if mark else []),
    ]
    return " · ".join(parts)


def _print(sheet, form: Form) -> None:
    """Have a sheet printed on A4, and keep it as it is."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L&9{fitted(_title(form)).replace('&', '&&')}")
    sheet.set_footer(f"&C&9{label('pages')[form.survey.language]}")
    sheet.protect("", PROTECTED)


def _write_section(page: _Page, section: Section, reply: Reply | None) -> None:
    shown = columns(section, page.form.standing)
    language = page.form.survey.language
    sheet, styles = page.sheet, page.styles
    sheet.write_string(TITLE_ROW - 1, 1, f"{section.name[language]} · {page.form.name[language]}", styles["title"])
    if section.units_of:
        sheet.write_string(NOTE_ROW - 1, 1, _note(page.form, section), styles["note"])
    for place, column in enumerate(shown):
        sheet.set_column(place, place, column.width, None, {"hidden": column.key == KEY})
        sheet.write_string(HEADING_ROW - 1, place, label(column.key)[language], styles["heading"])
        sheet.write_string(KEY_ROW - 1, place, column.key, styles["key"])
    sheet.set_row(KEY_ROW - 1, None, None, {"hidden": True})
    sheet.repeat_rows(TITLE_ROW - 1, HEADING_ROW - 1)
    sheet.freeze_panes(FIRST_ROW - 1, 3 if not section.units_of else 2)
    last = _write_rows(page, section, shown, reply)
    guide(sheet, page.form, section, (shown, last), styles)
    _print(sheet, page.form)


def _note(form: Form, section: Section) -> str:
    language, variable = form.survey.language, form.survey.metadata.variables[section.units_of]
    stop = "。" if language == "zh" else ". "
    return f"{section.units_of}{stop}{variable.definition[language]}{stop}{label('new_unit')[language]}"


def _write_rows(page: _Page, section: Section, shown: Sequence[Column], reply: Reply | None) -> int:
    """Write every question, and in a register the units that are new, and blank rows for more; gives the last row."""
    entries, said = (reply.entries, by_cell(reply.comments)) if reply else ({}, {})
    row = FIRST_ROW
    for key, question in _rows(section, entries):
        texts = _texts(page.form, section, question)
        height = _height(texts, shown)
        page.sheet.set_row(row - 1, height)
        for place, column in enumerate(shown):
            given = entries.get(key, {}).get(column.key)
            value = given if column.key in ENTRIES or (question is None and column.key == "unit") else texts[column.key]
            comments = said.get((key, column.key), ())
            style = _style(column, question, value)
            page.cells[key, column.key] = _cell_name(row, place)
            _write(
                page.sheet, (row - 1, place), value, page.styles.marked(style, worst(comments) if comments else None)
            )
            if comments:
                text = "\n".join(_remark(comment, page.form.survey.language) for comment in comments)
                page.sheet.write_comment(row - 1, place, text[:LONGEST], {"x_scale": 2.4, "y_scale": 1.4})
        row += 1
    return row - 1


def _rows(section: Section, entries: Entries) -> Iterator[tuple[str, Question | None]]:
    for question in section.questions:
        yield question.key, question
    if section.units_of:
        new = [key for key in entries if key.startswith(f"{section.units_of}/{NEW}")]
        blank = [f"{section.units_of}/blank{number}" for number in range(SPARE)]
        yield from ((key, None) for key in (*new, *blank))


def _texts(form: Form, section: Section, question: Question | None) -> dict[str, object]:
    """Give what is said in the cells of a row that nobody fills in."""
    language, survey = form.survey.language, form.survey
    variable = survey.metadata.variables[question.variable if question else section.units_of]
    if question is None:
        return {"key": NEW, "measure": variable.unit[language], "last": None, "unit": None}
    region = survey.regions.loc[question.region]
    last = question.last
    if last is None and question.last_state:
        last = state_label(question.last_state, language)
    return {
        "key": question.key,
        "variable": question.variable,
        "name": variable.name[language],
        "region": region[f"name_{language}"],
        "unit": question.unit,
        "definition": variable.definition[language],
        "measure": variable.unit[language],
        "last": last,
    }


def _height(texts: Mapping[str, object], shown: Iterable[Column]) -> float:
    """Give the height at which the longest text of a row is seen whole."""
    lines = [math.ceil(1.15 * _width(str(texts[each.key])) / each.width) for each in shown if texts.get(each.key)]
    return min(MOST_HEIGHT, max(LEAST_HEIGHT, LINE_HEIGHT * max(lines, default=1)))


def _width(text: str) -> int:
    return sum(2 if ord(each) > 0x2E7F else 1 for each in text)


def _style(column: Column, question: Question | None, value: object) -> str:
    if column.key == KEY:
        return "key"
    if column.key == "unit" and question is None:
        return "text"
    if column.key == "compiled" and isinstance(value, str):
        return "text"
    return KINDS.get(column.key, "text" if column.is_open else "said")


def _remark(comment: Comment, language: str) -> str:
    found, expected = (label(key)[language] for key in ("found", "expected"))
    colon = "：" if language == "zh" else ": "
    return f"{found}{colon}{comment.found[language]}\n{expected}{colon}{comment.expected[language]}"


def _write(sheet, where: tuple[int, int], value: object, style) -> None:
    if isinstance(value, bool):
        sheet.write_string(*where, str(value).upper(), style)
    elif isinstance(value, int | float) and math.isfinite(value):
        sheet.write_number(*where, value, style)
    elif isinstance(value, datetime | date):
        sheet.write_datetime(*where, value, style)
    elif value is None or value == "":
        sheet.write_blank(*where, None, style)
    else:
        sheet.write_string(*where, UNWRITABLE.sub("�", str(value))[:LONGEST], style)


def _cell_name(row: int, place: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return xl_rowcol_to_cell(row - 1, place)
