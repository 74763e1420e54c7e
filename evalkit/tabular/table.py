"""A table of a report: rows of cells under declared columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from math import nan

import numpy as np
import pandas as pd

from evalkit.base.text import Text
from evalkit.tabular.cells import LAMP_SIGNS, NOT_PRINTED, WHOLE, Cell, Lamp, Range, Sign, is_figure, value_of
from evalkit.tabular.html import table_html
from evalkit.tabular.packing import packed, unpacked

LAMPS = pd.CategoricalDtype(list(LAMP_SIGNS), ordered=False)
TYPED = "application/vnd.evalkit.table+json"  # the form of an output that has the cells with their types
READABLE, FIRST, LAST = 1000, 40, 20  # rows: of a table that is shown whole, and of a longer one
ABRIDGED = Text(
    zh="（共 {size} 行，列前 {first} 行和后 {last} 行，全部见本轮 tables/ 中的表）",
    en=" (the first {first} and the last {last} of {size} rows; all of them are in tables/ of the run)",
)
NUMBERS = (*WHOLE, float, np.floating)
ENDS = ("", "_low", "_high")  # of an estimate with its interval; a range has the last two


@dataclass(frozen=True)
class Column:
    """What a column is: its code, which stays the same in every language and year, and its label."""

    code: str
    label: Text

    def in_year(self, year: int) -> Column:
        """Give the like of one year, which stands in the code and in the label."""
        return Column(f"{self.code}_{year}", Text(zh=f"{self.label.zh} {year}", en=f"{self.label.en} {year}"))


@dataclass(frozen=True)
class Table:
    """Cells under columns; `data` has their values, for going on, and `printed` what stands in the report.

    `rows` hold a cell for each column, in their order; `title` is what the table is called above it.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    language: str
    title: str = ""

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def codes(self) -> list[str]:
        """The codes of the columns."""
        return [column.code for column in self.columns]

    @property
    def labels(self) -> list[str]:
        """The labels of the columns, in the language of the report."""
        return [column.label[self.language] for column in self.columns]

    @property
    def data(self) -> pd.DataFrame:
        """The values: numbers in full precision, ranges as two columns, lamps as categories, nothing as blank."""
        columns = {name: pd.Series(values, dtype=kind) for name, (values, kind) in self.values.items()}
        return pd.DataFrame(columns, index=range(len(self)))

    @property
    def values(self) -> dict[str, tuple[list, object]]:
        """The columns of `data` by name, as lists, each with its type; None or nan where there is none."""
        return dict(chain.from_iterable(map(_values, self.codes, self._by_column)))

    @property
    def printed(self) -> pd.DataFrame:
        """What is printed, cell by cell, under the labels."""
        return pd.DataFrame(list(self.rows), columns=self.labels, dtype=object)

    @cached_property
    def numeric(self) -> tuple[bool, ...]:
        """Of each column, whether what it holds is set like numbers."""
        return tuple(map(_numeric, self._by_column))

    @property
    def html(self) -> str:
        """The table as HTML; nothing where it has no rows."""
        return table_html(self.labels, self.numeric, self.rows, title=self.title) if self.rows else ""

    def with_column(self, column: Column, cells: Sequence[Cell] | Cell, *, at: int | None = None) -> Table:
        """Give the table with one more column, at a place or last; one cell stands in all rows."""
        at = len(self.columns) if at is None else at
        each = cells if isinstance(cells, list | tuple) else [cells] * len(self)
        rows = [(*row[:at], cell, *row[at:]) for row, cell in zip(self.rows, each, strict=True)]
        return replace(self, columns=(*self.columns[:at], column, *self.columns[at:]), rows=tuple(rows))

    def where(self, code: str, value: Cell) -> Table:
        """Give the rows whose cell of a column is the one named."""
        place = self.codes.index(code)
        return replace(self, rows=tuple(row for row in self.rows if row[place] == value))

    def only(self, *codes: str, first: int | None = None) -> Table:
        """Give some of the columns, in the order named, and of the rows the first so many; of no rows nothing."""
        if not self.rows:  # it may have no columns either
            return self
        places = [self.codes.index(code) for code in codes]
        rows = tuple(tuple(row[place] for place in places) for row in self.rows[:first])
        return replace(self, columns=tuple(self.columns[place] for place in places), rows=rows)

    def kept(self, rows: Iterable[bool]) -> Table:
        """Give the rows of which it is said that they are kept."""
        return replace(self, rows=tuple(row for row, keep in zip(self.rows, rows, strict=True) if keep))

    @property
    def abridged(self) -> Table:
        """The table as it is shown: of one that nobody would read whole the first and the last rows, and how many."""
        if len(self) <= READABLE:
            return self
        note = ABRIDGED[self.language].format(first=FIRST, last=LAST, size=len(self))
        between = (Sign("…"),) * len(self.columns)
        return replace(self, rows=(*self.rows[:FIRST], between, *self.rows[-LAST:]), title=f"{self.title}{note}")

    @property
    def packed(self) -> dict:
        """The table as plain data, for a notebook to keep beside its HTML; `unpacked` gives it back."""
        return {
            "title": self.title,
            "language": self.language,
            "columns": [{"code": column.code, "label": dict(column.label)} for column in self.columns],
            "rows": [[packed(cell) for cell in row] for row in self.rows],
        }

    @classmethod
    def unpacked(cls, found: Mapping) -> Table:
        """Take what `packed` gave."""
        columns = tuple(Column(column["code"], Text(**column["label"])) for column in found["columns"])
        rows = tuple(tuple(unpacked(cell) for cell in row) for row in found["rows"])
        return cls(columns, rows, found["language"], found["title"])

    @property
    def _by_column(self) -> list[tuple[Cell, ...]]:
        return list(zip(*self.rows, strict=True)) if self.rows else [()] * len(self.columns)

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        """Show the table in a notebook: rows as HTML and, for other forms, as data; none where there is none."""
        shown = self.abridged
        return {"text/html": shown.html, TYPED: shown.packed} if self.rows else {"text/plain": NOT_PRINTED}


