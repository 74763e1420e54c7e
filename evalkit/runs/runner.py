"""The runner: the reports of a request, with the tables, the index and the manifest around them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import replace as replaced
from functools import partial
from itertools import chain
from pathlib import Path

import yaml

from evalkit.base import fingerprint
from evalkit.base.errors import EvalkitError
from evalkit.loading import hold
from evalkit.runs import archive, manifest
from evalkit.runs.cluster import Cluster
from evalkit.runs.formats import PDF
from evalkit.runs.kinds import KINDS, ReportId, present, reports
from evalkit.runs.ledger import Ledger
from evalkit.runs.limits import Limits
from evalkit.runs.outputs import check_folder, replace, staging
from evalkit.runs.request import RunRequest
from evalkit.runs.scheduling import Job, Outcome
from evalkit.runs.tables import DATA, FOLDER, files, write_shared
from evalkit.runs.traces import post_mortem
from evalkit.runs.workers import run_jobs, warm_up
from evalkit.study import Study

NOTEBOOKS = "notebooks"
FAILED = "report.failed.ipynb"
LIMITS = Limits()


@dataclass(frozen=True)
class _Run:
    request: RunRequest
    stage: Path
    made_from: dict[str, str]
    ledger: Ledger
    limits: Limits
    jobs: int
    cluster: Cluster | None
    on_done: Callable[[Outcome], None]

    @property
    def folder(self) -> Path:
        return self.request.folder


def run(
    request: RunRequest,
    *,
    jobs: int = 1,
    cluster: Cluster | None = None,
    on_done: Callable[[Outcome], None] = lambda outcome: None,
    force: bool = False,
    limits: Limits = LIMITS,
) -> list[Outcome]:
    """Make the reports of a request and what stands around them; one outcome a report, named by its city or its kind.

    A report appears whole or not at all. One that stands already, made from the same and untouched since, is not made
    again unless `force` says so; so a run that was stopped is finished by the next. One that fails costs no other
    anything, leaves the one of before in its place, and its notebook as failed/<name>.ipynb; one that takes more than
    `limits` allow is stopped with all that it has started. All rest on what the study's files were when it was loaded.
    Where all stand, nothing is checked or worked out. So many `jobs` are made at a time on this machine, or as many as
    a cluster takes (see `cluster.connected`).
    """
    check_folder(request.folder, request.study.root)
    with staging(request.folder) as stage:
        inputs = dict(sorted((request.study.inputs | _inputs(request, stage)).items()))
        this = _Run(request, stage, _made_from(inputs), Ledger.of(request), limits, jobs, cluster, on_done)
        rests = partial(this.ledger.stands, made_from=this.made_from, formats=request.formats)
        standing = {} if force else dict.fromkeys(filter(rests, request.reports))
        for report_id in standing:
            on_done(Outcome(report_id.name, 0.0, None, made=False))
        wanted = tuple(one for one in request.reports if one not in standing)
        outcomes = [Outcome(one.name, 0.0, None, made=False) for one in standing]
        if wanted or not this.ledger.whole:
            outcomes += _make(this, wanted, _record(this, inputs))
    by_name = {one.name: one for one in outcomes}
    return [by_name[report_id.name] for report_id in request.reports]


def _make(this: _Run, wanted: tuple[ReportId, ...], record: dict) -> list[Outcome]:
    """Make the reports that do not stand, and what stands around all of them."""
    warm_up()
    if wanted and this.cluster:
        this.cluster.warm_up()
    this.request.check()
    this.ledger.begin(record, this.stage)
    outcomes = []
    if wanted:
        from evalkit.runs.groundwork import lay

        lay(replaced(this.request, reports=wanted))
        outcomes = _reports(this, wanted)
    _around(this, record)
    return outcomes


def _around(this: _Run, record: dict) -> None:
    """Leave what stands around the reports: their tables, the index, the study, and the manifest of it all."""
    request, stage = this.request, this.stage
    _tables(this)
    _bind(this)
    resolved = yaml.safe_dump(request.study.resolved(), allow_unicode=True, sort_keys=False)
    (stage / "study.yaml").write_text(resolved, encoding="utf-8")
    _index(this, record | {"reports": this.ledger.reports})
    for part in (FOLDER, "study.yaml", "site", "index.html", *_status(this)):
        replace(stage / part, request.folder / part)
    this.ledger.finish(record, stage)


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


def _reports(this: _Run, wanted: tuple[ReportId, ...]) -> list[Outcome]:
    by_name = {report_id.name: report_id for report_id in wanted}

    def settle(outcome: Outcome) -> None:
        _settle(this, by_name[outcome.name], outcome)
        this.on_done(outcome)

    study, formats, limits = this.request.study, this.request.formats, this.limits
    if this.cluster:
        there = {one.folder: _job(this.request, one, Path(), Path()) for one in wanted}
        options = {"limits": limits, "on_done": settle, "before": (_begin_there, (study, formats))}
        return this.cluster.spread_jobs(there, _make_report, stage=this.stage, **options)
    here = [_job(this.request, one, study.root, this.stage) for one in wanted]
    before = (_begin, (study, formats))
    return _within(limits, here, _make_report, workers=this.jobs, on_done=settle, before=before)


def _begin(study: Study, formats: tuple[str, ...], root: Path | None = None) -> None:
    """What reports have in common, once before all of them: their study, and what writes their formats."""
    from evalkit.runs.volumes import have_at_hand

    hold(study, root)
    have_at_hand(formats)


def _begin_there(study: Study, formats: tuple[str, ...]) -> None:
    """The same where the project need not be seen: the folder in which the reports are made stands for it."""
    Path("params", "studies").mkdir(parents=True)
    _begin(study, formats, Path())


def _job(request: RunRequest, report_id: ReportId, root: Path, stage: Path) -> Job:
    """Say how to make a report of the project in `root` from the notebooks in `stage`, into its folder there."""
    template, folder = stage / NOTEBOOKS / report_id.kind.path.name, stage / report_id.folder
    made_for = (report_id.kind.name, request.label(report_id), request.parameters_of(report_id))
    arguments = (root, *made_for, template, folder, request.formats)
    return Job(report_id.name, arguments, partial(post_mortem, folder / FAILED))


def _settle(this: _Run, report_id: ReportId, outcome: Outcome) -> None:
    """Put a finished report in its place and its tables aside, or a failed one where its author finds it."""
    made, failed = this.stage / report_id.folder, this.folder / "failed" / f"{outcome.name}.ipynb"
    if outcome.error is None:
        this.ledger.retire(report_id)
        replace(made, this.folder / report_id.folder)
        failed.unlink(missing_ok=True)
        with suppress(OSError):  # the folder still holds others, or was never there
            failed.parent.rmdir()
    elif (made / FAILED).is_file():
        replace(made / FAILED, failed)
    else:
        failed.unlink(missing_ok=True)  # it tells of another failure
    shutil.rmtree(made, ignore_errors=True)  # or the room on the disk would be gone for the others
    this.ledger.settle(report_id, outcome, this.request.formats)


def _tables(this: _Run) -> None:
    """Leave what the reports show: the tables of all that stand, and those that all of a kind share."""
    request, into = this.request, this.stage / FOLDER
    (into / DATA).mkdir(parents=True)
    there = this.ledger.reports
    for kind in KINDS.values():
        own = [report_id for report_id in reports(request.study, {kind.name: ()}) if report_id.name in there]
        names = [*chain.from_iterable(map(files, kind.tables))]
        archive.join([this.folder / one.folder / archive.NAME for one in own], names, into)
        if kind.shared and any(there[one.name]["made_from"] == this.made_from.get(kind.name) for one in own):
            write_shared(request.report, kind, into)
    _keep_shared(this)


def _keep_shared(this: _Run) -> None:
    """Where all reports of a kind rest on other inputs, the tables that they share stay: they show them."""
    standing = this.ledger.reports.keys()
    kept = [kind for kind in KINDS.values() if kind.each and standing & set(kind.codes(this.request.study))]
    for file in {file for kind in kept for table in kind.shared for file in files(table)}:
        then, now = this.folder / FOLDER / file, this.stage / FOLDER / file
        if then.is_file() and f"{FOLDER}/{file}" in this.ledger.intact and not now.exists():
            shutil.copyfile(then, now)


def _bind(this: _Run) -> None:
    """Bind the reports of a kind that are asked for, if there are several, into one PDF file, if PDF is."""
    request = this.request
    for kind in request.kinds if PDF in request.formats else ():
        own = [one for one in request.reports if one.kind is kind and this.ledger.completed(one)]
        bodies = [this.folder / one.folder / "report.ipynb" for one in own]
        if kind.each and len(bodies) > 1:
            title = f"{request.study.round.title[request.language]} {request.year}"
            job = Job(kind.name, (bodies, title, this.stage / f"{kind.name}.pdf"))
            _alone(this, job, _bind_volume, f"{kind.name}.pdf")
            replace(this.stage / f"{kind.name}.pdf", this.folder / f"{kind.name}.pdf")


def _record(this: _Run, inputs: dict[str, str]) -> dict:
    """What the manifest says of the run as a whole."""
    request = this.request
    return {
        "study": request.study.round.code,
        "as_of": day.isoformat() if (day := request.study.day) else None,
        "year": request.year,
        "language": request.language,
        "commit": manifest.commit(request.study.root),
        "versions": manifest.versions(),
        "made_from": this.made_from,
        "seed": request.study.round.seed,
        "inputs": inputs,
    }


def _index(this: _Run, record: dict) -> None:
    from evalkit.runs.index import context

    _alone(this, Job("index", (context(this.request, record, this.stage), this.stage)), _make_site, "the index page")


def _status(this: _Run) -> list[str]:
    """Make the page of where everybody stands, with its tables, where there is a register; gives its name."""
    from evalkit.runs.status import PAGE, has_status, status_context, write_status_tables

    if not has_status(this.request):
        (this.folder / PAGE).unlink(missing_ok=True)  # of when the study had one
        return []
    write_status_tables(this.request, this.stage / FOLDER)
    job = Job("status", (status_context(this.request), this.stage / PAGE))
    _alone(this, job, _make_status, "the page of the standing")
    return [PAGE]


def _alone(this: _Run, job: Job, work: Callable[..., None], what: str) -> None:
    """Have one thing made in a process of its own."""
    [made] = _within(this.limits, [job], work, workers=1)
    if made.error:
        raise EvalkitError(f"{what} could not be made", [made.error])


def _within(limits: Limits, jobs: list[Job], work: Callable[..., None], **options) -> list[Outcome]:
    return run_jobs(jobs, work, timeout=limits.seconds, memory=limits.memory, **options)


def _make_report(*arguments) -> None:
    from evalkit.runs.report import make_report  # not for the runner's own process, which would wait for its imports

    make_report(*arguments)


def _bind_volume(*arguments) -> None:
    from evalkit.runs.volumes import bind_volume

    bind_volume(*arguments)


def _make_site(*arguments) -> None:
    from evalkit.runs.report import make_site

    make_site(*arguments)


def _make_status(*arguments) -> None:
    from evalkit.runs.report import make_status

    make_status(*arguments)
