"""What the body of the province report shows of the ranking: a short selection of the table of the annex."""

from __future__ import annotations

from evalkit.reporting.chapters.position import tables
from evalkit.reporting.report import RoundReport
from evalkit.tabular import Table


def ranking(report: RoundReport) -> Table:
    """Every city's rank, score, change and range of ranks."""
    return tables.ranking(report).only("rank", "city", "score", "change", "rank_range")
