"""What a dataset's tables must meet; every offender is told by file and row, with found and expected."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from evalkit.data.metadata import Metadata
from evalkit.data.regions import in_year
from evalkit.errors import DataError, Offence, one_of

COLUMNS = ("variable", "region", "year", "value", "state", "publication", "unit")
OPTIONAL = ("unit",)
STATES = ("value", "missing", "not applicable", "not due", "disputed")
SHOWN = 40
_TIMES = dict.fromkeys(OPTIONAL, (0, 1))


def read_table(folder: Path) -> pd.DataFrame:
    """Read every CSV of a folder as text, one row a figure, with `file` and `row` (as a spreadsheet counts)."""
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise DataError(f"{folder} holds no table", [Offence(str(folder), "no .csv file", "one at least")])
    wrong: list[Offence] = []
    rows = [row for file in files for row in _rows(file, wrong)]
    _refuse("cannot be read", wrong)
    return pd.DataFrame(rows, columns=[*COLUMNS, "file", "row"]).astype(dict.fromkeys(COLUMNS, str))


def check_table(table: pd.DataFrame, metadata: Metadata, regions: pd.DataFrame) -> pd.DataFrame:
    """Give the table with numbers for text, or say all that is wrong with it.

    Raises
    ------
    DataError
        Unknown names, text where a number should be, duplicates, values outside what the variable allows, values
        that contradict their state, declared figures without a row, and rows that nobody declared.
    """
    wrong = _unknown_in_metadata(metadata, regions) + _cells(table, metadata, regions)
    typed = table.assign(
        value=pd.to_numeric(table.value, errors="coerce"), year=pd.to_numeric(table.year, errors="coerce")
    )
    wrong += _duplicates(typed) + _ranges(typed, metadata) + _coverage(typed, metadata, regions)
    _refuse("do not fit", wrong)
    return typed.drop(columns=["file", "row"])


def _refuse(why: str, wrong: list[Offence]) -> None:
    if wrong:
        more = [f"… and {len(wrong) - SHOWN} more"] if len(wrong) > SHOWN else []
        raise DataError(f"the tables hold {len(wrong)} thing(s) that {why}", [*wrong[:SHOWN], *more])


def _rows(file: Path, wrong: list[Offence]) -> Iterator[dict]:
    """Give the rows of a file that are not blank; what cannot be read is added to `wrong`."""
    header, *records = _records(file, wrong)
    wrong += _columns(header, file)
    for number, record in enumerate(records, start=2):
        if len(record) not in (0, len(header)):
            wrong.append(Offence(f"{file.name} row {number}", f"{len(record)} cell(s)", str(len(header))))
        elif any(record):
            yield {"unit": "", **dict(zip(header, record, strict=True)), "file": file.name, "row": number}


def _records(file: Path, wrong: list[Offence]) -> list[list[str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.reader(stream)) or [[]]
    except UnicodeDecodeError:
        wrong.append(Offence(file.name, "another encoding", "UTF-8 (in Excel, save as “CSV UTF-8”)"))
    except csv.Error as error:
        wrong.append(Offence(file.name, str(error), "a table in CSV"))
    return [list(COLUMNS)]


def _columns(found: list[str], file: Path) -> list[Offence]:
    unknown = [Offence(file.name, f"the column {c!r}", one_of(c, COLUMNS)) for c in found if c not in COLUMNS]
    times = {column: found.count(column) for column in COLUMNS}
    return unknown + [
        Offence(file.name, f"the column {c!r} {n} times", "once")
        for c, n in times.items()
        if n not in _TIMES.get(c, (1,))
    ]


def _cells(table: pd.DataFrame, metadata: Metadata, regions: pd.DataFrame) -> list[Offence]:
    """Check the cells one by one, through a pandera schema that collects every failure."""
    import pandera.pandas as pa

    blank = table.value.str.strip() == ""
    known = {
        "variable": list(metadata.variables),
        "region": list(regions.index),
        "state": list(STATES),
        "publication": list(metadata.publications),
    }
    number = pa.Check(lambda s: pd.to_numeric(s, errors="coerce").map(np.isfinite), error="a number, or nothing")
    columns = {name: pa.Column(str, pa.Check.isin(options)) for name, options in known.items()}
    columns["year"] = pa.Column(str, pa.Check.str_matches(r"^\d{4}$"))
    failures = _failures(pa.DataFrameSchema(columns), table)
    failures += _failures(pa.DataFrameSchema({"value": pa.Column(str, number)}), table[~blank])
    offences = [
        Offence(
            _where(table, row, column),
            repr(found),
            one_of(found, known[column]) if column in known else {"year": "a year"}.get(column, "a number, or nothing"),
        )
        for row, column, found in failures
    ]
    return offences + _contradictions(table, blank)


def _failures(schema, table: pd.DataFrame) -> list[tuple[int, str, str]]:
    from pandera.errors import SchemaErrors

    try:
        schema.validate(table, lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases.sort_values("index")
        return list(cases[["index", "column", "failure_case"]].itertuples(index=False, name=None))
    return []


def _contradictions(table: pd.DataFrame, blank: pd.Series) -> list[Offence]:
    is_value = table.state == "value"
    without = [
        Offence(_where(table, row, "value"), "nothing, with the state 'value'", "a number, or another state")
        for row in table.index[is_value & blank]
    ]
    beside = [
        Offence(
            _where(table, row, "value"),
            f"{table.value[row]!r}, with the state {table.state[row]!r}",
            "nothing, or 'value'",
        )
        for row in table.index[~is_value & ~blank & (table.state != "disputed")]
    ]
    return without + beside


def _duplicates(table: pd.DataFrame) -> list[Offence]:
    keys = ["variable", "region", "unit", "year"]
    repeated = table[table.duplicated(keys)]
    first = table.drop_duplicates(keys).set_index(keys)
    return [
        Offence(
            _where(table, row, "variable"),
            f"{values.variable} of {values.region} in {values.year:.0f} again",
            f"one row, as {first.file[tuple(values[keys])]} row {first.row[tuple(values[keys])]} has it",
        )
        for row, values in repeated.iterrows()
        if values[keys].notna().all()
    ]


def _ranges(table: pd.DataFrame, metadata: Metadata) -> list[Offence]:
    low = table.variable.map({name: v.valid[0] for name, v in metadata.variables.items()}).astype(float)
    high = table.variable.map({name: v.valid[1] for name, v in metadata.variables.items()}).astype(float)
    outside = (table.value < low) | (table.value > high)
    return [
        Offence(
            _where(table, row, "value"),
            f"{table.variable[row]} = {table.value[row]:g}",
            _interval(low[row], high[row]),
        )
        for row in table.index[outside]
    ]


def _interval(low: float, high: float) -> str:
    if np.isnan(high):
        return f"{low:g} or more"
    return f"{high:g} or less" if np.isnan(low) else f"{low:g} to {high:g}"


def _coverage(table: pd.DataFrame, metadata: Metadata, regions: pd.DataFrame) -> list[Offence]:
    """Hold the rows that are there against the figures that are declared, both ways."""
    declared = _declared(metadata, regions)
    known = table[table.variable.isin(list(metadata.variables)) & table.region.isin(regions.index) & table.year.notna()]
    keys = zip(known.variable.tolist(), known.region.tolist(), known.year.astype(int).tolist(), strict=True)
    present = dict(zip(keys, known.index.tolist(), strict=True))
    absent = [
        Offence(f"{name} of {region} in {year}", "no row", "a row; a blank value with a state will do")
        for name, region, year in declared
        if (name, region, year) not in present and metadata.variables[name].kind != "facility"
    ]
    beyond = [
        Offence(_where(table, row, "variable"), f"{name} of {region} in {year}", _declares(metadata, name))
        for (name, region, year), row in present.items()
        if (name, region, year) not in declared
    ]
    return absent + beyond + _facilities(known, metadata)


def _declared(metadata: Metadata, regions: pd.DataFrame) -> dict[tuple[str, str, int], None]:
    """Give every variable, region and year that has a figure, in the order of the metadata."""

    @cache
    def there(levels: tuple[str, ...], year: int) -> list[str]:
        return regions.index[regions.level.isin(levels) & in_year(regions, year)].tolist()

    return dict.fromkeys(
        (name, region, year)
        for name, variable in metadata.variables.items()
        for year in variable.calendar
        for region in there(variable.levels, year)
    )


def _facilities(known: pd.DataFrame, metadata: Metadata) -> list[Offence]:
    """Hold the name of the facility against the kind of the variable."""
    of_facilities = known.variable.map({name: v.kind == "facility" for name, v in metadata.variables.items()})
    named = known.unit.str.strip() != ""
    nameless = [
        Offence(_where(known, row, "unit"), "nothing", "a facility") for row in known.index[of_facilities & ~named]
    ]
    beside = [
        Offence(_where(known, row, "unit"), repr(known.unit[row]), f"nothing: {known.variable[row]} is not by facility")
        for row in known.index[~of_facilities & named]
    ]
    return nameless + beside


def _declares(metadata: Metadata, name: str) -> str:
    variable = metadata.variables[name]
    step = f" every {variable.every} years" if variable.every > 1 else ""
    years = f"{variable.years[0]}–{variable.years[1]}{step}"
    return f"what metadata.yaml declares: {' and '.join(variable.levels)}, {years}"


def _unknown_in_metadata(metadata: Metadata, regions: pd.DataFrame) -> list[Offence]:
    levels = list(regions.level.unique())
    named = [
        (name, kind, found, known)
        for name, variable in metadata.variables.items()
        for kind, given, known in (
            ("levels", variable.levels, levels),
            ("breaks", [b.region for b in variable.breaks if b.region], list(regions.index)),
        )
        for found in given
    ]
    return [
        Offence(f"metadata.yaml, {kind} of {name}", repr(found), one_of(found, known))
        for name, kind, found, known in named
        if found not in known
    ]


def _where(table: pd.DataFrame, row: int, column: str) -> str:
    return f"{table.file[row]} row {table.row[row]}, column {column!r}"
