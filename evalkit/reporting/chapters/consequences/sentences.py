"""What follows from a year's assessment, in a few lines, and what does not follow from it."""

from __future__ import annotations

from collections.abc import Iterator

from IPython.display import Markdown

from evalkit.reporting.chapters.incentives.amounts import IN_MYRIADS, rounded
from evalkit.reporting.chapters.incentives.tables import in_force
from evalkit.reporting.chapters.rectification.items import open_items
from evalkit.reporting.conditions import called_to_account, rewarded, supervised
from evalkit.reporting.prose import prose
from evalkit.reporting.report import RoundReport


def summary(report: RoundReport) -> Markdown:
    """The list, the fund, the measures and the visits, a line each."""
    return prose("\n".join(f"- {line}" for line in _lines(report)))


def limits(report: RoundReport) -> Markdown:
    """What the report does not say."""
    return prose(report.word("consequences_limits"))


def _lines(report: RoundReport) -> Iterator[str]:
    given, word = report.study.consequences, report.word
    if called_to_account(report):
        lists = given.rectification
        last = report.study.assessment_files.accountability.steps[-1]
        found = open_items(report)
        counts = {"items": len(found), "closed": len(lists.closed(report.year)), "new": len(lists.new(report.year))}
        reached = {"step": last.name[report.language], "gravest": int((found.step == last.code).sum())}
        yield word("consequences_list", year=report.year, **counts, **reached)
    if rewarded(report):
        fund, shared = in_force(report)
        aside = shared.table[shared.table.limit == "floor_only"].index
        named = report.listed(report.region(city) for city in aside)
        yield word(
            "consequences_fund", amount=f"{rounded(fund.amount, IN_MYRIADS):,}", cities=len(shared.table), aside=named
        )
        measures = given.measures(report.year)
        kinds = {kind: measures[measures.kind == kind].region.nunique() for kind in ("commendation", "restriction")}
        yield word("consequences_measures", **kinds)
    if supervised(report):
        yield word("consequences_visits", visits=len(given.visit_plan(report.year).visits))
