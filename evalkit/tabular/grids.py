"""Printed tables as text by row and column: the sheets of workbooks, and files of CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from evalkit.base.errors import DataError, ParamsError, Problem
from evalkit.base.limits import TABLE_BYTES
from evalkit.base.reading import read_text
from evalkit.tabular.xlsx.book import address, filled, open_workbook, out_of_sight, shown
from evalkit.tabular.xlsx.entries import UnreadableError, seen

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

SUFFIXES = (".xlsx", ".csv")
SHOWN = "one that is shown, or none"
YEAR_ONLY = re.compile(r"(?i)(?:\[[^]]*\])*y+(?:\W*年\W*)?(?:;.*)?")  # the format of a date of which the year is seen


@dataclass(frozen=True)
class Grid:
    """The filled cells of one table by row and column, from 1 on; those that nobody can read are `unread`.

    `file` names where it stands, `title` is that of its sheet, or the name of the file of CSV; `merged` are the first
    and the last row of merged cells, by their range; `hidden` is a sheet that Excel does not show, `unseen` are cells
    of rows and columns that it does not.
    """

    file: str
    title: str
    cells: dict[tuple[int, int], str]
    unread: dict[tuple[int, int], Problem] = field(default_factory=dict)
    merged: dict[str, tuple[int, int]] = field(default_factory=dict)
    hidden: bool = False
    unseen: dict[tuple[int, int], Problem] = field(default_factory=dict)

    def where(self, row: int, column: int) -> str:
        """Name a cell as a spreadsheet does."""
        from openpyxl.utils import get_column_letter

        return f"{self.file}!{get_column_letter(column)}{row}"


def read_grids(path: Path) -> list[Grid]:
    """Read the sheets of a workbook that are not blank, or a file of CSV. Raises EvalkitError."""
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        sheets = [_of_sheet(path, sheet) for sheet in open_workbook(path).worksheets]
        return [grid for grid in sheets if grid.cells or grid.unread]
    if suffix == ".csv":
        return [_of_csv(path)]
    raise ParamsError(f"{path} is no table", [Problem(path.name, repr(path.suffix), f"one of {', '.join(SUFFIXES)}")])


def _of_sheet(path: Path, sheet: Worksheet) -> Grid:
    cells, unread = {}, {}
    for cell in filled(sheet):
        try:
            cells[cell.row, cell.column] = _seen(cell)
        except UnreadableError as error:
            unread[cell.row, cell.column] = Problem(f"{path.name}, {address(cell)}", error.found, error.expected)
    merged = {area.coord: (area.min_row, area.max_row) for area in sheet.merged_cells.ranges}
    hidden = sheet.sheet_state != "visible"
    return Grid(f"{path.name}, {sheet.title}", sheet.title, cells, unread, merged, hidden, dict(_unseen(path, sheet)))


def _unseen(path: Path, sheet: Worksheet) -> Iterator[tuple[tuple[int, int], Problem]]:
    rows, is_hidden = out_of_sight(sheet)
    for cell in filled(sheet):
        if hidden := "row" if cell.row in rows else "column" if is_hidden(cell.column) else None:
            found = f"{shown(cell)} in a hidden {hidden}"
            yield (cell.row, cell.column), Problem(f"{path.name}, {address(cell)}", found, SHOWN)


def _seen(cell: Cell) -> str:
    """Give what a person sees in a cell; of a date the day, or the year where its format shows no more."""
    if not isinstance(cell.value, date):
        return seen(cell)
    return f"{cell.value:%Y}年" if YEAR_ONLY.fullmatch(cell.number_format) else f"{cell.value:%Y-%m-%d}"


def _of_csv(path: Path) -> Grid:
    text = read_text(path, most=TABLE_BYTES, error=DataError)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise DataError(f"{path} cannot be read", [Problem(path.name, str(error), "a table in CSV")]) from None
    cells = {
        (row, column): cell.strip()
        for row, record in enumerate(rows, start=1)
        for column, cell in enumerate(record, start=1)
        if cell.strip()
    }
    return Grid(path.name, path.stem, cells)
