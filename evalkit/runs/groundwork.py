"""What the reports of a request have in common, worked out before any of them is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress

from evalkit.readings.editions import editions_of
from evalkit.reporting.report import Report
from evalkit.runs.chapters import shared, shown
from evalkit.runs.request import RunRequest
from evalkit.runs.tables import tables_of


def lay(request: RunRequest) -> None:
    """Read what reports read, and make the tables that several show, and those of the first of each kind made for many.

    With those, all that the others select from is computed, and hangs on the study; but for what the province achieved,
    of which the first department may have no target.
    """
    with suppress(Exception):
        _ = request.study.assessed and request.study.assessed.province
    with suppress(Exception):
        request.study.boundaries()
    with suppress(Exception):
        _ = (before := editions_of(request.study, request.year)) and before.figures
    for table in _shared(request):
        with suppress(Exception):  # the reports that show it will say so, each for itself
            table(request.report)
    for kind in request.kinds:
        if kind.each:
            with suppress(Exception):
                tables_of(request.make(next(one for one in request.reports if one.kind is kind)), kind)


def _shared(request: RunRequest) -> list[Callable[[Report], object]]:
    """The tables that more than one kind of report shows, and those of the round that each of a kind shows."""
    times = Counter(table for kind in request.kinds for table in shown(request.study, kind).values())
    of_each = [table for kind in request.kinds for table in shared(request.study, kind).values()]
    return [*(table for table, number in times.items() if number > 1), *of_each]
