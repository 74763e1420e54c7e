"""What a dataset's tables must meet; every offender is told by file and row, with found and expected."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd

from evalkit.base.errors import DataError, Problem, one_of
from evalkit.base.limits import TABLE_BYTES
from evalkit.base.reading import read_text
from evalkit.data.coverage import coverage, places_among
from evalkit.data.metadata import DATED, Metadata
from evalkit.data.places import Places, in_files

COLUMNS = ("variable", "region", "year", "value", "state", "publication", "unit")
OPTIONAL = ("unit",)
STATES = ("value", "missing", "not applicable", "not due", "disputed")
WITHOUT_VALUE = STATES[1:4]  # a disputed figure is known
KEY = ["variable", "region", "unit", "year"]
SHOWN = 40
_TIMES = dict.fromkeys(OPTIONAL, (0, 1))


class MisfitError(DataError):
    """Tables do not fit: `problems` are the first offenders, and `every` has all of them."""

    def __init__(self, title: str, problems: Sequence[Problem | str], every: tuple[Problem | str, ...]):
        super().__init__(title, problems)
        self.every = every


def read_table(folder: Path) -> pd.DataFrame:
    """Read every CSV of a folder as text, one row a figure, with `file` and `row` (as a spreadsheet counts)."""
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise DataError(f"{folder} holds no table", [Problem(str(folder), "no .csv file", "one at least")])
    wrong: list[Problem] = []
    read = [_read(file, wrong) for file in files]
    refuse("cannot be read", wrong)
    cells = {name: pd.array([*chain.from_iterable(each[name] for each in read)], dtype="str") for name in COLUMNS}
    rows = [each["row"] for each in read]
    codes = np.repeat(range(len(files)), [len(each) for each in rows])
    origin = {"file": pd.Categorical.from_codes(codes, [file.name for file in files]), "row": np.concatenate(rows)}
    table = pd.DataFrame(cells | origin)
    blank = (table[[*COLUMNS]] == "").all(axis=1)
    return table[~blank].reset_index(drop=True) if blank.any() else table


def check_table(
    table: pd.DataFrame,
    metadata: Metadata,
    regions: pd.DataFrame,
    *,
    whole: bool = True,
    places: Places | None = None,
) -> pd.DataFrame:
    """Give the table with numbers for text, or say all that is wrong with it; one that is not `whole` may lack figures.

    Its rows are named by their `places`, or by the `file` and the `row` that it tells of each.

    Raises
    ------
    DataError
        Unknown names, text where a number should be, duplicates, values outside what the variable allows, values
        that contradict their state, declared figures without a row, and rows that nobody declared.
    """
    places = places or in_files(table)
    typed = table.assign(value=_numbers(table.value), year=_numbers(table.year))[[*COLUMNS]]
    wrong = _unknown_in_metadata(metadata, regions, places) + _cells(table, typed.value, metadata, regions, places)
    absent, beyond = coverage(typed, metadata, regions, places)
    wrong += _duplicates(typed, places) + _ranges(typed, metadata, places) + (absent if whole else []) + beyond
    refuse("do not fit", wrong)
    return typed


def _numbers(texts: pd.Series) -> pd.Series:
    """Give numbers for texts; NaN for what is none. A text that stands often is read once."""
    places, once = pd.factorize(texts)
    return pd.Series(pd.to_numeric(once, errors="coerce").to_numpy()[places], index=texts.index)


def refuse(why: str, wrong: Sequence[Problem | str]) -> None:
    """Raise MisfitError with the first offenders, if there are any, and how many more there are."""
    if wrong:
        more = [f"… and {len(wrong) - SHOWN} more"] if len(wrong) > SHOWN else []
        raise MisfitError(f"the tables hold {len(wrong)} thing(s) that {why}", [*wrong[:SHOWN], *more], tuple(wrong))


def _read(file: Path, wrong: list[Problem]) -> dict[str, list]:
    """Give the columns of a file, with `row`; what cannot be read is added to `wrong`."""
    (width, *sizes), cells = _records(file, wrong)
    header = cells[:width]
    wrong += _columns(header, file)
    wrong += [
        Problem(f"{file.name} row {number}", f"{size} cell(s)", str(width))
        for number, size in enumerate(sizes, start=2)
        if size not in (0, width)
    ]
    columns = {name: cells[place + width :: width] for place, name in enumerate(header)}
    rows = np.flatnonzero(sizes) + 2
    return {"unit": [""] * len(rows), **columns, "row": rows}


def _records(file: Path, wrong: list[Problem]) -> tuple[list[int], list[str]]:
    """Give the number of cells of every record, and all cells one after another.

    One list, and one string for all cells with the same text, take half of the time and memory of a list a record.
    """
    sizes, cells = [], []
    same = {}.setdefault
    try:
        text = read_text(file, most=TABLE_BYTES, error=DataError)
        for record in csv.reader(io.StringIO(text, newline="")):
            sizes.append(len(record))
            cells += map(same, record, record)
        return sizes or [0], cells
    except DataError as error:
        wrong += error.problems
    except csv.Error as error:
        wrong.append(Problem(file.name, str(error), "a table in CSV"))
    return [len(COLUMNS)], list(COLUMNS)


def _columns(found: list[str], file: Path) -> list[Problem]:
    unknown = [Problem(file.name, f"the column {c!r}", one_of(c, COLUMNS)) for c in found if c not in COLUMNS]
    times = {column: found.count(column) for column in COLUMNS}
    return unknown + [
        Problem(file.name, f"the column {c!r} {n} times", "once")
        for c, n in times.items()
        if n not in _TIMES.get(c, (1,))
    ]


def _cells(
    table: pd.DataFrame, values: pd.Series, metadata: Metadata, regions: pd.DataFrame, places: Places
) -> list[Problem]:
    """Check the cells one by one; `values` are those of the table as numbers, where they are some."""
    known = {
        "variable": list(metadata.variables),
        "region": list(regions.index),
        "state": list(STATES),
        "publication": list(metadata.publications),
    }
    unknown = pd.DataFrame({name: ~table[name].isin(options) for name, options in known.items()})
    unknown["year"] = ~table.year.str.fullmatch("[0-9]{4}")
    blank = table.value.str.strip() == ""
    no_number = ~blank & ~np.isfinite(values)

    @cache
    def expected(column: str, found: str) -> str:
        return one_of(found, known[column]) if column in known else "a year"

    at = [(row, unknown.columns[number]) for row, number in np.argwhere(unknown.to_numpy())]
    cells = [(row, column, table[column][row]) for row, column in at]
    problems = [
        # of what is not shown, no near name is looked for: it takes milliseconds each
        Problem(places.cell(row, column), repr(found), expected(column, found) if number < SHOWN else "")
        for number, (row, column, found) in enumerate(cells)
    ]
    problems += [
        Problem(places.cell(row, "value"), repr(table.value[row]), "a number, or nothing")
        for row in table.index[no_number]
    ]
    return problems + _contradictions(table, blank, places)


def _contradictions(table: pd.DataFrame, blank: pd.Series, places: Places) -> list[Problem]:
    is_value = table.state == "value"
    without = [
        Problem(places.cell(row, "value"), "nothing, with the state 'value'", "a number, or another state")
        for row in table.index[is_value & blank]
    ]
    beside = [
        Problem(
            places.cell(row, "value"),
            f"{table.value[row]!r}, with the state {table.state[row]!r}",
            "nothing, or 'value'",
        )
        for row in table.index[~is_value & ~blank & (table.state != "disputed")]
    ]
    return without + beside


def _duplicates(table: pd.DataFrame, places: Places) -> list[Problem]:
    again = table.duplicated(KEY) & table.year.notna()
    if not again.any():
        return []
    first = table.index.to_series().groupby([table[name] for name in KEY], dropna=False).transform("first")
    return [
        Problem(
            places.cell(row, "variable"),
            f"{table.variable[row]} of {table.region[row]} in {table.year[row]:.0f} again",
            f"one row, as {places.row(first[row])} has it",
        )
        for row in table.index[again]
    ]


def _ranges(table: pd.DataFrame, metadata: Metadata, places: Places) -> list[Problem]:
    bounds = np.array([*(variable.valid for variable in metadata.variables.values()), (None, None)], dtype=float)
    low, high = bounds[places_among(table.variable, metadata.variables)].T
    outside = (table.value < low) | (table.value > high)
    return [
        Problem(
            places.cell(row, "value"),
            f"{table.variable[row]} = {table.value[row]:g}",
            _interval(low[row], high[row]),
        )
        for row in table.index[outside]
    ]


def _interval(low: float, high: float) -> str:
    if np.isnan(high):
        return f"{low:g} or more"
    return f"{high:g} or less" if np.isnan(low) else f"{low:g} to {high:g}"


def _unknown_in_metadata(metadata: Metadata, regions: pd.DataFrame, places: Places) -> list[Problem]:
    levels, codes = list(regions.level.unique()), list(regions.index)
    named = [
        (name, kind, found, known)
        for name, variable in metadata.variables.items()
        for kind, given, known in (
            ("levels", variable.levels, levels),
            *((kind, [one.region for one in getattr(variable, kind) if one.region], codes) for kind in DATED),
        )
        for found in given
    ]
    return [
        Problem(f"{places.metadata}, {kind} of {name}", repr(found), one_of(found, known))
        for name, kind, found, known in named
        if found not in known
    ]
