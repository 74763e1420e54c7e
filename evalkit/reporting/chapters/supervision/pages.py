"""The checklists of all visits as they are printed, each on two sides of a sheet."""

from __future__ import annotations

from html import escape

from IPython.display import HTML, Markdown

from evalkit.assessment.supervision.checklists import Checklist
from evalkit.reporting.chapters.supervision import checklists
from evalkit.reporting.chapters.supervision.schedule import visits
from evalkit.reporting.chapters.supervision.tables import plan_of, signals_in_words
from evalkit.reporting.conditions import said_where, supervised
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular.cells import NOT_PRINTED

ON_ONE_SIDE = 11  # items; of more the last stand on the back
CONTENTS = ("visit", "unit_visited", "visit_month")
SHOWN = 12  # places on paper; all of them stand in the workbook


@said_where(supervised)
def every(report: RoundReport) -> HTML | Markdown:
    """Every checklist: why the visit is made, what to look at, where to go, and room for what is found."""
    plan = plan_of(report)
    return HTML("\n".join(_page(report, n, plan.checklist(visit)) for n, visit in enumerate(plan.visits, start=1)))


@said_where(supervised)
def contents(report: RoundReport) -> HTML | Markdown:
    """List the checklists in their order."""
    return HTML(_table(report, visits(report), CONTENTS))


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
    items = checklists.items_of(report, listed)
    face = [
        _tag("h3", heading),
        _tag("p", why),
        _tag("p", report.word("checklist_signatures")),
        _table(report, items, checklists.ITEMS),
    ]
    back = [
        *_places(report, listed),
        _tag("h4", report.word("checklist_terms")),
        _table(report, checklists.terms_of(report, listed), checklists.TERMS_ON_PAPER),
    ]
    overleaf = "new-page" if len(items) <= ON_ONE_SIDE else ""
    return _side("new-page", "items", face) + _side(overleaf, "evidence", back)


def _side(start: str, name: str, parts: list[str]) -> str:
    """Give what is to be checked, or, on its back, where to go and what the figures rest on."""
    return f'<div class="{start} checklist {name}">{"".join(parts)}</div>'


def _places(report: Report, listed: Checklist) -> list[str]:
    rows = [_told(report, row) for row in checklists.places_of(report, listed)]
    if not rows:
        return []
    more = len(rows) - SHOWN
    rest = [_tag("p", report.word("checklist_more", n=more))] if more > 0 else []
    return [
        _tag("h4", report.word("checklist_places")),
        _table(report, rows[:SHOWN], checklists.PLACES_ON_PAPER),
        *rest,
    ]


def _told(report: Report, row: dict[str, object]) -> dict[str, object]:
    """Say of which indicator a line of a ledger is: there is no room for a column of indicators."""
    if row["reported"] != NOT_PRINTED:
        return row
    return row | {"place": report.word("with_value", name=row["place"], value=row["indicator"])}


def _table(report: Report, rows: list[dict[str, object]], columns: tuple[str, ...]) -> str:
    return report.table(rows, columns).html


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"
