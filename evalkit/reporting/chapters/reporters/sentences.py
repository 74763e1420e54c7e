"""What the page of a run says of where everybody stands."""

from __future__ import annotations

from evalkit.reporting.chapters.reporters.tables import standing
from evalkit.reporting.report import RoundReport


def lead(report: RoundReport) -> list[str]:
    """How many are asked, silent, returned and late, how many objections are open, and of which day that is."""
    found = standing(report)
    counts = {status: int((found.table.status == status).sum()) for status in ("nothing", "returned")}
    counts |= {"all": len(found.table), "late": int((found.table.late > 0).sum()), "open": len(found.objections)}
    return [report.word("standing_day", day=report.on_day(found.day)), report.word("standing_lead", **counts)]
