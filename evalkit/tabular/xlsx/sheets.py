"""Sheets of an Excel workbook that people fill in: their columns and their records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

EMPTY = '""'  # a text of no length: a blank cell says that there is none
SEPARATORS = "；;、\n"
HEADER_ROWS = 2


@dataclass(frozen=True)
class Field:
    """One field: its key (a path such as `goalposts.worst`), its Chinese heading, and what its cells hold.

    A `name` is the code under which a record is declared; a `day` is ISO text and a date in the cell; `codes` are
    several texts in one cell, `amounts` several `code=number`; `hint` is shown where the cell is filled in.
    """

    key: str
    heading: str
    kind: Literal["text", "name", "number", "day", "truth", "codes", "amounts"] = "text"
    options: tuple[str, ...] = ()
    hint: str = ""

    @property
    def path(self) -> tuple[str | int, ...]:
        """The way to the field: `valid.0` is the first item of `valid`."""
        return tuple(int(part) if part.isdecimal() else part for part in self.key.split("."))


@dataclass(frozen=True)
class Sheet:
    """A sheet to be written: one row a record; a form has one record, its fields one below the other."""

    name: str
    columns: tuple[Field, ...]
    records: Sequence[Mapping[str, object]]
    form: bool = False


@dataclass(frozen=True)
class Row:
    """What one row (or a form) says: the values of its filled cells, and the address of each cell, by key."""

    values: dict[str, object]
    cells: dict[str, str]

    def nested(self, *keys: str) -> dict:
        """Give the values of some columns, or of all, as nested data: `name.zh` is data["name"]["zh"]."""
        data = {}
        for key in keys or self.values:
            if key in self.values:
                *way, last = Field(key, "").path
                here = data
                for part in way:
                    here = here.setdefault(part, {})
                here[last] = self.values[key]
        return _with_tuples(data)

    def at(self, start: tuple, *keys: str) -> dict[tuple, str]:
        """Give the address of every cell by the place of its value in data where this record stands at `start`."""
        chosen = keys or tuple(self.cells)
        return {start: self.cells[chosen[0]]} | {(*start, *Field(key, "").path): self.cells[key] for key in chosen}


def words(key: str, heading: str, *, hint: str = "") -> tuple[Field, Field]:
    """Give the two columns of a text in both languages."""
    return Field(f"{key}.zh", heading, hint=hint), Field(f"{key}.en", f"{heading}（英文）")


def flat(data: Mapping, columns: Iterable[Field]) -> dict[str, object]:
    """Give the values of nested data by the keys of columns, without those that are None."""
    found = {column.key: _follow(data, column.path) for column in columns}
    return {key: value for key, value in found.items() if value is not None and value != () and value != {}}


def digits(number: float) -> str:
    """Write a number, without a point where it is whole."""
    return repr(int(number) if number == int(number) else number)


def _follow(data: object, path: tuple) -> object:
    for part in path:
        inside = part in data if isinstance(data, Mapping) else isinstance(data, tuple)
        data = data[part] if inside else None
    return data


def _with_tuples(data: dict) -> dict | tuple:
    data = {key: _with_tuples(value) if isinstance(value, dict) else value for key, value in data.items()}
    if data and all(isinstance(key, int) for key in data):
        return tuple(data.get(number) for number in range(max(data) + 1))
    return data
