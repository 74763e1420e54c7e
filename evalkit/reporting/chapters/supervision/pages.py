"""The checklists of all visits as they are printed, each on a page of its own."""

from __future__ import annotations

from html import escape

from IPython.display import HTML, Markdown

from evalkit.assessment.supervision.checklists import Checklist
from evalkit.reporting.chapters.supervision import checklists
from evalkit.reporting.chapters.supervision.tables import plan_of, signals_in_words
from evalkit.reporting.conditions import said_where, supervised
from evalkit.reporting.report import Report, RoundReport

SHOWN = 12  # places on paper; all of them stand in the workbook


@said_where(supervised)
def every(report: RoundReport) -> HTML | Markdown:
    """Every checklist: why the visit is made, what to look at, where to go, and room for what is found."""
    plan = plan_of(report)
    return HTML("\n".join(_page(report, n, plan.checklist(visit)) for n, visit in enumerate(plan.visits, start=1)))


def _page(report: Report, number: int, listed: Checklist) -> str:
    visit = listed.visit
    row = plan_of(report).selection.loc[(visit.region, visit.project)]
    named = {"n": number, "city": report.region(visit.region), "project": report.node(visit.project)}
    heading = report.word("checklist_heading", **named)
    why = report.word(
        "checklist_why",
        risk=row.score,
        stratum=report.word(f"stratum_{row.stratum}"),
        signals=signals_in_words(report, visit.region, visit.project),
    )
    parts = [
        _tag("h3", heading),
        _tag("p", why),
        _tag("p", report.word("checklist_signatures")),
        _table(report, checklists.items_of(report, listed), checklists.ITEMS),
        *_places(report, listed),
        _tag("h4", report.word("checklist_terms")),
        _table(report, checklists.terms_of(report, listed), checklists.TERMS),
    ]
    return f'<div class="new-page checklist">{"".join(part for part in parts if part)}</div>'


def _places(report: Report, listed: Checklist) -> list[str]:
    rows = checklists.places_of(report, listed)
    if not rows:
        return []
    more = len(rows) - SHOWN
    rest = [_tag("p", report.word("checklist_more", n=more))] if more > 0 else []
    return [_tag("h4", report.word("checklist_places")), _table(report, rows[:SHOWN], checklists.PLACES), *rest]


def _table(report: Report, rows: list[dict[str, object]], columns: tuple[str, ...]) -> str:
    return report.table(rows, columns).html


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"
