"""What the index page of a round shows: where its own reports are, the ranking, and where each city's report is."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from evalkit.reporting.chapters.grade.tables import standing
from evalkit.reporting.chapters.position.tables import ranking
from evalkit.reporting.chapters.summary.sentences import of_the_round
from evalkit.reporting.report import Report
from evalkit.runs.kinds import KINDS, Wanted, reports
from evalkit.runs.order import Order
from evalkit.subjects import CITY, Subject


def context(order: Order, record: dict) -> dict:
    """Give what the template needs: names, notes, the reports, the grades or the ranking with the cities', links."""
    report = order.report
    grades = standing(report)
    listed = ranking(report) if grades is None else grades
    return {
        "language": order.language,
        "title": f"{order.study.round.title[order.language]} {order.year}",
        "edition": report.edition_line,
        "notes": of_the_round(report),
        "open_report": report.word("open_report"),
        "mark": report.mark,
        "reports": _there(order, report, record, [one for one in reports(order.study) if not one.kind.each]),
        "others": _others(order, report, record),
        "columns": [*listed.labels, report.word("report"), report.word("annex")],
        "rows": [_row(order, report, record, *row) for row in zip(listed.data.code, listed.rows, strict=True)],
        "links": [
            (report.word("link_tables"), "tables/"),
            (report.word("link_study"), "study.yaml"),
            (report.word("link_manifest"), "manifest.json"),
        ],
    }


def _others(order: Order, report: Report, record: dict) -> list[dict]:
    """The reports made for something that the ranking has no row of, under the title of their kind, in groups."""
    kinds = [kind for kind in KINDS.values() if kind.each not in (None, CITY)]
    found = [{"title": report.word(kind.title), "groups": _groups(order, report, record, kind.each)} for kind in kinds]
    return [other for other in found if other["groups"]]


def _groups(order: Order, report: Report, record: dict, each: Subject) -> list[tuple[str, list[dict]]]:
    """Those made once for each of something by the name of what these are within; nothing where they are in none."""
    own = [wanted for wanted in reports(order.study) if wanted.kind.each is each]
    found = groupby(own, lambda wanted: each.within(order.study, wanted.code))
    groups = [(of[order.language] if of else "", _there(order, report, record, wanted)) for of, wanted in found]
    return [(name, listed) for name, listed in groups if listed]


def _there(order: Order, report: Report, record: dict, own: Iterable[Wanted]) -> list[dict]:
    """Link those that there are, or that failed."""
    found = [{"title": order.label(wanted)} | _links(order, report, record, wanted) for wanted in own]
    return [links for links in found if links["report"] or links["remark"]]


def _row(order: Order, report: Report, record: dict, city: str, cells: tuple) -> dict:
    """A row of the ranking, with the report of its city."""
    wanted = Wanted(KINDS["cities"], city)
    return {"cells": [str(cell) for cell in cells]} | _links(order, report, record, wanted)


def _links(order: Order, report: Report, record: dict, wanted: Wanted) -> dict:
    """Link a report and its annex where they are, with a word on a report that is not of this run."""
    made = record["reports"].get(wanted.name)
    page, annex = (f"{wanted.folder}/{name}" for name in ("report.html", "annex.xlsx"))
    there = (order.folder / page).is_file()
    if made and made["status"] == "failed":
        remark = report.word("report_failed")
    elif there and (not made or made["made_from"] != record["made_from"].get(wanted.kind.name)):
        remark = report.word("report_of_other_inputs")
    else:
        remark = ""
    return {
        "report": page if there else None,
        "annex": annex if (order.folder / annex).is_file() else None,
        "remark": remark,
    }
