"""What the body of the province report shows of equality: what changed, in short, over the same cities."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.index import Group, Indicator
from evalkit.reporting.chapters.inequality.tables import decimals_of, measure_of, named
from evalkit.reporting.made import round_table
from evalkit.reporting.report import RoundReport
from evalkit.tabular import Table
from evalkit.tabular.cells import number, signed
from evalkit.tabular.table import numbered


@round_table
def moved_apart(report: RoundReport) -> Table | None:
    """The projects and services of which a change is known, by measure, those that moved apart most first.

    Both years and the change are over the cities that have a value in both, which are counted.
    """
    first, last = report.study.years[0], report.year
    if first == last:
        return None
    rows = [row for node in _read(report) if (row := _held(report, node, first, last))]
    rows.sort(key=lambda row: (row["measure"], -row["change_since"].value))
    columns = ["reading_of", "measure", numbered(first), numbered(last), "change_since", "cities_both_years"]
    return report.table(rows, columns, first=first, last=last)


def _read(report: RoundReport) -> Iterator[Indicator | Group]:
    """Give the projects that have a score, each with its services."""
    for project in report.projects:
        if project in report.scored_projects:
            yield project
            yield from (i for i in report.readings.services if report.system.project_of(i.code) == project)


def _held(report: RoundReport, node: Indicator | Group, first: int, last: int) -> dict | None:
    """Hold the two years against each other; None where too few cities have both."""
    table = report.equality.inequality(node.code, alike=(first, last))
    measure, decimals = measure_of(node), decimals_of(node)
    if table is None or table.loc[[first, last], measure].isna().any():
        return None
    found = table[measure]
    return {
        "reading_of": named(report, node),
        "measure": report.word(measure),
        numbered(first): number(found[first], decimals),
        numbered(last): number(found[last], decimals),
        "change_since": signed(found[last] - found[first], decimals),
        "cities_both_years": int(table.n[last]),
    }
