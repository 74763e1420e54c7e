"""Tables as CSV: what is printed, or the values under the codes of their columns; and files of one table joined."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd

from evalkit.tabular.table import Table

FORMULA = re.compile(r"[=+\-@\t\r]")
NUMBERS = re.compile(r"[+-]?\d[\d.,\s\[\]%‰+-]*")
DIGITS = 12  # of a value: what is behind them is the noise of floating point, which differs from machine to machine
Rows = list[list[str]]


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
    """Write CSV text as UTF-8 with a byte-order mark, without which Excel takes Chinese for Latin-1."""
    path.write_bytes(text.encode("utf-8-sig"))


def join(parts: Mapping[str, str], into: Path) -> None:
    """Join one table of several cities or departments, the text of each by code, in the order of the codes."""
    found = [_rows(text) for text in parts.values()]
    if found:
        write(_text(_aligned(found)), into)


def _aligned(tables: Sequence[Rows]) -> Rows:
    """Put tables under one header; where theirs differ, each has blanks in the columns that it lacks."""
    header = tables[0][0]
    if any(table[0] != header for table in tables):
        header = list(dict.fromkeys(label for table in tables for label in table[0]))
        told = [[dict(zip(table[0], row, strict=True)) for row in table[1:]] for table in tables]
        return [header, *([row.get(label, "") for label in header] for rows in told for row in rows)]
    return [header, *(row for table in tables for row in table[1:])]


def _rows(text: str) -> Rows:
    return list(csv.reader(io.StringIO(text, newline="")))


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
