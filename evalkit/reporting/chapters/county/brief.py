"""What the two pages of a county print of its tables: what lags most, its facilities, what to put right first."""

from __future__ import annotations

from evalkit.reporting.chapters.county import tables
from evalkit.reporting.chapters.county.tables import of_a_graded_county
from evalkit.reporting.chapters.rectification.items import IN_BRIEF, listed, open_items
from evalkit.reporting.chapters.targets import answerable
from evalkit.reporting.county import CountyReport
from evalkit.reporting.lags import serious
from evalkit.reporting.made import report_table
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED

BEHIND = {"zh": 7, "en": 5}  # rows; English names take two lines
ROOM, LEAST = {"zh": 14, "en": 8}, 3  # rows of these, of facilities and of items on two pages; items at least
_BEHIND = ("indicator", "milestone", "actual_value", "completion", "pace", "mean_in_city", "lead_department")


@report_table
@of_a_graded_county
def worst(report: CountyReport) -> Table:
    """The targets that lag by more than a little, the furthest first."""
    found = tables.behind(report)
    return found.kept(found.data.index.isin(serious(found.data).index)).only(*_BEHIND, first=BEHIND[report.language])


@report_table
@of_a_graded_county
def below(report: CountyReport) -> Table | None:
    """The facilities that miss their threshold."""
    found = tables.facilities(report)
    return found and found.kept(found.data[answerable.BELOW] > 0).only(*answerable.IN_BRIEF)


@report_table
@of_a_graded_county
def duties(report: CountyReport) -> Table | None:
    """What to put right first: what it lacks, what closes it, by when, and who leads at the province."""
    if report.study.consequences.county_rectification is None:
        return None
    found = open_items(report, counties=True, region=report.county)[: _room(report)]
    leads = [report.named_department(code) if code else NOT_PRINTED for code in found["lead"]]
    return listed(report, found, IN_BRIEF).with_column(report.column("lead_department"), leads)


def _room(report: CountyReport) -> int:
    """How many items have room; a facility and its indicator take two lines."""
    facilities = below(report)
    return max(ROOM[report.language] - len(worst(report)) - (2 * len(facilities) if facilities else 0), LEAST)
