"""What the index page of a round shows: where its own reports are, the ranking, and where each city's report is."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from evalkit.reporting.chapters.position.tiles import listed, tiles
from evalkit.reporting.chapters.province.sentences import headline
from evalkit.reporting.chapters.summary.sentences import of_the_round
from evalkit.reporting.report import Report
from evalkit.runs.kinds import KINDS, ReportId, reports
from evalkit.runs.request import RunRequest
from evalkit.runs.status import PAGE, has_status
from evalkit.subjects import CITY, Subject

VOLUMES = ("annex", "leadership", "checklists")


def context(request: RunRequest, record: dict) -> dict:
    """Give what the template needs: names, notes, the reports, the grades or the ranking with the cities', links."""
    report = request.report
    table = listed(report)
    cells = zip(table.data.code, table.rows, strict=True)
    rows = {code: _row(request, report, record, code, row) for code, row in cells}
    return {
        "language": request.language,
        "title": f"{request.study.round.title[request.language]} {request.year}",
        "edition": report.edition_line,
        "notes": of_the_round(report),
        "headline": headline(report),
        "tiles": [tile | {"report": rows[tile["code"]]["report"]} for tile in tiles(report)],
        "caption": table.title,
        "name_at": table.codes.index("city"),
        "mark": report.mark,
        "reports": _there(request, report, record, [one for one in reports(request.study) if not one.kind.each]),
        "others": _others(request, report, record),
        "columns": [*table.labels, report.word("annex")],
        "numeric": table.numeric,
        "rows": list(rows.values()),
        "links": [
            *([(report.word("reporting_title"), PAGE)] if has_status(request) else []),
            (report.word("link_tables"), "tables/"),
            (report.word("link_study"), "study.yaml"),
            (report.word("link_manifest"), "manifest.json"),
        ],
    }


def _others(request: RunRequest, report: Report, record: dict) -> list[dict]:
    """The reports made for something that the ranking has no row of, under the title of their kind, in groups."""
    kinds = [kind for kind in KINDS.values() if kind.each not in (None, CITY)]
    groups = ((kind, _groups(request, report, record, kind.each)) for kind in kinds)
    return [{"title": report.word(kind.title), "groups": found} for kind, found in groups if found]


def _groups(request: RunRequest, report: Report, record: dict, each: Subject) -> list[tuple[str, list[dict]]]:
    """Those made once for each of something by the name of what these are within; nothing where they are in none."""
    own = [report_id for report_id in reports(request.study) if report_id.kind.each is each]
    found = groupby(own, lambda report_id: each.within(request.study, report_id.code))
    groups = [(of[request.language] if of else "", _there(request, report, record, ids)) for of, ids in found]
    return [(name, listed) for name, listed in groups if listed]


def _there(request: RunRequest, report: Report, record: dict, own: Iterable[ReportId]) -> list[dict]:
    """Link those that there are, or that failed."""
    found = [{"title": request.label(report_id)} | _links(request, report, record, report_id) for report_id in own]
    return [links for links in found if links["report"] or links["remark"]]


def _row(request: RunRequest, report: Report, record: dict, city: str, cells: tuple) -> dict:
    """A row of the ranking, with the report of its city."""
    report_id = ReportId(KINDS["cities"], city)
    return {"cells": [str(cell) for cell in cells]} | _links(request, report, record, report_id)


def _links(request: RunRequest, report: Report, record: dict, report_id: ReportId) -> dict:
    """Link a report and its annex where they are, with a word on a report that is not of this run."""
    made = record["reports"].get(report_id.name)
    page, annex = (f"{report_id.folder}/{name}" for name in ("report.html", "annex.xlsx"))
    volumes = [(volume, f"{report_id.folder}/{volume}.html") for volume in VOLUMES]
    there = (request.folder / page).is_file()
    if made and made["status"] == "failed":
        remark = report.word("report_failed")
    elif there and (not made or made["made_from"] != record["made_from"].get(report_id.kind.name)):
        remark = report.word("report_of_other_inputs")
    else:
        remark = ""
    return {
        "report": page if there else None,
        "annex": annex if (request.folder / annex).is_file() else None,
        "volumes": [
            (report.word(f"volume_{name}"), path) for name, path in volumes if (request.folder / path).is_file()
        ],
        "remark": remark,
    }
