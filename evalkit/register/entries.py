"""What is put on record: an entry of the journal, and the rows that it brings."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import groupby
from operator import itemgetter

import pandas as pd
from sqlalchemy import Table

from evalkit.register.schema import ENTRY, FIGURE, STATUS, SUBMISSION, tables
from evalkit.register.statuses import Status

# What a figure says, one column each; a register adds where it stands in it.
FIGURE_COLUMNS = (
    "variable", "region", "unit", "year", "value", "state", "publication", "standing", "reason", "source", "page",
    "compiler", "compiled", "explanation", "revises", "because", "evidence",
)  # fmt: skip
OPENING = "opening"  # the kind of a submission of figures of before the register
Rows = Mapping[Table, Collection[Mapping]]


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
            FIGURE: FigureRows(figures.assign(submission=self.code)),
        }


@dataclass(frozen=True)
class FigureRows(Collection[Mapping]):
    """Figures as rows of plain values, made anew whenever they are asked for: millions need no more room than some.

    Blanks of text are empty, those of numbers None.
    """

    figures: pd.DataFrame

    def __len__(self) -> int:
        return len(self.figures)

    def __contains__(self, row: object) -> bool:
        return any(row == own for own in self)

    def __iter__(self) -> Iterator[Mapping]:
        names = list(self.figures)
        for first in range(0, len(self.figures), AT_ONCE):
            some = self.figures.iloc[first : first + AT_ONCE]
            columns = (_plain(some[name], _TYPES.get(name, str)) for name in names)
            yield from (dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True))


def _plain(column: pd.Series, kind: type) -> list:
    blank = column.isna().tolist()
    without = "" if kind is str else None
    return [without if none else kind(cell) for none, cell in zip(blank, column.tolist(), strict=True)]


def chained(before: str, entry: Mapping, rows: Rows) -> str:
    """Give the digest of an entry: over that of the one before, what it says of itself, and all of its rows.

    Rows count in their order; of tables without a running number in that of their keys.
    """
    found = sha256(_said([before, _kept(ENTRY, entry)]))
    for table in tables.sorted_tables:
        own = rows.get(table, ())
        if "id" not in table.c:
            own = sorted(own, key=lambda row, table=table: [row[column.name] for column in table.primary_key])
        for row in own:
            found.update(_said([table.name, _kept(table, row)]))
    return found.hexdigest()


def altered(entries: Iterable[Mapping], rows: Mapping[Table, Iterable[Mapping]]) -> Iterator[int]:
    """Give the entries that are not what their digests were made of, all in order; rows of none are by a wrong one."""
    waiting = {table: groupby(own, key=itemgetter("entry")) for table, own in rows.items()}
    heads = {table: next(groups, None) for table, groups in waiting.items()}
    before = ""
    for entry in entries:
        own, strays = {}, []
        for table, groups in waiting.items():
            while heads[table] and heads[table][0] < entry["id"]:
                strays.append(heads[table][0])
                heads[table] = next(groups, None)
            if heads[table] and heads[table][0] == entry["id"]:
                own[table] = heads[table][1]
        yield from strays
        if chained(before, entry, own) != entry["digest"]:
            yield entry["id"]
        for table in own:
            heads[table] = next(waiting[table], None)
        before = entry["digest"]
    yield from sorted({head[0] for head in heads.values() if head})


def _kept(table: Table, row: Mapping) -> dict:
    """Give what of a row is told apart from nothing, as the table holds it: defaults of a database change no digest."""
    found = {name: kind(cell) for name, kind in kinds(table).items() if (cell := row.get(name)) not in BLANK}
    return {name: cell for name, cell in found.items() if name not in PASSED and cell == cell}  # NaN is not itself


@cache
def kinds(table: Table) -> dict[str, type]:
    """Give the type of Python in which a table holds each of its columns."""
    return {column.name: column.type.python_type for column in table.c}


PASSED = ("id", "entry", "digest")  # what an entry is given when it is put on record
BLANK = ("", None)
AT_ONCE = 10_000
_TYPES = kinds(FIGURE)
_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _said(what: object) -> bytes:
    return _ENCODER.encode(what).encode()
