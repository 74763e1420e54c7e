"""What the reports of an order have in common, worked out before any of them is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress

from evalkit.reporting.report import Report
from evalkit.runs.chapters import shared, shown
from evalkit.runs.order import Order
from evalkit.runs.tables import tables_of


def lay(order: Order) -> None:
    """Make the tables that several reports show, and those of the first report of each kind that is made for many.

    With those, all that the others select from is computed, and hangs on the study; but for what the province achieved,
    of which the first department may have no target.
    """
    with suppress(Exception):
        _ = order.study.assessed and order.study.assessed.province
    for table in _shared(order):
        with suppress(Exception):  # the reports that show it will say so, each for itself
            table(order.report)
    for kind in order.kinds:
        if kind.each:
            with suppress(Exception):
                tables_of(order.make(next(wanted for wanted in order.reports if wanted.kind is kind)), kind)


def _shared(order: Order) -> list[Callable[[Report], object]]:
    """The tables that more than one kind of report shows, and those of the round that each of a kind shows."""
    times = Counter(table for kind in order.kinds for table in shown(order.study, kind).values())
    of_each = [table for kind in order.kinds for table in shared(order.study, kind).values()]
    return [*(table for table, number in times.items() if number > 1), *of_each]
