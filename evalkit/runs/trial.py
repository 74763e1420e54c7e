"""A trial: what the reports of a request say and table is made in this process; figures are made, and not drawn."""

from __future__ import annotations

import re
import time
import traceback
from collections.abc import Callable, Iterator

from nbformat import NotebookNode

from evalkit.base.errors import EvalkitError
from evalkit.loading import held
from evalkit.runs.chapters import shared, shown
from evalkit.runs.engine import read
from evalkit.runs.index import context
from evalkit.runs.kinds import ReportId
from evalkit.runs.parameters import TAG
from evalkit.runs.request import RunRequest
from evalkit.runs.scheduling import Outcome, environment, said
from evalkit.runs.shell import Shell, fresh_shell

HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
WORD = re.compile(r"\w+")
SHOWN = 3
Faults = dict[str, str]  # what happened, and where it first did


def attempt(request: RunRequest, *, on_done: Callable[[Outcome], None] = lambda outcome: None) -> None:
    """Make all that the reports of a request show but for the pictures, and leave nothing.

    Raises EvalkitError with every cell and table that would fail, and the reports in which it would.
    """
    found: dict[tuple[str, str], list[str]] = {}
    with held(request.study), environment({"EVALKIT_ROOT": str(request.study.root)}):
        for report_id in request.reports:
            started = time.monotonic()
            faults = _faults(request, report_id)
            for happened, where in faults.items():
                found.setdefault((where, happened), []).append(f"{report_id.name} {request.label(report_id)}")
            on_done(Outcome(report_id.name, time.monotonic() - started, next(iter(faults), None)))
        if happened := _raised(lambda: context(request, {"reports": {}, "made_from": {}})):
            found["index.html", happened] = ["the index page"]
    if found:
        title = f"the study {request.study.round.code} cannot be reported as it is declared"
        raise EvalkitError(title, [_line(*fault, reports) for fault, reports in found.items()])


def _faults(request: RunRequest, report_id: ReportId) -> Faults:
    """Give what would go wrong in a report; what goes wrong again, since more rests on it, is told once."""
    faults: Faults = {}
    with fresh_shell(shows=False) as shell:
        for where, happened in (*_of_cells(shell, request, report_id), *_of_tables(request, report_id)):
            faults.setdefault(happened, where)
    return faults


def _of_cells(shell: Shell, request: RunRequest, report_id: ReportId) -> Iterator[tuple[str, str]]:
    """Run the cells of a report one after another; one may lack a name that stands in another that failed."""
    lacking: set[str] = set()
    left_out = request.study.round.leave_out.get(report_id.kind.notebook, ())
    for heading, cell in _cells(read(request.template(report_id.kind), left_out)):
        error = None if shell.run(cell) else shell.error
        if isinstance(error, KeyboardInterrupt):
            raise error
        if TAG in cell.metadata.get("tags", []):
            shell.push(request.parameters_of(report_id))
        if error and not (isinstance(error, NameError) and error.name in lacking):
            yield f"{report_id.kind.path.name}, {heading}: `{_culprit(cell, error)}`", said(error)
        if error:
            lacking |= set(WORD.findall(cell.source))


def _of_tables(request: RunRequest, report_id: ReportId) -> Iterator[tuple[str, str]]:
    """Make the tables that stand beside a report, of which its notebook may not show all."""
    for name, table in {**shown(request.study, report_id.kind), **shared(request.study, report_id.kind)}.items():
        if happened := _raised(lambda table=table: table(request.make(report_id))):
            yield f"{name}.csv", happened


def _cells(notebook: NotebookNode) -> Iterator[tuple[str, NotebookNode]]:
    """Give the cells of code, each with the heading above it."""
    heading = "at the top"
    for cell in notebook.cells:
        if cell.cell_type == "code":
            yield heading, cell
        elif headings := HEADING.findall(cell.source):
            heading = headings[-1].strip()


def _culprit(cell: NotebookNode, error: BaseException) -> str:
    """Give the line of a cell that failed, or is no Python; the first, where none is known."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith("<ipython")]
    line = frames[0].lineno if frames else getattr(error, "lineno", None) or 1
    return cell.source.splitlines()[line - 1].strip()


def _raised(make: Callable[[], object]) -> str | None:
    try:
        make()
    except Exception as error:  # whatever it is, the check is to say so
        return said(error)
    return None


def _line(where: str, happened: str, reports: list[str]) -> str:
    more = f" … ({len(reports)} in all)" if len(reports) > SHOWN else ""
    return f"{where}: {happened}; in {', '.join(reports[:SHOWN])}{more}"
