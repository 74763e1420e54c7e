"""The map of the cities as tiles of a page: where each stands, what it says, and how dark it is."""

from __future__ import annotations

import pandas as pd

from evalkit.reporting.chapters.grade.tables import standing
from evalkit.reporting.chapters.position.tables import ranking
from evalkit.reporting.conditions import assessed
from evalkit.reporting.report import Report
from evalkit.tabular import Table


def listed(report: Report) -> Table:
    """Give the cities in the order of the round: by their grades, or by the index where none are given."""
    return standing(report) if assessed(report) else ranking(report)


def tiles(report: Report) -> list[dict[str, object]]:
    """Give each city's tile, from 1: `row`, `column`, `name`, `score`, `note` (grade or rank), `share` of the range.

    Nothing where not every city has a place. The share is from 0 to 1, blank without a score.
    """
    known = {code: report.study.all_regions.by_code[code].tile for code in report.study.regions.index}
    if not all(known.values()):
        return []
    top, left = (min(tile[side] for tile in known.values()) for side in (0, 1))
    at = {code: {"row": row - top + 1, "column": column - left + 1} for code, (row, column) in known.items()}
    return [said | at[said["code"]] for said in standings(report)]


def standings(report: Report) -> list[dict[str, object]]:
    """Give what a map says of each city: `code`, `name`, `score`, `note` (grade or rank), `share` of the range."""
    table = listed(report)
    score, note = ("assessment_score", "grade") if assessed(report) else ("score", "rank")
    printed = dict(zip(table.data.code, table.only(score, note).rows, strict=True))
    shares = _shares(table.data.set_index("code")[score])
    return [
        {
            "code": code,
            "name": report.region(code),
            "score": str(printed[code][0]),
            "note": _noted(report, printed[code][1]),
            "share": shares[code],
        }
        for code in report.study.regions.index
    ]


def _noted(report: Report, cell: object) -> str:
    return report.word("rank_cell", rank=cell) if isinstance(cell, int) else str(cell)


def _shares(scores: pd.Series) -> dict[str, float | None]:
    """Give where each score lies between the lowest and the highest, to two decimals."""
    spread = scores.max() - scores.min()
    shares = (scores - scores.min()) / spread if spread else 0.5 + 0 * scores
    return {code: None if pd.isna(share) else round(float(share), 2) for code, share in shares.items()}
