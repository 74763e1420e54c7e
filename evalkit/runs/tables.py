"""The tables of reports as files: those of one beside it, and those of all cities or departments joined."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from evalkit.reporting.report import Report
from evalkit.reporting.workbook import write_csv, write_workbook
from evalkit.runs.chapters import of_the_round, shown
from evalkit.runs.kinds import Kind

Tables = dict[str, pd.DataFrame]
Rows = list[list[str]]
CODES = {"city": "code", "department": "department_code"}
ANNEX, FOLDER = "annex.xlsx", "tables"


def tables_of(report: Report, kind: Kind) -> Tables:
    """Give the tables of a report that its study shows and has something to show in, by name."""
    return _made(report, shown(report.study, kind))


def write_files(report: Report, kind: Kind, folder: Path, *, name: str) -> None:
    """Write the tables of a report beside it: one CSV each into tables/, and all of them into annex.xlsx.

    `name` is what people call the city or department. In its CSV files its code and name come first, since they are
    joined to those of the others; the workbook of a city has the tables of the round as well.
    """
    own = tables_of(report, kind)
    sheets = own | _made(report, of_the_round(report.study)) if kind.each == "city" else own
    if kind.each:
        header = f"{name} {report.year}  {report.edition_line}"
        own = {key: _told(report, kind, table, name) for key, table in own.items()}
    else:
        header = f"{name}  {report.edition_line}"
    write_tables(report, own, folder / FOLDER)
    named = {report.word(f"sheet_{key}"): _marked(report, table) for key, table in sheets.items()}
    write_workbook(named, folder / ANNEX, header=header)


def write_round(report: Report, folder: Path) -> None:
    """Write the tables that every city report shows."""
    write_tables(report, _made(report, of_the_round(report.study)), folder)


def write_tables(report: Report, tables: Tables, folder: Path) -> None:
    """Write one CSV a table."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        write_csv(_marked(report, table), folder / f"{name}.csv")


def join(parts: Mapping[str, Path], before: Path | None, kept: Sequence[str], order: Sequence[str], into: Path) -> None:
    """Join one table of several cities or departments, a CSV each by code, in an order of codes.

    Those that are `kept` as they were have the rows that they have in the file of `before`, if there is one.
    """
    found = {code: _read(part) for code, part in parts.items() if part.is_file()}
    if kept and before:
        header, *rows = _read(before)
        for row in rows:
            if row[0] in kept:
                found.setdefault(row[0], [header]).append(row)
    if found:
        _write(_aligned([found[code] for code in order if code in found]), into)


def _made(report: Report, tables: Mapping) -> Tables:
    made = {name: table(report) for name, table in tables.items()}
    return {name: table for name, table in made.items() if table is not None}


def _told(report: Report, kind: Kind, table: pd.DataFrame, name: str) -> pd.DataFrame:
    told = table.copy()
    told.insert(0, report.word(CODES[kind.each]), report.code)
    told.insert(1, report.word(kind.each), name)
    return told


def _marked(report: Report, table: pd.DataFrame) -> pd.DataFrame:
    """Say of made-up data that they are, in every row: rows are copied from file to file."""
    return table.assign(**{report.word("data_mark"): report.mark}) if report.mark else table


def _aligned(tables: Sequence[Rows]) -> Rows:
    """Put tables under one header; where theirs differ, each has blanks in the columns that it lacks."""
    header = tables[0][0]
    if any(table[0] != header for table in tables):
        header = list(dict.fromkeys(label for table in tables for label in table[0]))
        told = [[dict(zip(table[0], row, strict=True)) for row in table[1:]] for table in tables]
        return [header, *([row.get(label, "") for label in header] for rows in told for row in rows)]
    return [header, *(row for table in tables for row in table[1:])]


def _read(path: Path) -> Rows:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def _write(rows: Rows, path: Path) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
