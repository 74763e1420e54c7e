"""Cells of an Excel workbook that people filled in, read as they are seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from evalkit.base.errors import Problem, one_of
from evalkit.base.reading import UNSEEN, said
from evalkit.tabular.xlsx.book import address, filled, is_blank, is_number, label, sheet_of, shown
from evalkit.tabular.xlsx.sheets import EMPTY, HEADER_ROWS, SEPARATORS, Field, Row, digits

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

FORM_COLUMNS = 3
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.IGNORECASE)
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
PLAIN_FORMATS = ("General", "@", "0")
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^]]*\]')
SCALED = re.compile(r"%|[0#?],+(?![0#?,])")  # shown as a hundredfold, or in thousands
SEEN_WHOLE = 1e11  # from here on, Excel's general format shows a power of ten
TRUTHS = {"true": True, "false": False, "是": True, "否": False}


def read_table(book: Workbook, name: str, columns: Sequence[Field], wrong: list[Problem]) -> list[Row]:
    """Read a sheet with one row a record, passing over blank rows; what is wrong is added to `wrong`.

    Nothing is read where a column is missing: no row could be judged.
    """
    sheet = sheet_of(book, name, wrong)
    if sheet is None:
        return []
    chosen = _chosen(sheet, columns, wrong)
    body = [cell for cell in filled(sheet) if cell.row > HEADER_ROWS]
    wrong += _astray(sheet, body) if chosen else ()
    rows = sorted({cell.row for cell in body if cell.column in chosen})
    return [_record([(column, sheet.cell(row, place)) for place, column in chosen.items()], wrong) for row in rows]


def read_form(book: Workbook, name: str, columns: Sequence[Field], wrong: list[Problem]) -> Row:
    """Read a sheet whose fields stand one below the other: heading, key, value; what is wrong is added to `wrong`."""
    sheet = sheet_of(book, name, wrong)
    if sheet is None:
        return Row({}, {})
    known = {column.key: column for column in columns}
    body = [cell for cell in filled(sheet) if cell.row > 1]
    beside = f"nothing beside the columns A to C of {name}"
    wrong += [Problem(address(cell), shown(cell), beside) for cell in body if cell.column > FORM_COLUMNS]
    found = {}
    for row in sorted({cell.row for cell in body if cell.column <= FORM_COLUMNS}):
        key, value = sheet.cell(row, FORM_COLUMNS - 1), sheet.cell(row, FORM_COLUMNS)
        if label(key) not in known or label(key) in found:
            again = " again" if label(key) in found else ""
            wrong.append(Problem(address(key), f"the key {label(key)!r}{again}", one_of(label(key), known)))
        else:
            found[label(key)] = value
    absent = [key for key in known if key not in found]
    wrong += [
        Problem(name, f"no row {key!r} ({known[key].heading})", "every row; its cell may be blank") for key in absent
    ]
    return _record([(known[key], cell) for key, cell in found.items()], wrong)


def seen(cell: Cell) -> str:
    """Give what a person sees in a filled cell: its text, or its number in plain digits. Raises UnreadableError."""
    return _text(cell) if isinstance(cell.value, str) else digits(_number(cell))


def _chosen(sheet: Worksheet, columns: Sequence[Field], wrong: list[Problem]) -> dict[int, Field]:
    """Say which column of the sheet, by its number, holds which field, by the keys in its second row."""
    known, chosen = {column.key: column for column in columns}, {}
    headings, keys = (list(row) for row in sheet.iter_rows(min_row=1, max_row=HEADER_ROWS))
    if not any(label(key) in known for key in keys):
        expected = f"the keys of the columns in row {HEADER_ROWS}, as {columns[0].key!r}"
        wrong.append(Problem(f"{sheet.title}!A{HEADER_ROWS}", repr(label(keys[0])), expected))
        return {}
    for heading, key in zip(headings, keys, strict=True):
        name = label(key)
        if name in known and known[name] not in chosen.values():
            chosen[key.column] = known[name]
        elif name or label(heading):
            found = f"the column {name!r}" if name else f"the column {label(heading)!r} without a key"
            wrong.append(Problem(address(key), found, f"one column for {one_of(name, known)}"))
    absent = [column for column in columns if column not in chosen.values()]
    row, expected = f"{sheet.title}!{HEADER_ROWS}:{HEADER_ROWS}", "every column; its cells may be blank"
    wrong += [Problem(row, f"no column {column.key!r} ({column.heading})", expected) for column in absent]
    return {} if absent else chosen


def _astray(sheet: Worksheet, body: Sequence[Cell]) -> Iterator[Problem]:
    """Tell what stands in columns that nothing heads: it would be passed over."""
    headed = {cell.column for row in sheet.iter_rows(max_row=HEADER_ROWS) for cell in row if label(cell)}
    for cell in body:
        if cell.column not in headed:
            yield Problem(address(cell), shown(cell), f"nothing: its column has no key in row {HEADER_ROWS}")


def _record(pairs: Sequence[tuple[Field, Cell]], wrong: list[Problem]) -> Row:
    values = {}
    for column, cell in pairs:
        if not is_blank(cell):
            try:
                values[column.key] = _READ[column.kind](cell)
            except UnreadableError as error:
                wrong.append(Problem(f"{address(cell)} ({column.heading})", error.found, error.expected))
    return Row(values, {column.key: f"{address(cell)} ({column.heading})" for column, cell in pairs})


class UnreadableError(Exception):
    """A cell of which nobody knows what it means: what was found in it, and what is expected."""

    def __init__(self, found: str, expected: str):
        self.found, self.expected = found, expected


def _text(cell: Cell) -> str:
    """Take a number for the digits that a person sees; where something else is seen, or nobody knows what, refuse."""
    value = cell.value
    if isinstance(value, str) and cell.data_type != "e":
        return _visible(value.strip().replace("\r\n", "\n"))
    if is_number(value) and cell.number_format in PLAIN_FORMATS and value == int(value) and abs(value) < SEEN_WHOLE:
        return str(int(value))
    raise UnreadableError(shown(cell), "text: format the cell as text and type it again")


def _visible(text: str) -> str:
    """Take a text as it is seen; refuse one with what nobody sees, for it is another one than it seems."""
    unseen = next((each for each in text if unicodedata.category(each) == "Cf" or UNSEEN.match(each)), None)
    if unseen:
        raise UnreadableError(f"{text!r} with {said(unseen)}", "text that can be seen: type it again")
    return "" if text == EMPTY else text


def _name(cell: Cell) -> str:
    """Take the code under which something is declared: as a number it may have lost its first zeros."""
    if isinstance(cell.value, str):
        return _text(cell)
    raise UnreadableError(shown(cell), "a code that is text: format the cell as text and type it again")


def _number(cell: Cell) -> float | int | str:
    """Take a number, also one that is stored as text; other text goes on, to be refused with what is expected."""
    value = cell.value
    if isinstance(value, str) and cell.data_type != "e":
        seen = value.strip()
        value = float(seen) if NUMBER.fullmatch(seen) else seen
    if isinstance(value, str):
        raise UnreadableError(repr(value), "a number")
    if not is_number(value):
        raise UnreadableError(shown(cell), "a number")
    if is_number(cell.value) and SCALED.search(QUOTED.sub("", cell.number_format)):
        expected = "the number that is meant, in the format of a plain number"
        raise UnreadableError(f"{shown(cell)} in the format {cell.number_format!r}, which shows another one", expected)
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
        raise UnreadableError(shown(cell), "a day such as 2012-09-30") from None


def _truth(cell: Cell) -> bool:
    seen = TRUTHS.get(str(cell.value).strip().lower())
    if seen is None:
        raise UnreadableError(shown(cell), "TRUE or FALSE")
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
        raise UnreadableError(repr(bad[0]) if bad else "a code twice", "code=number, with ； in between")
    return {code: float(amount) for code, (_, _, amount) in zip(codes, pairs, strict=True)}


_READ = {
    "text": _text,
    "name": _name,
    "number": _number,
    "day": _day,
    "truth": _truth,
    "codes": _codes,
    "amounts": _amounts,
}
