"""Workbooks, written whole or not at all, and sheets of them that people fill in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from evalkit.base.errors import ParamsError, Problem
from evalkit.base.fingerprint import EPOCH
from evalkit.tabular.xlsx.sheets import EMPTY, HEADER_ROWS, SEPARATORS, Field, Sheet, digits

if TYPE_CHECKING:
    from xlsxwriter import Workbook

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}  # no file for each part
HEAD = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EDF3"}
PRINTED = 59  # of 255 characters that a page's header holds: twice so many, each perhaps doubled, beside its codes
LONGEST = 32_767
DAY = "yyyy-mm-dd"
WIDTHS = {"number": 10, "day": 12}
WIDE = re.compile("[±×÷·\u2010-\u203b\u2190-\u2bff\u2e80-\U0010ffff]")  # in Song type: Chinese, and its signs
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")


def write_sheets(sheets: Iterable[Sheet], path: Path) -> None:
    """Write a workbook, whole or not at all. Raises ParamsError for text that a cell cannot carry."""
    sheets = tuple(sheets)
    wrong = [problem for sheet in sheets for problem in _uncarried(sheet)]
    if wrong:
        raise ParamsError(f"{path.name} cannot carry everything", wrong)
    with book_at(path) as book:
        formats = {
            "head": book.add_format(HEAD),
            "key": book.add_format({"font_size": 7, "font_color": "#8A8A8A", "num_format": "@"}),
            "text": book.add_format({"num_format": "@", "valign": "top", "text_wrap": True}),
            "number": book.add_format({"valign": "top"}),
            "day": book.add_format({"num_format": DAY, "valign": "top"}),
        }
        for sheet in sheets:
            (_write_form if sheet.form else _write_table)(book.add_worksheet(sheet.name), sheet, formats)


@contextmanager
def book_at(
    path: Path, kind: type[Workbook] | None = None, *, look: Mapping | None = None, **properties: str
) -> Iterator[Workbook]:
    """Give a workbook to be filled, which then stands at `path`; `kind` is what writes it, `look` how cells look."""
    import xlsxwriter

    beside = path.with_name(f".{path.name}.part")
    try:
        book = (kind or xlsxwriter.Workbook)(str(beside), OPTIONS | {"default_format_properties": {**(look or {})}})
        book.set_properties({"created": EPOCH, **properties})
        yield book
        book.close()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def fitted(header: str) -> str:
    """Leave out the middle of what Excel would not take: how it begins, and the edition with its mark, stay."""
    return header if len(header) <= 2 * PRINTED else f"{header[:PRINTED]}…{header[-PRINTED:]}"


def text_width(cell: object) -> int:
    """Count columns: a Chinese character takes two, and so does a sign that Chinese type has in its width."""
    text = str(cell)
    return len(text) if text.isascii() else len(text) + len(WIDE.findall(text))


def _write_table(page, sheet: Sheet, formats: dict) -> None:
    page.freeze_panes(HEADER_ROWS, 1)
    for place, column in enumerate(sheet.columns):
        body = formats.get(column.kind, formats["text"])
        page.set_column(place, place, WIDTHS.get(column.kind, 18), body)
        page.write_string(0, place, column.heading, formats["head"])
        page.write_string(1, place, column.key, formats["key"])
        _guide(page, column, (HEADER_ROWS, place, HEADER_ROWS + len(sheet.records) + 200, place))
        for row, record in enumerate(sheet.records, start=HEADER_ROWS):
            if column.key in record:
                value = record[column.key]
                _write(page, (row, place), date.fromisoformat(value) if column.kind == "day" else value, body)


def _write_form(page, sheet: Sheet, formats: dict) -> None:
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 14)
    page.set_column(2, 2, 80, formats["text"])
    for place, heading in enumerate(("项目", "key", "内容")):
        page.write_string(0, place, heading, formats["head"])
    for row, column in enumerate(sheet.columns, start=1):
        page.write_string(row, 0, column.heading, formats["head"])
        page.write_string(row, 1, column.key, formats["key"])
        _guide(page, column, (row, 2, row, 2))
        if column.key in sheet.records[0]:
            _write(page, (row, 2), sheet.records[0][column.key], formats["text"])


def _guide(page, column: Field, area: tuple[int, int, int, int]) -> None:
    hint = {"input_title": column.heading[:32], "input_message": column.hint[:255]} if column.hint else {}
    if column.options:
        page.data_validation(*area, {"validate": "list", "source": list(column.options), **hint})
    elif hint:
        page.data_validation(*area, {"validate": "any", **hint})


def _write(page, where: tuple[int, int], value: object, form) -> None:
    if isinstance(value, bool):
        page.write_boolean(*where, value, form)
    elif isinstance(value, date):
        page.write_datetime(*where, value, form)
    elif isinstance(value, int | float) and float(f"{value:.16G}") == value:
        page.write_number(*where, value, form)
    else:
        # XlsxWriter keeps 16 digits: a number that needs 17 goes as text, which is read as the number.
        page.write_string(*where, _text(value), form)


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return "；".join(f"{key}={digits(amount)}" for key, amount in value.items())
    if isinstance(value, tuple | list):
        return "；".join(value)
    return (value or EMPTY) if isinstance(value, str) else digits(value)


def _uncarried(sheet: Sheet) -> Iterator[Problem]:
    for number, record in enumerate(sheet.records, start=1 + HEADER_ROWS):
        for key, value in record.items():
            several = isinstance(value, tuple | list | Mapping)
            for text in value if several else [value]:
                why = _why_not(text, several=several) if isinstance(text, str) else None
                if why:
                    yield Problem(f"{sheet.name}, row {number}, {key}", repr(text), why)


def _why_not(text: str, *, several: bool) -> str | None:
    if text != text.strip():
        return "text without blanks at its ends, which nobody sees in a cell"
    if UNWRITABLE.search(text):
        return "text without control characters"
    if several and (not text or set(text) & set(SEPARATORS + "=")):
        return "a code without ；, ;, 、, = or a line break: it shares its cell with others"
    if text == EMPTY:
        return f"another text: {EMPTY} in a cell stands for none"
    return f"at most {LONGEST} characters" if len(text) > LONGEST else None
