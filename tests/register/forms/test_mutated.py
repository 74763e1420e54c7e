"""Whatever is done to a form, it is taken with the figures that are seen in it, or returned with what was typed."""

import os
import random
import unicodedata
import warnings
from collections import Counter
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from evalkit.register.entries import Entry
from evalkit.register.forms.receiving import Reception
from evalkit.register.forms.taking import Desk
from evalkit.register.register import Register
from tests.mutations import mutate
from tests.register.forms.small import fill, survey

EXAMPLES = 25 * int(os.environ.get("EVALKIT_TIMES", "1"))  # `make torture` tries twenty times as many
VALUES = (
    None, "", " ", "无", "NA", "null", "—", "１２", "1,234", "1，234.5", "12万", "95%", 0, -1, 1e308, 0.1, True,
    "x" * 600, "=1+1", "#DIV/0!", "缺失", "未到期", "值", "不适用", "年\u200b报", datetime(2012, 5, 1), 41348, 330100.0,
    "@x", "-5", "new", "doctors/0101", "people/0101", "library_area/0101/老馆", "key", "value", "2013-03-15", "'",
    "\u3000", "a/b/c", "state",
)  # fmt: skip
SHAPES = (
    "insert_rows", "delete_rows", "insert_cols", "delete_cols", "merge", "hide_row", "hide_column", "hide", "rename",
    "add", "copy_row",
)  # fmt: skip
CELL = st.tuples(st.just("cell"), st.integers(0, 2), st.integers(1, 12), st.integers(1, 16), st.sampled_from(VALUES))
SHAPE = st.tuples(st.sampled_from(SHAPES), st.integers(0, 2), st.integers(1, 10))
EDITS = st.lists(st.one_of(CELL, CELL, CELL, SHAPE), min_size=1, max_size=5)
KEYS = ("key", "value", "page", "compiled")
STRUCTURE = {"no_column", "column_twice", "no_sheet", "row_twice", "unknown_row"}  # what is not of a row of the form


def apply(book, edit):
    name, place, at, *more = edit
    sheet = book.worksheets[place]
    if name == "cell":
        sheet.cell(at, more[0]).value = more[1]
    elif name in ("insert_rows", "delete_rows", "insert_cols", "delete_cols"):
        getattr(sheet, name)(at)
    elif name == "merge":
        sheet.merge_cells(start_row=at, end_row=at + 1, start_column=7, end_column=7)
    elif name == "hide_row":
        sheet.row_dimensions[at].hidden = True
    elif name == "hide_column":
        sheet.column_dimensions[openpyxl.utils.get_column_letter(at)].hidden = True
    elif name == "hide":
        sheet.sheet_state = "hidden"
    elif name == "rename":
        sheet.title = f"表{at}"
    elif name == "add":
        book.create_sheet(f"附{at}").cell(at, 1, "x" if at % 2 else None)
    else:
        for column in range(1, 15):
            sheet.cell(at + 4, column).value = sheet.cell(5, column).value


@cache
def blank():
    with TemporaryDirectory() as folder:
        return fill(Path(folder) / "a.xlsx", reporter="0101").read_bytes()


def seen(path):
    """What is seen in the columns of values, read without the package."""
    with warnings.catch_warnings(action="ignore"):
        book = openpyxl.load_workbook(path, data_only=True)
    found = []
    for sheet in book.worksheets:
        rows = list(sheet.iter_rows(values_only=True))
        head = max(range(len(rows)), key=lambda row: sum(cell in KEYS for cell in rows[row]), default=0)
        if rows and {"key", "value"} <= set(rows[head]):
            cells = [row[rows[head].index("value")] for row in rows[head + 1 :]]
            found += [cell for cell in cells if cell is not None and str(cell).strip()]
    return found


def number(value):
    return float(unicodedata.normalize("NFKC", str(value)).replace(",", "").strip())


def receive(path, folder):
    of = survey()
    register = Register.make(f"sqlite:///{folder}/r.sqlite")
    [receipt] = Reception(register, Desk(of, of.figures), Entry("intake", "a", date(2013, 4, 1))).receive([path])
    return receipt, register.figures([2012])


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(EDITS)
def test_a_form_that_is_edited_at_random_loses_nothing(edits):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(blank())
        book = openpyxl.load_workbook(path)
        for edit in edits:
            apply(book, edit)
        if not any(sheet.sheet_state == "visible" for sheet in book.worksheets):
            book.worksheets[0].sheet_state = "visible"
        book.save(path)
        receipt, figures = receive(path, folder)
        event(receipt.outcome)
        if receipt.outcome == "submitted":
            assert sorted(map(number, seen(path))) == sorted(figures.value.dropna())
        else:
            assert figures.empty
            rules = {comment.rule for comment in receipt.filled.comments}
            assert rules
            if receipt.filled.form and not rules & STRUCTURE:
                assert Counter(map(str, seen(path))) <= Counter(map(str, seen(receipt.answer)))


def test_a_form_whose_bytes_are_changed_at_random_is_told(tmp_path):
    for number_ in range(EXAMPLES // 5):
        draw = random.Random(f"form {number_}")
        path = tmp_path / "a.xlsx"
        path.write_bytes(mutate.book(draw, blank()))
        with TemporaryDirectory() as folder:
            receipt, figures = receive(path, folder)
            assert (receipt.outcome == "submitted") == (len(figures) > 0)
            assert receipt.answer.is_file()
