"""The runner: the reports of an order, with the tables, the index and the manifest around them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import yaml

from evalkit import fingerprint
from evalkit.errors import EvalkitError
from evalkit.runs import manifest
from evalkit.runs.cache import store
from evalkit.runs.kinds import KINDS, Wanted, present, reports
from evalkit.runs.order import Order
from evalkit.runs.outputs import replace, staging
from evalkit.runs.workers import Job, Outcome, run_jobs, warm_up

TIME_LIMIT = 300.0


@dataclass(frozen=True)
class _Run:
    order: Order
    stage: Path
    made_from: dict[str, str]
    before: dict[str, dict]
    on_done: Callable[[Outcome], None]

    @property
    def folder(self) -> Path:
        return self.order.folder


def run(order: Order, *, jobs: int = 1, on_done: Callable[[Outcome], None] = lambda outcome: None) -> list[Outcome]:
    """Make the reports of an order and what stands around them; one outcome a report, named by its city or its kind.

    A report appears whole or not at all. One that fails costs no other anything, leaves the one of before in its
    place, and its notebook as failed/<name>.ipynb.
    """
    warm_up()
    from evalkit.runs.tables import RoundTables

    templates = [order.template(kind) for kind in present(order.study.root)]
    files = [*order.study.files, *templates, *fingerprint.source_files()]
    inputs = fingerprint.inputs(files, order.study.root)
    store(order.study, order.year)
    with staging(order.folder) as stage:
        this = _Run(order, stage, _made_from(inputs), _still_there(order), on_done)
        tables = RoundTables.collect(order)
        outcomes = _reports(this, tables, jobs)
        _keep_tables(this)
        tables.write_tables(stage / "tables")
        resolved = yaml.safe_dump(order.study.resolved(), allow_unicode=True, sort_keys=False)
        (stage / "study.yaml").write_text(resolved, encoding="utf-8")
        record = _record(this, inputs, outcomes)
        _index(this, tables, record)
        for part in ("tables", "study.yaml", "index.html"):
            replace(stage / part, order.folder / part)
        manifest.write(record | {"outputs": manifest.outputs(order.folder)}, stage / manifest.NAME)
        replace(stage / manifest.NAME, order.folder / manifest.NAME)
    return outcomes


def _made_from(inputs: dict[str, str]) -> dict[str, str]:
    """From what each kind of report is made: all inputs but the notebooks of the other kinds."""
    notebooks = {path: kind.name for kind in KINDS.values() if (path := kind.path.as_posix()) in inputs}
    common = {path: found for path, found in inputs.items() if path not in notebooks}
    return {name: manifest.made_from(common | {path: inputs[path]}) for path, name in notebooks.items()}


def _reports(this: _Run, tables, jobs: int) -> list[Outcome]:
    from evalkit.runs.report import make_report

    def settle(outcome: Outcome) -> None:
        _settle(this, outcome)
        this.on_done(outcome)

    work = [_job(this, tables, wanted) for wanted in this.order.reports]
    return run_jobs(work, make_report, workers=jobs, timeout=TIME_LIMIT, on_done=settle)


def _job(this: _Run, tables, wanted: Wanted) -> Job:
    """The annex of a city or department is written here, where all tables are; the round's own reports bring theirs."""
    order, folder = this.order, this.stage / wanted.folder
    folder.mkdir(parents=True)
    title, own_tables = order.label(wanted), wanted.kind.tables
    if wanted.kind.each:
        tables.write_workbook(wanted, folder / "annex.xlsx")
        title, own_tables = tables.reports[wanted].title, {}
    heading = (title, tables.any_report.edition_line, tables.any_report.mark)
    return Job(wanted.name, (order.template(wanted.kind), order.parameters_of(wanted), folder, heading, own_tables))


def _settle(this: _Run, outcome: Outcome) -> None:
    """Put a finished report in its place, or a failed one where its author finds it."""
    folder = next(wanted.folder for wanted in this.order.reports if wanted.name == outcome.name)
    made, failed = this.stage / folder, this.folder / "failed" / f"{outcome.name}.ipynb"
    if outcome.error is None:
        if (made / "tables").is_dir():
            shutil.copytree(made / "tables", this.stage / "tables", dirs_exist_ok=True)
            shutil.rmtree(made / "tables")
        replace(made, this.folder / folder)
        failed.unlink(missing_ok=True)
        with suppress(OSError):  # the folder still holds others, or was never there
            failed.parent.rmdir()
    elif (made / "report.failed.ipynb").is_file():
        replace(made / "report.failed.ipynb", failed)


def _keep_tables(this: _Run) -> None:
    """Where one of the round's own reports stays as it was, so do its tables: they are what it shows."""
    (this.stage / "tables").mkdir(exist_ok=True)
    own = [kind for kind in KINDS.values() if not kind.each and kind.name in this.before]
    for name in {name for kind in own for name in kind.tables}:
        before, now = (folder / "tables" / f"{name}.csv" for folder in (this.folder, this.stage))
        if before.is_file() and not now.exists():
            shutil.copyfile(before, now)


def _record(this: _Run, inputs: dict[str, str], outcomes: list[Outcome]) -> dict:
    """Merge this run into what the manifest already says of other reports."""
    before = this.before
    sources = {wanted.name: this.made_from[wanted.kind.name] for wanted in this.order.reports}
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
        "study": this.order.study.round.code,
        "year": this.order.year,
        "language": this.order.language,
        "commit": manifest.commit(this.order.study.root),
        "versions": manifest.versions(),
        "made_from": this.made_from,
        "seed": this.order.study.round.seed,
        "reports": dict(sorted((before | now).items())),
        "inputs": inputs,
    }


def _still_there(order: Order) -> dict[str, dict]:
    """What the manifest says of reports that are still those it speaks of: a run that was stopped replaced others."""
    before = manifest.read(order.folder)
    said, then = before.get("reports", {}), before.get("outputs", {})
    now = manifest.outputs(order.folder)
    pages = {wanted.name: f"{wanted.folder}/report.html" for wanted in reports(order.study)}
    return {name: said[name] for name, page in pages.items() if name in said and then.get(page) == now.get(page)}


def _index(this: _Run, tables, record: dict) -> None:
    from evalkit.runs.index import context
    from evalkit.runs.report import make_index

    job = Job("index", (context(this.order, tables, record), this.stage / "index.html"))
    [made] = run_jobs([job], make_index, workers=1, timeout=TIME_LIMIT)
    if made.error:
        raise EvalkitError("the index page could not be made", [made.error])
