"""Workbooks that a person changed: cells are found by the code of their row and the key of their column."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from evalkit.base.errors import ParamsError
from evalkit.index.system_workbook import read_system_workbook


@dataclass
class Edited:
    """An open workbook; `set` changes one cell, `read` saves and reads the system in it."""

    path: Path
    book: Any

    @classmethod
    def open(cls, path):
        return cls(path, openpyxl.load_workbook(path))

    def cell(self, sheet, code, key):
        page = self.book[sheet]
        column = next(c.column for c in page[2] if c.value == key)
        row = next(c.row for c in page["A"][2:] if c.value == code)
        return page.cell(row, column)

    def set(self, code, key, value, *, sheet="指标树", number_format=None):
        """Change a cell and give its address."""
        cell = self.cell(sheet, code, key)
        cell.value = value
        cell.number_format = number_format or cell.number_format
        return f"{sheet}!{cell.coordinate}"

    def append(self, *values, sheet="指标树"):
        """Add a row and give its number."""
        self.book[sheet].append(values)
        return self.book[sheet].max_row

    def read(self):
        self.book.save(self.path)
        return read_system_workbook(self.path)

    def refused(self):
        """Read, and give the message of the ParamsError."""
        with pytest.raises(ParamsError) as error:
            self.read()
        return str(error.value)
