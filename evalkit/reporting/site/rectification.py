"""What the site shows of the rectification list: every item of the year, with what it can be filtered by."""

from __future__ import annotations

import pandas as pd

from evalkit.reporting.chapters.rectification.items import open_items
from evalkit.reporting.chapters.rectification.tables import items
from evalkit.reporting.conditions import called_to_account
from evalkit.reporting.report import Report

SHOWN = (
    "to_rectify", "city", "fault", "responsible_units", "item_value", "item_asked", "gap", "acceptance", "deadline",
    "years_behind", "escalation", "target_status", "item_status", "item_code",
)  # fmt: skip


def rectified(report: Report) -> dict | None:
    """Give the list: `columns` with their codes, labels and whether they hold numbers, `rows` of what is printed.

    `units` are the departments of each row. None in a round that calls nobody to account, or whose list is empty.
    """
    if not called_to_account(report) or not items(report).rows:
        return None
    table = items(report).only(*SHOWN)
    columns = zip(table.codes, table.labels, table.numeric, strict=True)
    return {
        "columns": [{"c": code, "n": label, "number": number} for code, label, number in columns],
        "rows": [[str(cell) for cell in row] for row in table.rows],
        "units": [[report.named_department(code) for code in codes if code] for codes in _units(report)],
    }


def _units(report: Report) -> list[tuple[str, ...]]:
    """Give the departments of each item, in the order of the list."""
    closed = report.study.consequences.rectification.closed(report.year)
    found = pd.concat([open_items(report), closed])
    return [(lead, *joint) for lead, joint in zip(found["lead"], found.joint, strict=True)]
