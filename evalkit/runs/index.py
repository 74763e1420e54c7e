"""What the index page of a round shows: where its own reports are, the ranking, and where each city's report is."""

from __future__ import annotations

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
        "reports": _listed(order, report, record, None),
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
    """The reports that are made for something that the ranking has no row of, under the title of their kind."""
    kinds = [kind for kind in KINDS.values() if kind.each not in (None, CITY)]
    found = [(report.word(kind.title), _listed(order, report, record, kind.each)) for kind in kinds]
    return [{"title": title, "reports": listed} for title, listed in found if listed]


def _listed(order: Order, report: Report, record: dict, each: Subject | None) -> list[dict]:
    """The reports that are made once for each of something, or for the round: those that there are, or that failed."""
    own = [wanted for wanted in reports(order.study) if wanted.kind.each is each]
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