def of_rows(rows: Sequence[Mapping[object, Cell]], columns: Mapping[object, Column], language: str) -> Table:
    """Make a table of rows that have their cells by key; `columns` says in their order what stands under each."""
    cells = tuple(tuple(in_language(row.get(key, NOT_PRINTED), language) for key in columns) for row in rows)
    return Table(tuple(columns.values()), cells, language)


def of_columns(columns: Mapping[object, Sequence[Cell]]) -> list[dict[object, Cell]]:
    """Give the rows of what is told column by column."""
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def numbered(number: int) -> Column:
    """Declare a column that is headed by a number: a year or a place."""
    return Column(str(number), Text(zh=str(number), en=str(number)))


def in_language(value: object, language: str) -> object:
    """Give a phrase or a range in one language; anything else as it is."""
    if isinstance(value, Range):
        return value.in_language(language)
    return value[language] if isinstance(value, Text) else value


def _values(code: str, cells: tuple[Cell, ...]) -> list[tuple[str, tuple[list, object]]]:
    """Give the values of a column by name; ranges as two columns, estimates with their interval as three."""
    known = [cell for cell in cells if not isinstance(cell, Sign)]
    values = [value_of(cell) for cell in cells]
    sizes = {len(value) if isinstance(value, tuple) else 1 for value in map(value_of, known)}
    if len(sizes) == 1 and (size := sizes.pop()) > 1:
        parts = zip(*((nan,) * size if value is None else value for value in values), strict=True)
        return [(f"{code}{end}", (list(part), float)) for end, part in zip(ENDS[-size:], parts, strict=True)]
    plain = [str(cell) if isinstance(value, tuple) else value for cell, value in zip(cells, values, strict=True)]
    return [(code, (plain, _dtype(known)))]


def _dtype(known: list[Cell]) -> object:
    """Give the type of a column's values by what it holds."""
    if not known:
        return float
    if all(isinstance(cell, Lamp) for cell in known):
        return LAMPS
    if all(isinstance(cell, WHOLE) for cell in known):
        return "Int64"
    if all(isinstance(cell, date) for cell in known):
        return "datetime64[s]"
    return float if all(isinstance(value_of(cell), NUMBERS) for cell in known) else object


def _numeric(cells: tuple[Cell, ...]) -> bool:
    known = [cell for cell in cells if not isinstance(cell, Sign) and cell != ""]
    return bool(known) and all(map(is_figure, known))
