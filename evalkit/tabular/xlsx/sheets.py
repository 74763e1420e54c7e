"""Sheets of an Excel workbook that people fill in: their columns, their records, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from evalkit.errors import Offence, ParamsError

EMPTY = '""'  # a text of no length: a blank cell says that there is none
SEPARATORS = "；;、\n"
HEADER_ROWS = 2
LONGEST = 32_767
WIDTHS = {"number": 10, "day": 12}
EPOCH = datetime(2000, 1, 1)  # the same content gives the same bytes
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Column:
    """One field: its key (a path such as `goalposts.worst`), its Chinese heading, and what its cells hold.

    A `name` is the code under which a record is declared; a `day` is ISO text and a date in the cell; `codes` are
    several texts in one cell, `amounts` several `code=number`; `hint` is shown where the cell is filled in.
    """

    key: str
    heading: str
    kind: Literal["text", "name", "number", "day", "truth", "codes", "amounts"] = "text"
    options: tuple[str, ...] = ()
    hint: str = ""

    @property
    def path(self) -> tuple[str | int, ...]:
        """The way to the field: `valid.0` is the first item of `valid`."""
        return tuple(int(part) if part.isdecimal() else part for part in self.key.split("."))


@dataclass(frozen=True)
class Sheet:
    """A sheet to be written: one row a record; a form has one record, its fields one below the other."""

    name: str
    columns: tuple[Column, ...]
    records: Sequence[Mapping[str, object]]
    form: bool = False


@dataclass(frozen=True)
class Record:
    """What one row (or a form) says: the values of its filled cells, and the address of each cell, by key."""

    values: dict[str, object]
    cells: dict[str, str]

    def nested(self, *keys: str) -> dict:
        """Give the values of some columns, or of all, as nested data: `name.zh` is data["name"]["zh"]."""
        data = {}
        for key in keys or self.values:
            if key in self.values:
                *way, last = Column(key, "").path
                here = data
                for part in way:
                    here = here.setdefault(part, {})
                here[last] = self.values[key]
        return _with_tuples(data)

    def at(self, start: tuple, *keys: str) -> dict[tuple, str]:
        """Give the address of every cell by the place of its value in data where this record stands at `start`."""
        chosen = keys or tuple(self.cells)
        return {start: self.cells[chosen[0]]} | {(*start, *Column(key, "").path): self.cells[key] for key in chosen}


def place(at: tuple, cells: Mapping[tuple, str]) -> str:
    """Name the cell of a place in the data: its own, the first one below it, or the nearest one above."""
    for size in range(len(at), 0, -1):
        near = at[:size]
        if near in cells:
            return cells[near]
        below = next((cell for path, cell in cells.items() if path[:size] == near), None)
        if below:
            return below
    return cells.get((), "the workbook")


def flat(data: Mapping, columns: Iterable[Column]) -> dict[str, object]:
    """Give the values of nested data by the keys of columns, without those that are None."""
    found = {column.key: _follow(data, column.path) for column in columns}
    return {key: value for key, value in found.items() if value is not None and value != () and value != {}}


def _follow(data: object, path: tuple) -> object:
    for part in path:
        inside = part in data if isinstance(data, Mapping) else isinstance(data, tuple)
        data = data[part] if inside else None
    return data


def _with_tuples(data: dict) -> dict | tuple:
    data = {key: _with_tuples(value) if isinstance(value, dict) else value for key, value in data.items()}
    if data and all(isinstance(key, int) for key in data):
        return tuple(data.get(number) for number in range(max(data) + 1))
    return data


def write_sheets(sheets: Iterable[Sheet], path: Path) -> None:
    """Write a workbook, whole or not at all. Raises ParamsError for text that a cell cannot carry."""
    import xlsxwriter

    sheets = tuple(sheets)
    wrong = [offence for sheet in sheets for offence in _uncarried(sheet)]
    if wrong:
        raise ParamsError(f"{path.name} cannot carry everything", wrong)
    beside = path.with_name(f".{path.name}.part")
    try:
        book = xlsxwriter.Workbook(str(beside))
        book.set_properties({"created": EPOCH})
        formats = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EDF3"}),
            "key": book.add_format({"font_size": 7, "font_color": "#8A8A8A", "num_format": "@"}),
            "text": book.add_format({"num_format": "@", "valign": "top", "text_wrap": True}),
            "number": book.add_format({"valign": "top"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        }
        for sheet in sheets:
            (_write_form if sheet.form else _write_table)(book.add_worksheet(sheet.name), sheet, formats)
        book.close()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


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


def _guide(page, column: Column, area: tuple[int, int, int, int]) -> None:
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


def digits(number: float) -> str:
    """Write a number, without a point where it is whole."""
    return repr(int(number) if number == int(number) else number)


def _uncarried(sheet: Sheet) -> Iterator[Offence]:
    for number, record in enumerate(sheet.records, start=1 + HEADER_ROWS):
        for key, value in record.items():
            several = isinstance(value, tuple | list | Mapping)
            for text in value if several else [value]:
                why = _why_not(text, several=several) if isinstance(text, str) else None
                if why:
                    yield Offence(f"{sheet.name}, row {number}, {key}", repr(text), why)


def _why_not(text: str, *, several: bool) -> str | None:
    if text != text.strip():
        return "text without blanks at its ends, which nobody sees in a cell"
    if UNSEEN.search(text):
        return "text without control characters"
    if several and (not text or set(text) & set(SEPARATORS + "=")):
        return "a code without ；, ;, 、, = or a line break: it shares its cell with others"
    if text == EMPTY:
        return f"another text: {EMPTY} in a cell stands for none"
    return f"at most {LONGEST} characters" if len(text) > LONGEST else None
