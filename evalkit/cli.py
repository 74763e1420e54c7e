"""The command line: one function for each command of evalkit."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from evalkit.base.errors import EvalkitError
from evalkit.base.project import SHIPPED_STUDY, default_study, project_root, study_names
from evalkit.commands.arguments import check_texts, count, memory
from evalkit.commands.decisions import add_decisions
from evalkit.commands.files import add_files
from evalkit.commands.forms import add_forms
from evalkit.commands.import_data import add_import_data
from evalkit.commands.index import add_index
from evalkit.commands.register import add_register
from evalkit.commands.runs import add_runs
from evalkit.loading import load_study
from evalkit.register.as_of import AT
from evalkit.runs.formats import DEFAULT
from evalkit.runs.limits import Limits
from evalkit.study import Study
from evalkit.subjects import SUBJECTS

LISTED = 40  # names of one kind that are printed; of more their number


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0, or 1 where a report failed, or 2 where the input is wrong."""
    options = _parser().parse_args(arguments)
    try:
        check_texts(options)
        code = options.command(options)
        sys.stdout.flush()
        return code
    except EvalkitError as error:
        print(f"evalkit: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader has seen enough: `evalkit check | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("evalkit: stopped; what was finished is in place", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("evalkit", description="Assess the equality of basic public services.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    init = commands.add_parser("init", help="make a project of your own, which runs as it is")
    init.set_defaults(command=_init)
    init.add_argument("folder", type=Path, metavar="NAME", help="its folder, whose name is the study's")
    init.add_argument("--from", dest="source", metavar="STUDY", help="copy this study; a small made-up one if left out")
    _add_run(commands)
    check = commands.add_parser("check", help="check a study and its files, and try its reports; writes nothing")
    check.set_defaults(command=_check)
    _add_round(check)
    check.add_argument("--quick", action="store_true", help="the files and the scores alone, without the reports")
    commands.add_parser(
        "list", help="name the studies, years, cities, departments, kinds of report and their chapters"
    ).set_defaults(command=_list)
    add_index(commands)
    add_import_data(commands)
    add_forms(commands)
    add_decisions(commands)
    add_register(commands)
    add_runs(commands)
    add_files(commands)
    return parser


def _add_run(commands: argparse._SubParsersAction) -> None:
    run = commands.add_parser("run", help="make the reports of a study")
    run.set_defaults(command=_run)
    _add_round(run)
    for subject in SUBJECTS:
        only = {"help": f"these {subject.several} only", "metavar": "CODE"}
        run.add_argument(f"--{subject.name}", nargs="+", action="extend", default=[], **only)
    run.add_argument("--report", nargs="+", action="extend", default=[], metavar="KIND", help="these kinds only")
    forms = "html (always made), xlsx, docx and pdf, parted by commas; html,xlsx if left out"
    run.add_argument("--formats", type=_parted, default=DEFAULT, metavar="FORMAT,…", help=forms)
    run.add_argument("--force", action="store_true", help="make reports anew that stand and rest on the same")
    where = run.add_mutually_exclusive_group()
    where.add_argument("--jobs", type=count, help="reports made at a time; one a processor if left out")
    where.add_argument("--scheduler", metavar="ADDRESS", help="spread them over a Dask cluster: tcp://host:8786")
    limit = {"type": count, "default": Limits.seconds, "metavar": "SECONDS"}
    run.add_argument("--time-limit", **limit, help="stop a report after so long; %(default)g if left out")
    limit = {"type": memory, "default": Limits.memory, "metavar": "SIZE"}
    run.add_argument("--memory", **limit, help="what a report may take of it, such as 2G; 4G if left out")


def _add_round(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "study", nargs="?", metavar="STUDY", help=f"the project's only one, or {SHIPPED_STUDY}, if left out"
    )
    command.add_argument("--year", type=int, help="the year assessed; the study's report_year if left out")
    command.add_argument("--as-of", metavar="DAY", help="as it stood at the end of a day such as 2013-05-20")
    command.add_argument("--language", choices=("zh", "en"), help="the study's own if left out")


def _parted(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _init(options: argparse.Namespace) -> int:
    from evalkit.new_project import new_project

    made = new_project(options.folder, study=load_study(options.source) if options.source else None)
    print(f"{made.root}\nNext: cd {options.folder}, evalkit check, evalkit run; README.md says what to edit")
    return 0


def _run(options: argparse.Namespace) -> int:
    from evalkit.runs.cluster import connected
    from evalkit.runs.progress import progress, taken_before
    from evalkit.runs.request import ask
    from evalkit.runs.runner import run

    study = _study(options)
    asked = {"only": _only(options), "year": options.year, "language": options.language, "formats": options.formats}
    request, limits = ask(study, **asked), Limits(options.time_limit, options.memory)
    place = connected(options.scheduler) if options.scheduler is not None else nullcontext()
    with place as cluster:
        jobs = cluster.threads if cluster else options.jobs or os.cpu_count() or 1
        with progress(request, workers=jobs, before=taken_before(request)) as on_done:
            given = {"force": options.force, "limits": limits}
            outcomes = run(request, jobs=jobs, cluster=cluster, on_done=on_done, **given)
    failed = [outcome for outcome in outcomes if outcome.error]
    for outcome in failed:
        print(f"evalkit: {outcome.name} failed: {outcome.error}", file=sys.stderr)
    print(f"{len(outcomes) - len(failed)} of {len(outcomes)} report(s): {request.folder / 'index.html'}")
    return 1 if failed else 0


def _study(options: argparse.Namespace) -> Study:
    """Load the study that is meant, as of the day that is meant."""
    name = options.study or default_study()
    return load_study(name if options.as_of is None else f"{name}{AT}{options.as_of}")


def _only(options: argparse.Namespace) -> dict[str, list[str]]:
    """The kinds of report that are asked for, and the codes of each: none for all of them."""
    from evalkit.runs.kinds import KINDS

    given = {kind.name: getattr(options, kind.each.name) for kind in KINDS.values() if kind.each}
    return {kind: [] for kind in options.report} | {kind: codes for kind, codes in given.items() if codes}


def _check(options: argparse.Namespace) -> int:
    from evalkit.runs.remarks import listed, remarks
    from evalkit.runs.request import check_study

    study = _study(options)
    print(f"checking the study {study.name} of {study.root}")
    found = check_study(study, options.year)
    scored = found.unscored.isna().sum()
    print(f"{study.name}: {len(found)} indicator(s) shown, {scored} scored, {len(found) - scored} left out")
    print(*listed(study, found), sep="\n")
    for remark in remarks(study, study.year(options.year)):
        print(f"note: {remark}")
    if not options.quick:
        _try_reports(study, options)
    return 0


def _try_reports(study: Study, options: argparse.Namespace) -> None:
    import evalkit.runs.lean  # noqa: F401 - first, for what it spares the other imports
    from evalkit.runs.progress import progress
    from evalkit.runs.request import prepare
    from evalkit.runs.trial import attempt

    gc.enable()  # figures are many here, and what is lean is made for one report
    sys.stdout.flush()
    request = prepare(study, year=options.year, language=options.language)
    with progress(request, log=False) as on_done:
        attempt(request, on_done=on_done)
    print(f"{len(request.reports)} report(s) of {request.year} can be made")


def _list(options: argparse.Namespace) -> int:
    from evalkit.runs.chapters import chapter_names
    from evalkit.runs.kinds import present
    from evalkit.runs.parameters import cells_of

    names, invalid = study_names(), []
    for name in names:
        try:
            _print_study(load_study(name))
        except EvalkitError as error:
            invalid.append(name)
            print(f"evalkit: {name}: {error.brief}; `evalkit check {name}` says all", file=sys.stderr)
    for kind in present(project_root()):
        print(f"report {kind.name}: {kind.path.name}, chapters", *chapter_names(cells_of(project_root() / kind.path)))
    return 2 if names and invalid == names else 0


def _print_study(study: Study) -> None:
    print(f"{study.round.code}  {study.round.title['zh']}  {study.years[0]}–{study.years[-1]}")
    for subject in SUBJECTS:
        codes = subject.codes(study)
        if len(codes) > LISTED:
            print(f"  {len(codes)} {subject.several}, {codes[0]} to {codes[-1]}")
        for code in codes if len(codes) <= LISTED else ():
            name = subject.named(study, code, study.round.report_year)
            print(f"  {code}  {name.zh}  {name.en}")
