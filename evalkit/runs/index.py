"""What the site of a round shows: where its own reports are, the ranking, where each city's report is, and the rest."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from evalkit.reporting.chapters.position.tiles import listed, standings, tiles
from evalkit.reporting.chapters.province.sentences import headline
from evalkit.reporting.chapters.summary.sentences import of_the_round
from evalkit.reporting.render.fonts import missing_characters
from evalkit.reporting.report import Report
from evalkit.reporting.site.data import ORDER, gathered
from evalkit.reporting.site.profiles import intervals
from evalkit.runs.downloads import downloads
from evalkit.runs.kinds import KINDS, ReportId, reports
from evalkit.runs.request import RunRequest
from evalkit.runs.status import PAGE, has_status
from evalkit.subjects import CITY, DEPARTMENT, Subject
from evalkit.tabular import Table

SHOWN = 300  # characters of an error
VOLUMES = ("annex", "leadership", "checklists")
# the words of the pages themselves
OF_PAGES = (
    "site_overview", "site_pages", "site_profile", "site_map", "site_map_key", "site_of_report", "site_scorecards",
    "site_change_note", "site_needs_script", "site_since_edition",
)  # fmt: skip


def context(request: RunRequest, record: dict, made: Path | None = None) -> dict:
    """Give what the site needs: names, notes, the reports, the ranking with the cities', links, and all it shows.

    `made` is the folder in which the tables of the run wait to be put in their place; without it none are offered.
    """
    report = request.report
    table = _ranking(report)
    cells = zip(table.data.code, table.rows, strict=True)
    rows = {code: _row(request, report, record, code, row) for code, row in cells}
    shown = gathered(report, {code: row["report"] for code, row in rows.items()})
    return {
        "language": request.language,
        "title": f"{request.study.round.title[request.language]} {request.year}",
        "edition": report.edition_line,
        "notes": of_the_round(report),
        "headline": headline(report),
        "tiles": [tile | {"report": rows[tile["code"]]["report"]} for tile in tiles(report)],
        "areas": _areas(report, shown["areas"], rows),
        "caption": table.title,
        "name_at": table.codes.index("city"),
        "mark": report.mark,
        "reports": _there(request, report, record, [one for one in reports(request.study) if not one.kind.each]),
        "others": _others(request, report, record),
        "columns": [*table.labels, report.word("site_more")],
        "numeric": table.numeric,
        "rows": list(rows.values()),
        "links": [
            *([(report.word("reporting_title"), PAGE)] if has_status(request) else []),
            (report.word("link_tables"), "tables/"),
            (report.word("link_study"), "study.yaml"),
            (report.word("link_manifest"), "manifest.json"),
        ],
        "words": {key: report.word(key) for key in (*OF_PAGES, *(f"site_{name}" for name in ORDER))},
        "site": shown | {"departments": _departments(request, report, record, shown["departments"])},
        "downloads": downloads(request, made),
    }


def _ranking(report: Report) -> Table:
    """The cities in the order of the round; where they are ranked by the index, with the ranks of its draws."""
    table, ranges = listed(report), intervals(report)
    if not ranges or "rank" not in table.codes:
        return table
    by_code = dict(zip(report.study.regions.index, ranges, strict=True))
    column = report.column("site_interval", level=report.level)
    return table.with_column(column, [by_code[code] for code in table.data.code])


def _areas(report: Report, found: dict | None, rows: dict[str, dict]) -> list[dict]:
    """Give each city's area of the map: `path`, `share` of the range of scores, what is `said` and where it leads.

    `at` is the place of its `name`, None where there is no room for names.
    """
    if not found:
        return []
    shares = {tile["code"]: tile for tile in standings(report)}
    return [
        {
            "path": path,
            "name": shares[code]["name"],
            "at": found["names"].get(code),
            "share": shares[code]["share"],
            "said": " ".join(filter(None, (shares[code]["name"], shares[code]["score"], shares[code]["note"]))),
            "href": rows[code]["profile"],
        }
        for code, path in found["paths"].items()
    ]


def _departments(request: RunRequest, report: Report, record: dict, found: list[dict]) -> list[dict]:
    """Add where the report of each department is, None where there is none."""
    kinds = [kind for kind in KINDS.values() if kind.each is DEPARTMENT]
    return [
        one | {"report": _links(request, report, record, ReportId(kind, one["code"]))["report"]}
        for kind in kinds
        for one in found
    ]


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
    own = {"cells": [str(cell) for cell in cells], "profile": f"site/cities.html#{city}"}
    return own | _links(request, report, record, report_id)


def _links(request: RunRequest, report: Report, record: dict, report_id: ReportId) -> dict:
    """Link a report and its annex where they are, with a word on a report that is not of this run."""
    made = record["reports"].get(report_id.name)
    page, annex = (f"{report_id.folder}/{name}" for name in ("report.html", "annex.xlsx"))
    volumes = [(volume, f"{report_id.folder}/{volume}.html") for volume in VOLUMES]
    there = (request.folder / page).is_file()
    failed = bool(made) and made["status"] == "failed"
    if failed:
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
        "failure": _failure(request, report_id, made["error"]) if failed else None,
    }


def _failure(request: RunRequest, report_id: ReportId, error: str) -> dict:
    """Say in a line why a report failed, in characters that the page has, and where its notebook is, if it is."""
    line, kept = " ".join(error.split())[:SHOWN], f"failed/{report_id.name}.ipynb"
    said = line.translate(dict.fromkeys(map(ord, missing_characters(line)), "?"))
    return {"said": said, "notebook": kept if (request.folder / kept).is_file() else None}
