"""What is put on record: an entry of the journal, and the rows that it brings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import Table

from evalkit.register.schema import FIGURE, STATUS, SUBMISSION
from evalkit.register.statuses import Status

# What a figure says, one column each; a register adds where it stands in it.
FIGURE_COLUMNS = (
    "variable", "region", "unit", "year", "value", "state", "publication", "standing", "reason", "source", "page",
    "compiler", "compiled", "explanation", "revises", "because", "evidence",
)  # fmt: skip
Rows = Mapping[Table, Sequence[Mapping]]


@dataclass(frozen=True)
class Entry:
    """Who put something on record, and on which day."""

    kind: str
    by: str
    day: date


@dataclass(frozen=True)
class Submission:
    """What a reporter hands in at one time.

    Attributes
    ----------
    reporter : the code of a region, or of a department.
    standing : "own" where a region speaks of itself and those below it, "department" where a department speaks of them.
    kind : "opening" (figures of before the register), "form", "table" (CSV) or "revision".
    year : of the figures that are asked for.
    file, sha256 : the file that came in.
    form, system : the version of the form, and the index system with its version.
    """

    code: str
    study: str
    reporter: str
    year: int
    kind: str
    standing: str = "own"
    file: str = ""
    sha256: str = ""
    form: str = ""
    system: str = ""

    def rows(self, figures: pd.DataFrame, status: Status, note: str = "") -> Rows:
        """Give what is put on record of it: itself, its status, its figures (with some or all of `FIGURE_COLUMNS`)."""
        return {
            SUBMISSION: [dict(vars(self))],
            STATUS: [{"submission": self.code, "status": status, "note": note}],
            FIGURE: _records(figures.assign(submission=self.code)),
        }


def _records(figures: pd.DataFrame) -> list[dict]:
    """Give rows as plain values: blanks of text are empty, those of numbers None."""
    columns = {}
    for name in figures:
        if name in ("value", "revises"):
            columns[name] = [None if pd.isna(cell) else cell for cell in figures[name].tolist()]
        elif name == "year":
            columns[name] = [int(cell) for cell in figures[name].tolist()]
        else:
            columns[name] = ["" if pd.isna(cell) else str(cell) for cell in figures[name].tolist()]
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def chained(before: str, entry: Mapping, rows: Rows) -> str:
    """Give the digest of an entry: over that of the one before, what it says of itself, and all of its rows."""
    kept = {table.name: [_kept(row) for row in found] for table, found in rows.items() if found}
    said = json.dumps([before, _kept(entry), kept], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def _kept(row: Mapping) -> dict:
    """Give what of a row is told apart from nothing: defaults that a database adds change no digest."""
    passed = ("id", "entry", "digest")
    return {name: cell for name, cell in row.items() if name not in passed and cell not in ("", None)}


def by_entry(found: Mapping[Table, Iterable[Mapping]]) -> dict[int, dict[Table, list[Mapping]]]:
    """Give the rows of tables by the entry that brought them."""
    entries: dict[int, dict[Table, list[Mapping]]] = {}
    for table, rows in found.items():
        for row in rows:
            entries.setdefault(row["entry"], {}).setdefault(table, []).append(row)
    return entries
