"""The files of a run that its site offers: those of each report, and its tables."""

from __future__ import annotations

from pathlib import Path

from evalkit.reporting.report import Report
from evalkit.runs.kinds import KINDS, ReportId, ReportKind, reports
from evalkit.runs.request import RunRequest
from evalkit.runs.tables import FOLDER, files

# the word of each kind of file, in the order in which they are offered
KIND_OF_FILE = {
    ".html": "site_page_file", ".docx": "Word", ".pdf": "PDF", ".xlsx": "Excel", ".zip": "site_csv_archive",
    ".ipynb": "site_notebook_file",
}  # fmt: skip
KILO = 1024


def downloads(request: RunRequest, made: Path | None = None) -> list[dict]:
    """Give groups of files: `title`, and `rows` of a name with its files (label, address in the run's folder, size).

    Reports are as they are in the folder of the run, and tables as they are in `made`, in which they wait to be put
    there; none are given without it. A group without files is left out.
    """
    word, whole = request.report.word, request.study.all_regions.name[request.language]
    found = {word("site_of_round"): _rows(request, [kind for kind in KINDS.values() if not kind.each])}
    for kind in KINDS.values():
        if kind.each:
            bound = (word("site_bound"), _bound(request, kind))
            found[word(kind.title, city=whole, year=request.year)] = [bound, *_rows(request, [kind])]
    found[word("site_tables")] = _tables(request.report, made) if made else []
    groups = [{"title": title, "rows": [row for row in rows if row[1]]} for title, rows in found.items()]
    return [group for group in groups if group["rows"]]


def _rows(request: RunRequest, kinds: list[ReportKind]) -> list[tuple[str, list]]:
    """Name the reports of some kinds, each with its files."""
    own = [report_id for report_id in reports(request.study) if report_id.kind in kinds]
    return [(request.label(report_id), _of_report(request, report_id)) for report_id in own]


def _bound(request: RunRequest, kind: ReportKind) -> list[tuple[str, str, str]]:
    """The file into which the reports of a kind are bound, where there is one."""
    path = request.folder / f"{kind.name}.pdf"
    return [(KIND_OF_FILE[".pdf"], path.name, size(path))] if path.is_file() else []


def _of_report(request: RunRequest, report_id: ReportId) -> list[tuple[str, str, str]]:
    folder = request.folder / report_id.folder
    order = list(KIND_OF_FILE)
    there = [path for path in folder.glob("*") if path.suffix in order] if folder.is_dir() else []
    there.sort(key=lambda path: (order.index(path.suffix), path.stem != "report", path.name))
    return [(_label(request.report, path), f"{report_id.folder}/{path.name}", size(path)) for path in there]


def _label(report: Report, path: Path) -> str:
    kind = KIND_OF_FILE[path.suffix]
    named = report.word(kind) if kind.startswith("site_") else kind
    volume = f"volume_{path.stem}"
    known = path.stem in ("annex", "leadership", "checklists") and path.suffix != ".xlsx"
    return report.word("with_value", name=named, value=report.word(volume)) if known else named


def _tables(report: Report, made: Path) -> list[tuple[str, list]]:
    """Name the tables as the reports do, each with what is printed and with its values."""
    named = {}
    for kind in KINDS.values():
        named |= {**kind.tables, **kind.shared}
    rows = []
    for name, table in named.items():
        there = [made / FOLDER / file for file in files(name)]
        if all(path.is_file() for path in there):
            labels = map(report.word, ("site_csv", "site_csv_data"))
            links = [
                (label, f"{FOLDER}/{file}", size(path))
                for label, file, path in zip(labels, files(name), there, strict=True)
            ]
            rows.append((report.word(f"title_{table.__module__.split('.')[-2]}_{table.__name__}"), links))
    return rows


def size(path: Path) -> str:
    """Write the size of a file in whole kilobytes or, of large ones, megabytes."""
    kilobytes = path.stat().st_size / KILO
    return f"{max(round(kilobytes), 1)} KB" if kilobytes < KILO else f"{kilobytes / KILO:.1f} MB"
