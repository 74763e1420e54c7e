"""The tables of reports as files: those of one beside it, and those of all cities or departments joined."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from evalkit.reporting.chapters.sources.tables import publications_of, used_variables
from evalkit.reporting.report import Report
from evalkit.reporting.sheets import front_lines, sheet_labels, sheet_notes
from evalkit.runs import archive
from evalkit.runs.chapters import shared, shown
from evalkit.runs.kinds import ReportKind
from evalkit.tabular import Table, csv
from evalkit.tabular.xlsx.printed import Front, write_workbook

Tables = dict[str, Table]
ANNEX, FOLDER, DATA = "annex.xlsx", "tables", "data"
SOURCES = "sources"  # the table that tells of each figure where it is from


def tables_of(report: Report, kind: ReportKind) -> Tables:
    """Give the tables of a report that its study shows and has something to show in, by name."""
    return _made(report, shown(report.study, kind))


def write_files(report: Report, kind: ReportKind, folder: Path, *, name: str, workbook: bool = True) -> None:
    """Write the tables of a report beside it: as CSV in tables.zip, and, in a `workbook`, all of them in annex.xlsx.

    `name` is what people call what it is made for. In its CSV files its code and name come first, since they are
    joined to those of the others; its workbook has the tables of the round that it shows as well, as they are shown.
    """
    own = tables_of(report, kind)
    texts = _texts(report, _joined(report, kind, own, name))
    archive.pack({file: csv.encoded(text) for file, text in texts.items()}, folder / archive.NAME)
    if workbook:
        of_the_round = _made(report, shared(report.study, kind))
        sheets = own | {name: table.abridged for name, table in of_the_round.items()}
        named = {table.title: _marked(report, table) for table in sheets.values()}
        write_workbook(named, folder / ANNEX, _front(report, kind, name, sheets))


def write_shared(report: Report, kind: ReportKind, folder: Path) -> None:
    """Write the tables of the round that each report of a kind shows."""
    write_tables(report, _made(report, shared(report.study, kind)), folder)


def write_tables(report: Report, tables: Tables, folder: Path) -> None:
    """Write two CSV a table: what is printed, and beside it in data/ the values under the codes of the columns."""
    (folder / DATA).mkdir(parents=True, exist_ok=True)
    for file, text in _texts(report, tables).items():
        csv.write(text, folder / file)


def files(name: str) -> tuple[str, str]:
    """Name the two files of a table: what is printed, and the values."""
    return f"{name}.csv", f"{DATA}/{name}.csv"


def publications(report: Report) -> list[str]:
    """Name the publications of all figures that a report may show, each once."""
    found = (one for code in used_variables(report) for one in publications_of(report, code))
    return list(dict.fromkeys(one.title[report.language] for one in found))


def _texts(report: Report, tables: Tables) -> dict[str, str]:
    """Give the two CSV of every table by the names of their files."""
    found = {}
    for name, table in tables.items():
        marked = _marked(report, table)
        found |= zip(files(name), (csv.printed_csv(marked), csv.data_csv(marked)), strict=True)
    return found


def _front(report: Report, kind: ReportKind, name: str, sheets: Tables) -> Front:
    """Say what a workbook is, of what its tables are, and where their figures are from."""
    line = " · ".join(filter(None, (report.edition_line, report.mark)))
    return Front(
        header=f"{name} {report.year}  {line}" if kind.each else f"{name}  {line}",
        title=report.title if kind.each else name,
        labels=sheet_labels(report.language, report.study),
        lines=front_lines(report),
        notes=sheet_notes(report, publications(report), where=sheets[SOURCES].title if SOURCES in sheets else None),
    )


def _made(report: Report, tables: Mapping) -> Tables:
    made = {name: table(report) for name, table in tables.items()}
    return {name: table for name, table in made.items() if table is not None}


def _joined(report: Report, kind: ReportKind, tables: Tables, name: str) -> Tables:
    """Give tables as they are joined to those of the others."""
    return {key: _with_subject(report, kind, table, name) for key, table in tables.items()} if kind.each else tables


def _with_subject(report: Report, kind: ReportKind, table: Table, name: str) -> Table:
    """Tell whose table it is, in its first two columns."""
    subject = {kind.each.code_label: report.code, kind.each.name: name}
    for at, (key, cell) in enumerate(subject.items()):
        table = table.with_column(report.column(key), cell, at=at)
    return table


def _marked(report: Report, table: Table) -> Table:
    """Say of made-up data that they are, in every row: rows are copied from file to file."""
    return table.with_column(report.column("data_mark"), report.mark) if report.mark else table
