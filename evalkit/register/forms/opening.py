"""A workbook that came in, opened with care: what it unpacks to is known before anything is unpacked."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evalkit.base.errors import EvalkitError
from evalkit.base.limits import MEGABYTE, SHEET_COLUMNS, SHEET_ROWS
from evalkit.register.forms.comments import Comments
from evalkit.tabular.xlsx.book import address, filled, parsed
from evalkit.tabular.xlsx.parts import DAMAGED, check_parts

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell

MOST_PACKED, MOST_UNPACKED, MOST_PARTS = 8 * MEGABYTE, 32 * MEGABYTE, 500
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what old Excel, and Excel under a password, write
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MACROS = re.compile(r"(?i).*(vbaproject\.bin|/macrosheets/.*|vbadata\.xml)")
FORMULA = re.compile(rb"<f[ >/]")


@dataclass(frozen=True)
class Opened:
    """A workbook with the results of its formulas, and the formulas by the sheet and the coordinate of their cells."""

    book: Workbook
    formulas: dict[tuple[str, str], str]


def open_form(path: Path, said: Comments) -> Opened | None:
    """Open a workbook; None where it cannot be, with what is wrong added to `said`."""
    try:
        if not _is_sound(path, said):
            return None
        check_parts(path)
        book = parsed(path, data_only=True)
        formulas = _formulas(path)
    except EvalkitError as error:
        said.refuse("damaged", why=error.brief)
        return None
    far = [cell for sheet in book.worksheets for cell in filled(sheet) if _is_far(cell)]
    for cell in far[:1]:
        said.refuse("far", cell=address(cell))
    return None if far else Opened(book, formulas)


def _is_sound(path: Path, said: Comments) -> bool:
    """Look at the outside of a file: how large, of which kind, and what its parts declare to unpack to."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(MOST_PACKED if size <= MOST_PACKED else len(OLE))
    if head.startswith(OLE):
        said.refuse("encrypted" if ENCRYPTED in head else "spreadsheet_old")
    elif size > MOST_PACKED:
        said.refuse("large", size=size // MEGABYTE, most=MOST_PACKED // MEGABYTE)
    else:
        _look_at_parts(path, said)
    return not said.all


def _look_at_parts(path: Path, said: Comments) -> None:
    try:
        with zipfile.ZipFile(path) as parts:
            entries = parts.infolist()
    except (*DAMAGED, ValueError) as error:
        said.refuse("damaged", why=str(error) or type(error).__name__)
        return
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED or len(entries) > MOST_PARTS:
        said.refuse("big", size=unpacked // MEGABYTE, most=MOST_UNPACKED // MEGABYTE)
    if any(MACROS.fullmatch(entry.filename) for entry in entries):
        said.refuse("macros")
    if any(entry.flag_bits & 1 for entry in entries):
        said.refuse("encrypted")


def _formulas(path: Path) -> dict[tuple[str, str], str]:
    with zipfile.ZipFile(path) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        if not any(FORMULA.search(parts.read(name)) for name in sheets):
            return {}
    book = parsed(path, data_only=False)
    cells = [cell for sheet in book.worksheets for cell in filled(sheet) if cell.data_type == "f"]
    return {(cell.parent.title, cell.coordinate): str(getattr(cell.value, "text", cell.value)) for cell in cells}


def _is_far(cell: Cell) -> bool:
    return cell.row > SHEET_ROWS or cell.column > SHEET_COLUMNS
