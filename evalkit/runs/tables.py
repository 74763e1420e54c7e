"""Every table of a round, from the functions that the notebooks call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evalkit.reporting import CityReport, RoundReport
from evalkit.reporting.report import Report
from evalkit.reporting.tables import OF_THE_ROUND
from evalkit.reporting.workbook import write_csv, write_workbook
from evalkit.runs.kinds import KINDS, Wanted
from evalkit.runs.order import Order

Tables = dict[str, pd.DataFrame]
CODES = {"city": "code", "department": "department_code"}


@dataclass(frozen=True)
class RoundTables:
    """The tables that every city report shows, by name, and those of each city and department by report and name."""

    order: Order
    reports: dict[Wanted, Report]
    of_the_round: Tables
    of_each: dict[Wanted, Tables]

    @classmethod
    def collect(cls, order: Order) -> RoundTables:
        """Compute all tables of all cities and departments, whichever are ordered: `tables/` is the whole round's."""
        study, result = order.study, order.study.evaluate()
        each = [Wanted(kind, code) for kind in KINDS.values() if kind.each for code in kind.codes(study)]
        reports = {
            wanted: wanted.kind.make(study, result, wanted.code, year=order.year, language=order.language)
            for wanted in each
        }
        one = _any_city(reports)
        of_each = {wanted: _made(report, wanted.kind.tables) for wanted, report in reports.items()}
        return cls(order, reports, _made(one, OF_THE_ROUND), of_each)

    @property
    def any_report(self) -> CityReport:
        """A report by which to ask for what all of them have."""
        return _any_city(self.reports)

    def write_tables(self, folder: Path) -> None:
        """Write one CSV a table; a table of cities or departments has all of them, with code and name first."""
        joined = {name: self._joined(found) for name, found in self._by_name().items()}
        _write_csvs(self.any_report, self.of_the_round | joined, folder)

    def write_workbook(self, wanted: Wanted, path: Path) -> None:
        """Write every table of one city or department, and for a city those of the round, into one workbook."""
        report, tables = self.reports[wanted], self.of_each[wanted]
        if wanted.kind.each == "city":
            tables = tables | self.of_the_round
        header = f"{self.order.label(wanted)} {report.year}  {report.edition_line}"
        write_workbook(_sheets(report, tables), path, header=header)

    def _by_name(self) -> dict[str, dict[Wanted, pd.DataFrame]]:
        found = {}
        for wanted, tables in self.of_each.items():
            for name, table in tables.items():
                found.setdefault(name, {})[wanted] = table
        return found

    def _joined(self, tables: Mapping[Wanted, pd.DataFrame]) -> pd.DataFrame:
        parts = []
        for wanted, table in tables.items():
            report, part = self.reports[wanted], table.copy()
            part.insert(0, report.word(CODES[wanted.kind.each]), wanted.code)
            part.insert(1, report.word(wanted.kind.each), self.order.label(wanted))
            parts.append(part)
        return pd.concat(parts, ignore_index=True)


def write_own(report: RoundReport, tables: Mapping[str, Callable], folder: Path, *, header: str) -> None:
    """Write the tables of a report that the round has one of: one CSV each into tables/, and all into annex.xlsx."""
    made = _made(report, tables)
    _write_csvs(report, made, folder / "tables")
    write_workbook(_sheets(report, made), folder / "annex.xlsx", header=header)


def _any_city(reports: Mapping[Wanted, Report]) -> CityReport:
    return next(report for report in reports.values() if isinstance(report, CityReport))


def _made(report: Report, tables: Mapping[str, Callable]) -> Tables:
    """Make the tables that the study has something to show in."""
    made = {name: table(report) for name, table in tables.items()}
    return {name: table for name, table in made.items() if table is not None}


def _write_csvs(report: Report, tables: Tables, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        write_csv(_marked(report, table), folder / f"{name}.csv")


def _sheets(report: Report, tables: Tables) -> Tables:
    return {report.word(f"sheet_{name}"): _marked(report, table) for name, table in tables.items()}


def _marked(report: Report, table: pd.DataFrame) -> pd.DataFrame:
    """Say of made-up data that they are, in every row: rows are copied from file to file."""
    return table.assign(**{report.word("data_mark"): report.mark}) if report.mark else table
