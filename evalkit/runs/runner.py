"""The runner: the reports of a request, with the tables, the index and the manifest around them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Set
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import yaml

from evalkit.base import fingerprint
from evalkit.base.errors import EvalkitError
from evalkit.loading import hold
from evalkit.runs import manifest
from evalkit.runs.formats import PDF
from evalkit.runs.kinds import KINDS, ReportId, present, reports
from evalkit.runs.outputs import replace, staging
from evalkit.runs.request import RunRequest
from evalkit.runs.scheduling import Job, Outcome
from evalkit.runs.tables import DATA, FOLDER, files, write_shared
from evalkit.runs.workers import run_jobs, warm_up
from evalkit.tabular.csv import join

TIME_LIMIT = 300.0
NOTEBOOKS, PARTS = "notebooks", "parts"


@dataclass(frozen=True)
class _Run:
    request: RunRequest
    stage: Path
    made_from: dict[str, str]
    before: dict[str, dict]
    tables_before: dict[str, Path]
    on_done: Callable[[Outcome], None]

    @property
    def folder(self) -> Path:
        return self.request.folder


def run(
    request: RunRequest, *, jobs: int = 1, on_done: Callable[[Outcome], None] = lambda outcome: None
) -> list[Outcome]:
    """Make the reports of a request and what stands around them; one outcome a report, named by its city or its kind.

    A report appears whole or not at all. One that fails costs no other anything, leaves the one of before in its
    place, and its notebook as failed/<name>.ipynb. All rest on what the study's files were when it was loaded.
    """
    warm_up()
    from evalkit.runs.groundwork import lay

    with staging(request.folder) as stage:
        inputs = dict(sorted((request.study.inputs | _inputs(request, stage)).items()))
        lay(request)
        this = _Run(request, stage, _made_from(inputs), *_still_there(request), on_done)
        outcomes = _reports(this, jobs)
        made = {outcome.name for outcome in outcomes if outcome.error is None}
        _tables(this, made)
        _bind(this, made)
        resolved = yaml.safe_dump(request.study.resolved(), allow_unicode=True, sort_keys=False)
        (stage / "study.yaml").write_text(resolved, encoding="utf-8")
        record = _record(this, inputs, outcomes)
        _index(this, record)
        parts = ["tables", "study.yaml", "index.html", *_status(this)]
        for part in parts:
            replace(stage / part, request.folder / part)
        manifest.write(record | {"outputs": manifest.outputs(request.folder)}, stage / manifest.NAME)
        replace(stage / manifest.NAME, request.folder / manifest.NAME)
    return outcomes


def _inputs(request: RunRequest, stage: Path) -> dict[str, str]:
    """Copy the notebooks, with which the run goes on; give what they and the library hash to."""
    root, copies = request.study.root, stage / NOTEBOOKS
    copies.mkdir()
    kinds = present(root)
    for kind in kinds:
        shutil.copyfile(request.template(kind), copies / kind.path.name)
    return fingerprint.inputs(fingerprint.source_files(), root) | {
        kind.path.as_posix(): fingerprint.sha256(copies / kind.path.name) for kind in kinds
    }


def _made_from(inputs: dict[str, str]) -> dict[str, str]:
    """From what each kind of report is made: all inputs but the notebooks of the other kinds."""
    notebooks = {path: kind.name for kind in KINDS.values() if (path := kind.path.as_posix()) in inputs}
    common = {path: found for path, found in inputs.items() if path not in notebooks}
    return {name: manifest.made_from(common | {path: inputs[path]}) for path, name in notebooks.items()}


def _reports(this: _Run, jobs: int) -> list[Outcome]:
    def settle(outcome: Outcome) -> None:
        _settle(this, outcome)
        this.on_done(outcome)

    work = [_job(this, report_id) for report_id in this.request.reports]
    held = (hold, (this.request.study,))
    return run_jobs(work, _make_report, workers=jobs, timeout=TIME_LIMIT, on_done=settle, before=held)


def _job(this: _Run, report_id: ReportId) -> Job:
    request, folder = this.request, this.stage / report_id.folder
    folder.mkdir(parents=True)
    template = this.stage / NOTEBOOKS / report_id.kind.path.name
    made_for = (report_id.kind.name, request.label(report_id), request.parameters_of(report_id))
    return Job(report_id.name, (request.study.root, *made_for, template, folder, request.formats))


def _settle(this: _Run, outcome: Outcome) -> None:
    """Put a finished report in its place and its tables aside, or a failed one where its author finds it."""
    report_id = next(report_id for report_id in this.request.reports if report_id.name == outcome.name)
    made, failed = this.stage / report_id.folder, this.folder / "failed" / f"{outcome.name}.ipynb"
    if outcome.error is None:
        replace(made / FOLDER, this.stage / PARTS / report_id.folder)
        replace(made, this.folder / report_id.folder)
        failed.unlink(missing_ok=True)
        with suppress(OSError):  # the folder still holds others, or was never there
            failed.parent.rmdir()
    elif (made / "report.failed.ipynb").is_file():
        replace(made / "report.failed.ipynb", failed)


def _tables(this: _Run, made: set[str]) -> None:
    """Leave what the reports show: the tables of those made now, and of those of before that stay as they were."""
    request, into, kept = this.request, this.stage / FOLDER, this.before.keys() - made
    (into / DATA).mkdir(parents=True)
    for kind in KINDS.values():
        own = reports(request.study, {kind.name: ()})
        now, left = ([report_id.code for report_id in own if report_id.name in names] for names in (made, kept))
        if kind.each:
            for file in chain.from_iterable(map(files, kind.tables)):
                parts = {code: this.stage / PARTS / kind.name / code / file for code in now}
                join(parts, this.tables_before.get(file), left, [report_id.code for report_id in own], into / file)
        elif now:
            shutil.copytree(this.stage / PARTS / kind.name, into, dirs_exist_ok=True)
        if kind.shared and now:
            write_shared(request.report, kind, into)
    _keep_tables(this, kept)


def _bind(this: _Run, made: Set[str]) -> None:
    """Bind the reports of a kind, of which several are made now, into one PDF file where that is asked for."""
    request = this.request
    for kind in request.kinds if PDF in request.formats else ():
        bodies = [
            this.folder / each.folder / "report.ipynb"
            for each in request.reports
            if each.kind is kind and each.name in made
        ]
        if kind.each and len(bodies) > 1:
            title = f"{request.study.round.title[request.language]} {request.year}"
            job = Job(kind.name, (bodies, title, this.stage / f"{kind.name}.pdf"))
            _alone(job, _bind_volume, f"{kind.name}.pdf")
            replace(this.stage / f"{kind.name}.pdf", this.folder / f"{kind.name}.pdf")


def _keep_tables(this: _Run, kept: Set[str]) -> None:
    """Where reports stay as they were, so do the tables that they share: they are what these show."""
    shared = {}
    for kind in KINDS.values():
        shared |= dict.fromkeys(kind.codes(this.request.study), kind.shared) if kind.each else {kind.name: kind.tables}
    for file in {file for report in kept for table in shared.get(report, ()) for file in files(table)}:
        now = this.stage / FOLDER / file
        if file in this.tables_before and not now.exists():
            shutil.copyfile(this.tables_before[file], now)


def _record(this: _Run, inputs: dict[str, str], outcomes: list[Outcome]) -> dict:
    """Merge this run into what the manifest already says of other reports."""
    before = this.before
    sources = {report_id.name: this.made_from[report_id.kind.name] for report_id in this.request.reports}
    now = {
        outcome.name: {
            "status": "failed" if outcome.error else "completed",
            "error": outcome.error,
            "seconds": round(outcome.seconds, 2),
            "made_from": before.get(outcome.name, {}).get("made_from") if outcome.error else sources[outcome.name],
        }
        for outcome in outcomes
    }
    return {
        "study": this.request.study.round.code,
        "as_of": day.isoformat() if (day := this.request.study.day) else None,
        "year": this.request.year,
        "language": this.request.language,
        "commit": manifest.commit(this.request.study.root),
        "versions": manifest.versions(),
        "made_from": this.made_from,
        "seed": this.request.study.round.seed,
        "reports": dict(sorted((before | now).items())),
        "inputs": inputs,
    }


def _still_there(request: RunRequest) -> tuple[dict[str, dict], dict[str, Path]]:
    """What the manifest says of reports, and the tables, that are still those it speaks of.

    A run that was stopped has replaced others; and tables may have been edited by hand.
    """
    before = manifest.read(request.folder)
    said, then = before.get("reports", {}), before.get("outputs", {})
    now = manifest.outputs(request.folder)
    pages = {report_id.name: f"{report_id.folder}/report.html" for report_id in reports(request.study)}
    tables = [file for file in now if file.startswith(f"{FOLDER}/") and then.get(file) == now[file]]
    still = {name: said[name] for name, page in pages.items() if name in said and then.get(page) == now.get(page)}
    return still, {file.removeprefix(f"{FOLDER}/"): request.folder / file for file in tables}


def _index(this: _Run, record: dict) -> None:
    from evalkit.runs.index import context

    _alone(Job("index", (context(this.request, record), this.stage / "index.html")), _make_index, "the index page")


def _status(this: _Run) -> list[str]:
    """Make the page of where everybody stands, with its tables, where there is a register; gives its name."""
    from evalkit.runs.status import PAGE, has_status, status_context, write_status_tables

    if not has_status(this.request):
        (this.folder / PAGE).unlink(missing_ok=True)  # of when the study had one
        return []
    write_status_tables(this.request, this.stage / FOLDER)
    _alone(Job("status", (status_context(this.request), this.stage / PAGE)), _make_status, "the page of the standing")
    return [PAGE]


def _alone(job: Job, work: Callable[..., None], what: str) -> None:
    """Have one thing made in a process of its own."""
    [made] = run_jobs([job], work, workers=1, timeout=TIME_LIMIT)
    if made.error:
        raise EvalkitError(f"{what} could not be made", [made.error])


def _make_report(*arguments) -> None:
    from evalkit.runs.report import make_report  # not for the runner's own process, which would wait for its imports

    make_report(*arguments)


def _bind_volume(*arguments) -> None:
    from evalkit.runs.formats import bind_volume

    bind_volume(*arguments)


def _make_index(*arguments) -> None:
    from evalkit.runs.report import make_index

    make_index(*arguments)


def _make_status(*arguments) -> None:
    from evalkit.runs.report import make_status

    make_status(*arguments)
