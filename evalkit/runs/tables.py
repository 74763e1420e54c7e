"""Every table of a round, from the functions that the notebooks call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evalkit.reporting import CityReport, RoundReport
from evalkit.reporting.report import Report
from evalkit.reporting.tables import OF_A_CITY, OF_THE_ROUND
from evalkit.reporting.workbook import write_csv, write_workbook
from evalkit.runs.order import Order


@dataclass(frozen=True)
class RoundTables:
    """The tables that every city report shows, by name, and those of each city by city and name."""

    order: Order
    reports: dict[str, CityReport]
    of_the_round: dict[str, pd.DataFrame]
    of_a_city: dict[str, dict[str, pd.DataFrame]]

    @classmethod
    def collect(cls, order: Order) -> RoundTables:
        """Compute all tables of all cities, whichever of them are ordered: `tables/` is the whole round's."""
        result, study = order.study.evaluate(), order.study
        reports = {city: CityReport(study, result, city, order.year, order.language) for city in study.regions.index}
        one = next(iter(reports.values()))
        return cls(
            order,
            reports,
            {name: table(one) for name, table in OF_THE_ROUND.items()},
            {city: {name: table(r) for name, table in OF_A_CITY.items()} for city, r in reports.items()},
        )

    @property
    def edition_line(self) -> str:
        """What stands on every page of the round."""
        return next(iter(self.reports.values())).edition_line

    def write_tables(self, folder: Path) -> None:
        """Write one CSV a table; a table of cities has all of them, with their codes and names first."""
        _write_csvs(self.of_the_round | {name: self._joined(name) for name in OF_A_CITY}, folder)

    def write_workbook(self, city: str, path: Path) -> None:
        """Write every table of one city, and of the round, into one workbook."""
        report = self.reports[city]
        header = f"{report.city_name} {report.year}  {report.edition_line}"
        write_workbook(_sheets(report, self.of_a_city[city] | self.of_the_round), path, header=header)

    def _joined(self, name: str) -> pd.DataFrame:
        parts = []
        for city, report in self.reports.items():
            table = self.of_a_city[city][name].copy()
            table.insert(0, report.word("code"), city)
            table.insert(1, report.word("city"), report.city_name)
            parts.append(table)
        return pd.concat(parts, ignore_index=True)


def write_own(report: RoundReport, tables: Mapping[str, Callable], folder: Path, *, header: str) -> None:
    """Write the tables of a report that the round has one of: one CSV each into tables/, and all into annex.xlsx."""
    made = {name: table(report) for name, table in tables.items()}
    _write_csvs(made, folder / "tables")
    write_workbook(_sheets(report, made), folder / "annex.xlsx", header=header)


def _write_csvs(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        write_csv(table, folder / f"{name}.csv")


def _sheets(report: Report, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {report.word(f"sheet_{name}"): table for name, table in tables.items()}
