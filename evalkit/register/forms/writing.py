"""A form as a workbook: blank, or with what was filled in and what is said of it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from evalkit.register.forms import columns as layout
from evalkit.register.forms.columns import ENTRIES, KEY, NEW, Column
from evalkit.register.forms.comments import Comment, by_cell, worst
from evalkit.register.forms.cover import Entries, write_cover
from evalkit.register.forms.guides import guide
from evalkit.register.forms.questions import Form, Question, Section
from evalkit.register.forms.review import Line, write_review
from evalkit.register.forms.styles import Styles
from evalkit.register.forms.words import label
from evalkit.tabular.xlsx.writer import LONGEST, UNWRITABLE, book_at, fitted, text_width

A4 = 9
LINE_HEIGHT, LEAST_HEIGHT, MOST_HEIGHT = 13.5, 24, 160
PROTECTED = {
    "select_locked_cells": True, "select_unlocked_cells": True, "format_columns": True, "format_rows": True,
}  # fmt: skip
KINDS = {"value": "number", "compiled": "day", "last": "last", "variable": "small", "definition": "small"}


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


def file_name(form: Form) -> str:
    """Give the name of a form's file: the code, the name, the year, and whether it asks for what is open only."""
    name = re.sub(r"\W+", "-", form.name[form.survey.language]).strip("-")
    return f"{form.reporter}-{name}-{form.survey.year}{'-open' if form.partial else ''}.xlsx"


def write_form(form: Form, path: Path, reply: Reply | None = None) -> None:
    """Write a form, whole or not at all, or the answer to it."""
    from evalkit.register.forms.locked import LockedWorkbook

    language = form.survey.language
    with book_at(path, LockedWorkbook, title=_title(form)) as book:
        styles, places = Styles(book), {}
        cover = book.add_worksheet(label("cover")[language])
        write_cover(cover, form, styles, reply.entries if reply else None)
        _print(cover, form)
        review = book.add_worksheet(label("review")[language]) if reply else None
        for name, section in layout.sheet_names(form).items():
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
    shown = layout.columns(section, page.form.standing)
    language = page.form.survey.language
    sheet, styles = page.sheet, page.styles
    title = f"{section.name[language]} · {page.form.name[language]}"
    sheet.write_string(layout.TITLE_ROW - 1, 1, title, styles["title"])
    if section.units_of:
        sheet.write_string(layout.NOTE_ROW - 1, 1, _note(page.form, section), styles["note"])
    for place, column in enumerate(shown):
        sheet.set_column(place, place, column.width, None, {"hidden": column.key == KEY})
        sheet.write_string(layout.HEADING_ROW - 1, place, label(column.key)[language], styles["heading"])
        sheet.write_string(layout.KEY_ROW - 1, place, column.key, styles["key"])
    sheet.set_row(layout.KEY_ROW - 1, None, None, {"hidden": True})
    sheet.repeat_rows(layout.TITLE_ROW - 1, layout.HEADING_ROW - 1)
    sheet.freeze_panes(layout.FIRST_ROW - 1, 3 if not section.units_of else 2)
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
    row = layout.FIRST_ROW
    for key, question in _rows(section, entries):
        texts = _texts(page.form, section, question)
        page.sheet.set_row(row - 1, _height(texts, shown))
        for place, column in enumerate(shown):
            is_entry = column.key in ENTRIES or (question is None and column.key == "unit")
            value = entries.get(key, {}).get(column.key) if is_entry else texts[column.key]
            style = _style(column, question, value)
            page.cells[key, column.key] = _cell_name(row, place)
            _write_cell(page, (row - 1, place), (value, style), said.get((key, column.key), ()))
        row += 1
    return row - 1


def _write_cell(page: _Page, at: tuple[int, int], styled: tuple[object, str], comments: Sequence[Comment]) -> None:
    value, style = styled
    _write(page.sheet, at, value, page.styles.marked(style, worst(comments) if comments else None))
    if comments:
        text = "\n".join(_remark(comment, page.form.survey.language) for comment in comments)
        page.sheet.write_comment(*at, text[:LONGEST], {"x_scale": 2.4, "y_scale": 1.4})


def _rows(section: Section, entries: Entries) -> Iterator[tuple[str, Question | None]]:
    for question in section.questions:
        yield question.key, question
    if section.units_of:
        new = [key for key in entries if key.startswith(f"{section.units_of}/{NEW}")]
        blank = [f"{section.units_of}/blank{number}" for number in range(layout.SPARE)]
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
        last = layout.state_label(question.last_state, language)
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
    seen = [each for each in shown if each.key != KEY and texts.get(each.key)]
    lines = [math.ceil(1.15 * text_width(str(texts[each.key])) / each.width) for each in seen]
    return min(MOST_HEIGHT, max(LEAST_HEIGHT, LINE_HEIGHT * max(lines, default=1)))


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
