"""Forms filled in as cities fill them, from their own figures, and put right by the answer that came back."""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd

from evalkit.register.forms.columns import FIRST_ROW, KEY_ROW, NEW, state_label
from evalkit.register.forms.questions import Form
from evalkit.register.forms.words import label

LANGUAGE = "zh"
SOURCE = {"source": "统计年报（演示）", "page": "12", "compiler": "张三", "compiled": date(2013, 4, 2)}
REASON = "年报未统计（演示）"
EXPLAINED = "经核对原始台账，数据无误（演示）"
CORRECTED = "已更正（演示）"
NO_VALUE = ("missing", "not applicable", "not due")
LEVELS = {label(f"level_{level}")[LANGUAGE]: level for level in ("error", "warning", "note")}
"""The words of an answer for how serious a remark is."""


@dataclass(frozen=True)
class Said:
    """What an answer says of a row: an error or a warning, by which rule."""

    level: str
    rule: str
    key: str


@dataclass
class Workbook:
    """A form, blank or filled in, or the answer to one, opened as an office program opens it."""

    path: Path
    book: openpyxl.Workbook = field(init=False)
    places: dict[str, tuple[object, int]] = field(init=False)

    def __post_init__(self):
        with warnings.catch_warnings(action="ignore"):
            self.book = openpyxl.load_workbook(self.path)
        self.places = {
            sheet.cell(row, 1).value: (sheet, row)
            for sheet in self.sheets
            for row in range(FIRST_ROW, sheet.max_row + 1)
            if sheet.cell(row, 1).value not in (None, NEW)
        }

    @property
    def sheets(self) -> list:
        """The sheets with rows to be filled in."""
        return [sheet for sheet in self.book.worksheets if sheet.cell(KEY_ROW, 1).value == "key"]

    def cell(self, key: str, column: str = "value"):
        """Give a cell by the key of its row and that of its column."""
        sheet, row = self.places[key]
        return next(sheet.cell(row, cell.column) for cell in sheet[KEY_ROW] if cell.value == column)

    def write(self, key: str, **entries: object) -> None:
        """Write into cells of a row."""
        for column, value in entries.items():
            self.cell(key, column).value = value

    def fill(self, truth: pd.DataFrame, keys: Iterable[str] | None = None) -> None:
        """Write what is true into rows, by default into all."""
        for key in self.places if keys is None else keys:
            self.write(key, **entries_of(truth.loc[key]))

    def said(self) -> list[Said]:
        """Read the list of an answer: the errors and the warnings, with the rows that their links lead to."""
        review = self.book[label("review")[LANGUAGE]]
        found = []
        for row in review.iter_rows(min_col=1, max_col=7):
            level, link = LEVELS.get(str(row[1].value), "note"), row[2].hyperlink
            if level != "note":
                found.append(Said(level, row[6].value, self._key_at(link.location) if link else ""))
        return found

    def save(self, path: Path | None = None) -> Path:
        """Save it, in its place or in another; gives the path."""
        self.book.save(path or self.path)
        return path or self.path

    def _key_at(self, location: str) -> str:
        name, _, cell = location.rpartition("!")
        sheet = self.book[name.strip("'").replace("''", "'")]
        return sheet.cell(int(re.search(r"\d+", cell).group()), 1).value


def entries_of(row: pd.Series) -> dict[str, object]:
    """Give what is written into a row: the value, or the state with its reason; and where it is from."""
    if row.state in NO_VALUE:
        return {"value": None, "state": state_label(row.state, LANGUAGE), "reason": REASON} | SOURCE
    return {"value": row.value, "state": None, "reason": None} | SOURCE


def keys_of(figures: pd.DataFrame) -> pd.Series:
    """Give the key of the row of each figure in a form."""
    return figures.variable + "/" + figures.region + figures.unit.map(lambda unit: f"/{unit}" if unit else "")


def truth_of(figures: pd.DataFrame) -> pd.DataFrame:
    """Give figures as those know them who report them: what is disputed is a value, or missing; index the row's key."""
    state = figures.state.where(figures.state != "disputed", "value").where(figures.value.notna(), figures.state)
    return figures.assign(state=state.replace("disputed", "missing")).set_index(keys_of(figures))


def write_table(form: Form, truth: pd.DataFrame, explained: Mapping[str, str], path: Path) -> Path:
    """Write what a reporter knows as a table for machines; gives the path."""
    whose = [form.survey.study, form.reporter, form.survey.year, form.version]
    columns = ("study", "reporter", "year", "version", "variable", "region", "unit", "value", "state")
    more = ("reason", "source", "page", "compiler", "compiled", "explanation")
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow([*columns, *more])
        for key, asked in form.questions.items():
            given = entries_of(truth.loc[key]) | {"explanation": explained.get(key, "")}
            state = given["state"] or state_label("value", LANGUAGE)
            value = "" if given["value"] is None else f"{given['value']:.15g}"
            told = ["" if given[name] is None else given[name] for name in more]
            rows.writerow([*whose, asked.variable, asked.region, asked.unit, value, state, *told])
    return path


@dataclass(frozen=True)
class Slip:
    """A slip that a reporter made: of which kind, and the rows that it is in."""

    kind: str
    reporter: str
    keys: tuple[str, ...]


def correct(answer: Workbook, truth: pd.DataFrame, slips: Iterable[Slip]) -> None:
    """Put an answer right as its sender would: where a slip was named, what is true; elsewhere an explanation."""
    said = answer.said()
    named = {each.key for each in said}
    wrong = {key for slip in slips if named & {*slip.keys} for key in slip.keys}
    answer.fill(truth, wrong)
    for key in named:
        if not answer.cell(key, "explanation").value:
            answer.write(key, explanation=CORRECTED if key in wrong else EXPLAINED)
