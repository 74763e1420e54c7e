"""What the body of the province report shows of the grades: a short selection of the table of the annex."""

from __future__ import annotations

from evalkit.reporting.chapters.province_grades import tables
from evalkit.reporting.conditions import of_an_assessed_round
from evalkit.reporting.report import RoundReport
from evalkit.tabular import Table

_GRADES = ("assessment_rank", "city", "assessment_score", "grade", "grade_reason", "rank_before")


@of_an_assessed_round
def grades(report: RoundReport) -> Table:
    """Every city's rank, score and grade, why it is not what the score gives, and the rank of the year before."""
    return tables.grades(report).only(*_GRADES)
