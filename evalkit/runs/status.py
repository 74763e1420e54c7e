"""The page of a run that says where everybody stands who hands figures in, with its tables as CSV."""

from __future__ import annotations

from pathlib import Path

from evalkit.reporting.chapters.reporters.sentences import lead
from evalkit.reporting.chapters.reporters.tables import late, open_objections, reporters
from evalkit.runs.request import RunRequest
from evalkit.runs.tables import write_tables
from evalkit.tabular import Table

PAGE = "status.html"
TABLES = {"status": reporters, "late": late, "open_objections": open_objections}


def has_status(request: RunRequest) -> bool:
    """Whether there is anything to say: the study has a register."""
    return request.study.round.register is not None


def status_context(request: RunRequest) -> dict:
    """Give what the template needs: names, what leads, the tables as HTML."""
    report = request.report
    return {
        "language": request.language,
        "kicker": f"{request.study.round.title[request.language]} {request.year}",
        "title": report.word("reporting_title"),
        "edition": report.edition_line,
        "mark": report.mark,
        "lead": lead(report),
        "tables": [table.html for table in status_tables(request).values() if table.rows],
        "links": [(report.word("link_index"), "index.html")],
    }


def status_tables(request: RunRequest) -> dict[str, Table]:
    """Give the tables of the page by the names of their files."""
    return {name: make(request.report) for name, make in TABLES.items()}


def write_status_tables(request: RunRequest, folder: Path) -> None:
    """Write the tables of the page as CSV."""
    write_tables(request.report, status_tables(request), folder)
