"""An Excel workbook, opened: its sheets, and what a person sees in a cell."""

from __future__ import annotations

import math
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.base.limits import SHEET_COLUMNS, SHEET_ROWS
from evalkit.tabular.xlsx.parts import WORKBOOK, check_parts

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet


def open_workbook(path: Path) -> Workbook:
    """Open a workbook with the results of its formulas.

    Raises ParamsError where it cannot be read, a cell stands further out than any table reaches, or a formula was
    never calculated.
    """
    check_parts(path)
    book = parsed(path, data_only=True)
    far = [problem for sheet in book.worksheets for problem in _far(sheet)]
    if far:
        raise ParamsError(f"{path.name} is too large ({path})", far)
    declared = parsed(path, data_only=False).worksheets if _has_formulas(path) else ()
    without = [
        Problem(address(cell), f"the formula {cell.value} without a result", "a value")
        for sheet in declared
        for cell in filled(sheet)
        if cell.data_type == "f" and book[sheet.title][cell.coordinate].value is None
    ]
    if without:
        raise ParamsError(f"{path.name} holds formulas that were never calculated: save it in Excel first", without)
    return book


def sheet_of(book: Workbook, name: str, wrong: list[Problem]) -> Worksheet | None:
    """Give a sheet of cells by its name; what is wrong with it as a whole is added to `wrong`."""
    if name not in book.sheetnames:
        wrong.append(Problem("the workbook", f"no sheet {name!r}", one_of(name, book.sheetnames)))
        return None
    sheet = book[name]
    if sheet not in book.worksheets:
        wrong.append(Problem("the workbook", f"{name!r} as a chart", "a sheet of cells"))
        return None
    expected = "cells that are not merged: only the first of them holds a value"
    wrong += [Problem(f"{name}!{area.coord}", "merged cells", expected) for area in sheet.merged_cells.ranges]
    return sheet


def filled(sheet: Worksheet) -> list[Cell]:
    """Give the cells that hold something: blank ones may stand anywhere, and asking for each would make them."""
    return [cell for cell in sheet._cells.values() if not is_blank(cell)]


def out_of_sight(sheet: Worksheet) -> tuple[set[int], Callable[[int], bool]]:
    """Give the rows that are hidden or have no height, and what says so of a column."""
    rows = {row for row, of_row in sheet.row_dimensions.items() if of_row.hidden or of_row.height == 0}
    hidden = [each for each in sheet.column_dimensions.values() if each.hidden or each.width == 0]
    return rows, lambda column: any((each.min or 0) <= column <= (each.max or 0) for each in hidden)


def is_blank(cell: Cell) -> bool:
    """Whether nothing is seen in a cell."""
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())


def label(cell: Cell) -> str:
    """Give the text of a heading or a key."""
    return "" if cell.value is None else str(cell.value).strip()


def address(cell: Cell) -> str:
    """Give the sheet and the coordinate of a cell."""
    return f"{cell.parent.title}!{cell.coordinate}"


def is_number(value: object) -> bool:
    """Whether the value of a cell is a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def shown(cell: Cell) -> str:
    """Say what kind of thing a cell holds, and what."""
    value = cell.value
    if isinstance(value, date | time | timedelta):
        return f"the date {value}"
    if isinstance(value, bool):
        return f"the truth value {str(value).upper()}"
    if cell.data_type == "e":
        return f"the error {value}"
    return f"the number {value:.15g}" if is_number(value) else repr(value)


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        return any(re.search(rb"<f[ >/]", parts.read(name)) for name in sheets)


def parsed(path: Path, *, data_only: bool) -> Workbook:
    """Have openpyxl read a workbook whose parts were looked at. Raises ParamsError where they do not fit together."""
    import openpyxl

    try:
        with warnings.catch_warnings(action="ignore"):
            return openpyxl.load_workbook(path, data_only=data_only)
    except Exception as error:  # where parts contradict one another, openpyxl raises whatever it stumbles over
        found = f"parts that do not fit one another ({type(error).__name__}: {error})"
        raise ParamsError(f"{path.name} cannot be read ({path})", [Problem(path.name, found, WORKBOOK)]) from None


def _far(sheet: Worksheet) -> Iterator[Problem]:
    for cell in filled(sheet):
        if cell.row > SHEET_ROWS or cell.column > SHEET_COLUMNS:
            yield Problem(address(cell), shown(cell), f"nothing beyond row {SHEET_ROWS} and column {SHEET_COLUMNS}")
