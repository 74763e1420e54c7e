"""What the body of the province report shows of equality: a short selection of the table of the annex."""

from __future__ import annotations

from dataclasses import replace

from evalkit.reporting.chapters.inequality import tables
from evalkit.reporting.report import RoundReport
from evalkit.tabular import Table
from evalkit.tabular.cells import Figures


def projects(report: RoundReport) -> Table | None:
    """The projects and services of which a change is known, by measure, those that moved apart most first."""
    first, last = report.study.years[0], report.year
    found = tables.projects(report)
    if first == last:
        return None
    measure, changed = (found.codes.index(code) for code in ("measure", "change_since"))
    rows = [row for row in found.rows if isinstance(row[changed], Figures)]
    rows.sort(key=lambda row: (row[measure], -row[changed].value))
    known = replace(found, rows=tuple(rows))
    return known.only("reading_of", "measure", str(first), str(last), "change_since")
