"""Cells of an Excel workbook that people filled in, read as they are seen."""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from evalkit.errors import Offence, ParamsError, one_of
from evalkit.index.sheet import EMPTY, HEADER_ROWS, SEPARATORS, Column, Record

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell

NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.IGNORECASE)
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
PLAIN_FORMATS = ("General", "@", "0")
SEEN_WHOLE = 1e11  # from here on, Excel's general format shows a power of ten
TRUTHS = {"true": True, "false": False, "是": True, "否": False}


def open_workbook(path: Path) -> Workbook:
    """Open a workbook with the results of its formulas. Raises ParamsError where it cannot be read."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, data_only=True)
        declared = openpyxl.load_workbook(path) if _has_formulas(path) else None
    except FileNotFoundError:
        raise ParamsError(f"there is no file {path}") from None
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        wrong = [Offence(path.name, str(error) or "no workbook", "an Excel workbook (.xlsx)")]
        raise ParamsError(f"{path.name} cannot be read ({path})", wrong) from None
    without = [
        Offence(f"{sheet.title}!{cell.coordinate}", f"the formula {cell.value} without a result", "a value")
        for sheet in (declared.worksheets if declared else ())
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and book[sheet.title][cell.coordinate].value is None
    ]
    if without:
        raise ParamsError(f"{path.name} holds formulas that were never calculated: save it in Excel first", without)
    return book


def read_table(book: Workbook, name: str, columns: Sequence[Column], wrong: list[Offence]) -> list[Record]:
    """Read a sheet with one row a record, passing over blank rows; what is wrong is added to `wrong`.

    Nothing is read where a column is missing: no row could be judged.
    """
    sheet = _sheet(book, name, wrong)
    if sheet is None:
        return []
    chosen = _chosen(sheet, columns, wrong)
    rows = sheet.iter_rows(min_row=HEADER_ROWS + 1)
    return [
        _record([(column, row[place]) for place, column in chosen.items()], wrong)
        for row in rows
        if any(not _blank(row[place]) for place in chosen)
    ]


def read_form(book: Workbook, name: str, columns: Sequence[Column], wrong: list[Offence]) -> Record:
    """Read a sheet whose fields stand one below the other: heading, key, value; what is wrong is added to `wrong`."""
    sheet = _sheet(book, name, wrong)
    known = {column.key: column for column in columns}
    rows = [] if sheet is None else [row for row in sheet.iter_rows(min_row=2, max_col=3) if not all(map(_blank, row))]
    found = {}
    for *_, key, value in rows:
        if _seen(key) not in known or _seen(key) in found:
            again = " again" if _seen(key) in found else ""
            wrong.append(Offence(_address(key), f"the key {_seen(key)!r}{again}", one_of(_seen(key), known)))
        else:
            found[_seen(key)] = value
    absent = [key for key in known if key not in found] if sheet else []
    wrong += [
        Offence(name, f"no row {key!r} ({known[key].heading})", "every row; its cell may be blank") for key in absent
    ]
    return _record([(known[key], cell) for key, cell in found.items()], wrong)


def _sheet(book: Workbook, name: str, wrong: list[Offence]):
    if name not in book.sheetnames:
        wrong.append(Offence("the workbook", f"no sheet {name!r}", one_of(name, book.sheetnames)))
        return None
    sheet = book[name]
    expected = "cells that are not merged: only the first of them holds a value"
    wrong += [Offence(f"{name}!{area.coord}", "merged cells", expected) for area in sheet.merged_cells.ranges]
    return sheet


def _chosen(sheet, columns: Sequence[Column], wrong: list[Offence]) -> dict[int, Column]:
    """Say which column of the sheet holds which field, by the keys in its second row."""
    known, chosen = {column.key: column for column in columns}, {}
    headings, keys = (list(row) for row in sheet.iter_rows(min_row=1, max_row=HEADER_ROWS))
    if not any(_seen(key) in known for key in keys):
        expected = f"the keys of the columns in row {HEADER_ROWS}, as {columns[0].key!r}"
        wrong.append(Offence(f"{sheet.title}!A{HEADER_ROWS}", repr(_seen(keys[0])), expected))
        return {}
    for place, (heading, key) in enumerate(zip(headings, keys, strict=True)):
        name = _seen(key)
        if name in known and known[name] not in chosen.values():
            chosen[place] = known[name]
        elif name or _seen(heading):
            found = f"the column {name!r}" if name else f"the column {_seen(heading)!r} without a key"
            wrong.append(Offence(_address(key), found, f"one column for {one_of(name, known)}"))
    absent = [column for column in columns if column not in chosen.values()]
    row, expected = f"{sheet.title}!{HEADER_ROWS}:{HEADER_ROWS}", "every column; its cells may be blank"
    wrong += [Offence(row, f"no column {column.key!r} ({column.heading})", expected) for column in absent]
    return {} if absent else chosen


def _record(pairs: Sequence[tuple[Column, Cell]], wrong: list[Offence]) -> Record:
    values = {}
    for column, cell in pairs:
        if not _blank(cell):
            try:
                values[column.key] = _READ[column.kind](cell)
            except _UnreadableError as error:
                wrong.append(Offence(f"{_address(cell)} ({column.heading})", error.found, error.expected))
    return Record(values, {column.key: f"{_address(cell)} ({column.heading})" for column, cell in pairs})


class _UnreadableError(Exception):
    def __init__(self, found: str, expected: str):
        self.found, self.expected = found, expected


def _text(cell: Cell) -> str:
    """Take a number for the digits that a person sees; where something else is seen, or nobody knows what, refuse."""
    value = cell.value
    if isinstance(value, str) and cell.data_type != "e":
        return "" if value.strip() == EMPTY else value.strip().replace("\r\n", "\n")
    if _is_number(value) and cell.number_format in PLAIN_FORMATS and value == int(value) and abs(value) < SEEN_WHOLE:
        return str(int(value))
    raise _UnreadableError(_found(cell), "text: format the cell as text and type it again")


def _number(cell: Cell) -> float | int | str:
    """Take a number, also one that is stored as text; other text goes on, to be refused with what is expected."""
    value = cell.value
    if isinstance(value, str) and cell.data_type != "e":
        seen = value.strip()
        value = float(seen) if NUMBER.fullmatch(seen) else seen
    if isinstance(value, str):
        raise _UnreadableError(repr(value), "a number")
    if not _is_number(value):
        raise _UnreadableError(_found(cell), "a number")
    return int(value) if value == int(value) else value


def _day(cell: Cell) -> str:
    """Take a date, or a day as people write it, year first; the time of a date is passed over."""
    value = cell.value
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    written = DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        return date(*map(int, written.groups() if written else ())).isoformat()
    except (TypeError, ValueError):
        raise _UnreadableError(_found(cell), "a day such as 2012-09-30") from None


def _truth(cell: Cell) -> bool:
    seen = TRUTHS.get(str(cell.value).strip().lower())
    if seen is None:
        raise _UnreadableError(_found(cell), "TRUE or FALSE")
    return seen


def _codes(cell: Cell) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(f"[{SEPARATORS}]", _text(cell)) if part.strip())


def _amounts(cell: Cell) -> Mapping[str, float]:
    pairs = [part.rpartition("=") for part in _codes(cell)]
    bad = [
        part for part, (_, _, amount) in zip(_codes(cell), pairs, strict=True) if not NUMBER.fullmatch(amount.strip())
    ]
    codes = [code.strip() for code, _, _ in pairs]
    if bad or len(set(codes)) < len(codes):
        raise _UnreadableError(repr(bad[0]) if bad else "a code twice", "code=number, with ； in between")
    return {code: float(amount) for code, (_, _, amount) in zip(codes, pairs, strict=True)}


_READ = {"text": _text, "number": _number, "day": _day, "truth": _truth, "codes": _codes, "amounts": _amounts}


def _blank(cell: Cell) -> bool:
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())


def _seen(cell: Cell) -> str:
    return "" if cell.value is None else str(cell.value).strip()


def _address(cell: Cell) -> str:
    return f"{cell.parent.title}!{cell.coordinate}"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _found(cell: Cell) -> str:
    value = cell.value
    if isinstance(value, date | time | timedelta):
        return f"the date {value}"
    if isinstance(value, bool):
        return f"the truth value {str(value).upper()}"
    if cell.data_type == "e":
        return f"the error {value}"
    return f"the number {value:.15g}" if _is_number(value) else repr(value)


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        return any(re.search(rb"<f[ >/]", parts.read(name)) for name in sheets)
