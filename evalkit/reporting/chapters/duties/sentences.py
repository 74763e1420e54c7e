"""What stands above the list of duties: how many items there are, what is left out, and what is to be filled in."""

from __future__ import annotations

from collections.abc import Iterator

from IPython.display import Markdown

from evalkit.reporting.chapters.duties.tables import SHOWN, grave, unit_unknown
from evalkit.reporting.chapters.rectification.items import open_items, unseen
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import NO_WORDS, called_to_account, said_where
from evalkit.reporting.prose import paragraphs
from evalkit.reporting.saying import on_day


@said_where(called_to_account)
def duties(report: CityReport) -> Markdown:
    """How many items are open, by when the city reports, which are listed, and whose names are left blank."""
    every = open_items(report, region=report.city)
    if every.empty:
        return NO_WORDS
    shown = min(len(grave(report)), SHOWN)
    due = report.study.assessment_files.accountability.report_by(report.assessed.result.grade, report.year)
    lines = [report.word("duties_read", n=len(every), day=on_day(report, due))]
    lines += [report.word("duties_more", shown=shown, n=len(every) - shown)] if shown < len(every) else []
    lines += _order(report)
    lines += [report.word("duties_blank")] if unit_unknown(report) else []
    return paragraphs(report.joined(lines))


def _order(report: CityReport) -> Iterator[str]:
    """Say by what the list is put in order, and what the gaps of quotas hold, as far as that is to be seen in it."""
    listed = grave(report).head(SHOWN)
    if len(listed) > 1:
        yield report.word("duties_order")
    if unseen(listed, report.year).any():
        yield report.word("duties_unseen", year=report.year)
    if (listed.accept_kind == "annual_quota").any():
        yield report.word("duties_owed")
