"""Tables as CSV: what is printed, or the values under the codes of their columns; and rows of one file for another."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd

from evalkit.tabular.table import Table

FORMULA = re.compile(r"[=+\-@\t\r]")
NUMBERS = re.compile(r"[+-]?\d[\d.,\s\[\]%‰+-]*")
ENCODING = "utf-8-sig"
DIGITS = 12  # of a value: what is behind them is the noise of floating point, which differs from machine to machine


def printed_csv(table: Table) -> str:
    """Give a table as CSV text: what is printed, cell by cell, and no formula for a spreadsheet to run."""
    return _text(map(guarded, row) for row in (table.labels, *table.rows))


def data_csv(table: Table) -> str:
    """Give the values of a table as CSV text: under its columns' codes, to 12 digits, blank where there is none."""
    columns = {name: _written(*column) for name, column in table.values.items()}
    return _text(map(guarded, row) for row in (list(columns), *zip(*columns.values(), strict=True)))


def guarded(cell: object) -> object:
    """Put an apostrophe before text that begins as a formula does; signed numbers and intervals stay as they are.

    After OWASP, CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection.

    >>> guarded("=1+1"), guarded("-3.5"), guarded("+2 (x)"), guarded("@SUM(A1)")
    ("'=1+1", '-3.5', "'+2 (x)", "'@SUM(A1)")
    """
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) and not NUMBERS.fullmatch(cell) else cell


def write(text: str, path: Path) -> None:
    """Write CSV text, `encoded`."""
    path.write_bytes(encoded(text))


def encoded(text: str) -> bytes:
    """Encode CSV text as UTF-8 with a byte-order mark, without which Excel takes Chinese for Latin-1."""
    return text.encode(ENCODING)


def line(cells: Iterable[object]) -> str:
    """Write one row as CSV text."""
    return _text([cells])


def header(text: str) -> list[str]:
    """Give the first row of CSV text."""
    return next(_rows(text), [])


def below(text: str, columns: Sequence[str]) -> str:
    """Give the rows under the header of CSV text, as they stand under `columns`: blank where they have none of one."""
    head = line(columns)
    if text.startswith(head):
        return text.removeprefix(head)
    own, *rows = _rows(text)
    told = (dict(zip(own, row, strict=True)) for row in rows)
    return _text([row.get(column, "") for column in columns] for row in told)


def _rows(text: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""))


def _text(rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _written(values: list, kind: object) -> list:
    """Write the values of a column as a frame of its type has them."""
    if kind is float:
        return ["" if value is None else _value(float(value)) for value in values]
    if kind == "Int64":
        return ["" if value is None else int(value) for value in values]
    return [*map(_value, values)]


def _value(value: object) -> object:
    """Write a value; a number to the digits that mean something, a day without its hours."""
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return ""
    if isinstance(value, datetime):
        return value.date()
    return f"{value:.{DIGITS}g}" if isinstance(value, float) else value
