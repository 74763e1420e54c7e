"""Tables as one workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from evalkit.tabular.table import Table

EPOCH = datetime(2000, 1, 1)  # a workbook carries a date; a fixed one keeps the same tables the same bytes
PRINTED = 59  # of 255 characters that a page's header holds: twice so many, each perhaps doubled, beside its codes
WIDEST = 48
PLAIN_TEXT = {"strings_to_formulas": False, "strings_to_urls": False}


def write_workbook(tables: Mapping[str, Table], path: Path, *, header: str) -> None:
    """Write one sheet a table, under its name; `header` stands on every printed page.

    Numbers are numbers with the decimals that are printed; the header row stays in sight; pages are A4 landscape.
    """
    book = xlsxwriter.Workbook(str(path), PLAIN_TEXT)
    book.set_properties({"created": EPOCH, "title": header})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#E8EDF3"})
    formats = {}
    for name, table in tables.items():
        sheet = book.add_worksheet(name[:31])
        _page(sheet, header)
        _fill(book, sheet, table, head, formats)
    book.close()


def _page(sheet, header: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_header(f"&L&9{_fitted(header).replace('&', '&&')}&R&9&P / &N")


def _fitted(header: str) -> str:
    """Leave out the middle of what Excel would not take: how it begins, and the edition with its mark, stay."""
    return header if len(header) <= 2 * PRINTED else f"{header[:PRINTED]}…{header[-PRINTED:]}"


def _fill(book, sheet, table: Table, head, formats: dict) -> None:
    for column, label in enumerate(table.labels):
        cells = [row[column] for row in table.rows]
        sheet.write_string(0, column, label, head)
        sheet.set_column(column, column, min(WIDEST, 2 + max(map(_width, [label, *cells]))))
        for row, cell in enumerate(cells, start=1):
            sheet.write(row, column, cell, _format(book, cell, formats))


def _format(book, cell: object, formats: dict):
    """One format for each number of decimals, and one for text."""
    decimals = -cell.as_tuple().exponent if isinstance(cell, Decimal) else None
    if decimals not in formats:
        number = {"num_format": "0" + "." * bool(decimals) + "0" * decimals} if decimals is not None else {}
        formats[decimals] = book.add_format({"valign": "top", "text_wrap": decimals is None} | number)
    return formats[decimals]


def _width(cell: object) -> int:
    """Count columns: a Chinese character takes two."""
    text = str(cell)
    return len(text) if text.isascii() else sum(2 if ord(c) > 0x2E7F else 1 for c in text)
