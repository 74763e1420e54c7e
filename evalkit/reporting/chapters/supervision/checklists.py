"""Tables of the checklists: for each visit what to see, which document to ask for, and room for what is found."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pandas as pd

from evalkit.assessment.supervision.checklists import Checklist
from evalkit.data.metadata import Variable
from evalkit.reporting.aims import asked
from evalkit.reporting.chapters.supervision.tables import plan_of, signal_name
from evalkit.reporting.conditions import shown_where, supervised
from evalkit.reporting.made import round_table
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular import Table
from evalkit.tabular.cells import LAMP_SIGNS, NOT_PRINTED, Lamp, number

BLANKS = ("verified", "conclusion", "checked_by")
ITEMS = ("indicator", "reported", "milestone", "lamp", "to_see", "to_ask", *BLANKS)
PLACES = ("indicator", "place", "reported", "place_why", "verified")
TERMS = ("indicator", "term", "figure", "publication", "verified")
# two tables side by side leave no room for more
PLACES_ON_PAPER, TERMS_ON_PAPER = ("place", "reported", "verified"), ("term", "figure", "verified")
OF_A_VISIT = ("visit", "city", "project")


@round_table
@shown_where(supervised)
def checklists(report: RoundReport) -> Table:
    """The items of every visit, one after another; the last columns are to be filled in."""
    return _joined(report, items_of, ITEMS)


@round_table
@shown_where(supervised)
def places(report: RoundReport) -> Table:
    """The facilities and sites that every visit goes to."""
    return _joined(report, places_of, PLACES)


@round_table
@shown_where(supervised)
def terms(report: RoundReport) -> Table:
    """The figures behind every indicator that a visit looks at."""
    return _joined(report, terms_of, TERMS)


def items_of(report: Report, listed: Checklist) -> list[dict[str, object]]:
    """Give the items of one visit."""
    return [
        {
            "indicator": _named(report, code),
            "reported": number(row["value"], report.system.node(code).decimals),
            "milestone": asked(report.system.node(code), row.milestone),
            "lamp": _lamp(report, row),
            "to_see": row.see[report.language],
            "to_ask": row.ask[report.language],
            **dict.fromkeys(BLANKS, ""),
        }
        for code, row in listed.items.iterrows()
    ]


def places_of(report: Report, listed: Checklist) -> list[dict[str, object]]:
    """Give where one visit goes."""
    return [
        {
            "indicator": report.node(row.indicator),
            "place": report.word("ledger_line", n=row.place) if row.why == "drawn" else row.place,
            "reported": number(row.value, report.system.node(row.indicator).decimals, blank=NOT_PRINTED),
            "place_why": report.word(f"place_{row.why}"),
            "verified": "",
        }
        for row in listed.places.itertuples()
    ]


def terms_of(report: Report, listed: Checklist) -> list[dict[str, object]]:
    """Give the figures behind the indicators of one visit."""
    metadata = report.study.dataset.metadata
    rows = []
    for row in listed.terms.itertuples():
        variable, known = metadata.variables[row.variable], row.publication in metadata.publications
        rows.append(
            {
                "indicator": report.node(row.indicator),
                "term": report.word(
                    "with_value", name=variable.name[report.language], value=variable.unit[report.language]
                ),
                "figure": _printed(row.value, variable),
                "publication": metadata.publications[row.publication].title[report.language] if known else NOT_PRINTED,
                "verified": "",
            }
        )
    return rows


def _joined(report: RoundReport, rows_of: Callable[[Report, Checklist], list[dict]], columns: tuple[str, ...]) -> Table:
    plan = plan_of(report)
    rows = [
        {"visit": n, "city": report.region(visit.region), "project": report.node(visit.project), **row}
        for n, visit in enumerate(plan.visits, start=1)
        for row in rows_of(report, plan.checklist(visit))
    ]
    return report.table(rows, (*OF_A_VISIT, *columns))


def _named(report: Report, code: str) -> str:
    unit = report.system.node(code).unit[report.language]
    return report.word("with_value", name=report.target_name(code), value=unit)


def _printed(value: float, variable: Variable) -> object:
    """Write a count with the decimals that it has (10 000 persons may have some), anything else with two."""
    if variable.kind != "count" or pd.isna(value):
        return number(value, 2)
    return number(value, max(0, -Decimal(f"{value:.10g}").normalize().as_tuple().exponent))


def _lamp(report: Report, row: pd.Series) -> str:
    """Write the lamp, and the signals that the indicator raised."""
    lamp = report.lamp(row.lamp) if row.lamp in LAMP_SIGNS else NOT_PRINTED
    names = report.listed(signal_name(report, kind) for kind in row.signals) if row.signals else ""
    if not names:
        return lamp
    text = report.word("with_value", name=lamp, value=names)
    return Lamp(text, lamp.value) if isinstance(lamp, Lamp) else text


OF_SUPERVISION = {
    "supervision_checklists": checklists,
    "supervision_places": places,
    "supervision_terms": terms,
}
