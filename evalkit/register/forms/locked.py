"""A workbook whose sheets cannot be added, renamed or moved by accident."""

from __future__ import annotations

from xlsxwriter import Workbook


class LockedWorkbook(Workbook):
    """A workbook with its structure protected, without a password: XlsxWriter protects sheets only."""

    def _write_book_views(self):
        self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])  # where the schema has it
        super()._write_book_views()
