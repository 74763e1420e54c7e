"""What a body shows of the rectification list: the gravest items in short."""

from __future__ import annotations

from evalkit.reporting.chapters.rectification import tables
from evalkit.reporting.conditions import called_to_account, shown_where
from evalkit.reporting.report import RoundReport
from evalkit.tabular import Table

SHOWN = 10
_GRAVE = ("city", "to_rectify", "item_value", "item_asked", "years_behind", "escalation", "deadline")


@shown_where(called_to_account)
def grave(report: RoundReport) -> Table:
    """The first of the open items that have passed the first step."""
    return tables.grave(report).only(*_GRAVE, first=SHOWN)
