"""What the reports of a request have in common, worked out before any of them is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from evalkit.readings.editions import editions_of
from evalkit.reporting.report import Report
from evalkit.runs.chapters import shared, shown
from evalkit.runs.formats import XLSX
from evalkit.runs.kinds import ReportKind, Tables
from evalkit.runs.request import RunRequest
from evalkit.runs.tables import publications, tables_of


def lay(request: RunRequest) -> None:
    """Make the tables that several reports show, and those of the first report of each kind that is made for many.

    With those, all that the others select from is computed, and hangs on the study; but for what the province achieved,
    of which the first department may have no target, for where figures are from, which each workbook names, and for
    what the register says of the edition before.
    """
    for work in _works(request):
        with suppress(Exception):  # the reports that need it will say so, each for itself
            work()


def _works(request: RunRequest) -> Iterator[Callable[[], object]]:
    study = request.study
    yield lambda: (before := editions_of(study, request.year)) and before.figures
    yield lambda: study.assessed and study.assessed.province
    if XLSX in request.formats:
        yield lambda: publications(request.report)
    yield from (lambda table=table: table(request.report) for table in _shared(request))
    yield from (partial(_first, request, kind) for kind in request.kinds if kind.each)


def _first(request: RunRequest, kind: ReportKind) -> Tables:
    return tables_of(request.make(next(one for one in request.reports if one.kind is kind)), kind)


def _shared(request: RunRequest) -> list[Callable[[Report], object]]:
    """The tables that more than one kind of report shows, and those of the round that each of a kind shows."""
    times = Counter(table for kind in request.kinds for table in shown(request.study, kind).values())
    of_each = [table for kind in request.kinds for table in shared(request.study, kind).values()]
    return [*(table for table, number in times.items() if number > 1), *of_each]
