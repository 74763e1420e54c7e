"""The command line: one function for each command of evalkit."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from evalkit.base.errors import EvalkitError, ParamsError, Problem
from evalkit.base.project import SHIPPED_STUDY, default_study, project_root, study_names
from evalkit.commands.decisions import add_decisions
from evalkit.commands.forms import add_forms
from evalkit.commands.import_data import add_import_data
from evalkit.commands.register import add_register
from evalkit.commands.standing import add_status
from evalkit.index import IndexSystem
from evalkit.loading import load_study, load_system
from evalkit.register.as_of import AT
from evalkit.study import Study
from evalkit.subjects import SUBJECTS

LISTED = 40  # names of one kind that are printed; of more their number


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0, or 1 where a report failed, or 2 where the input is wrong."""
    options = _parser().parse_args(arguments)
    try:
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
        print("evalkit: stopped; finished reports are in place", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("evalkit", description="Assess the equality of basic public services.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    init = commands.add_parser("init", help="make a project of your own, which runs as it is")
    init.set_defaults(command=_init)
    init.add_argument("folder", type=Path, metavar="NAME", help="its folder, whose name is the study's")
    init.add_argument("--from", dest="source", metavar="STUDY", help="copy this study; a small made-up one if left out")
    run = commands.add_parser("run", help="make the reports of a study")
    run.set_defaults(command=_run)
    _add_round(run)
    for subject in SUBJECTS:
        only = {"help": f"these {subject.several} only", "metavar": "CODE"}
        run.add_argument(f"--{subject.name}", nargs="+", action="extend", default=[], **only)
    run.add_argument("--report", nargs="+", action="extend", default=[], metavar="KIND", help="these kinds only")
    forms = "html (always made), xlsx, docx and pdf, parted by commas; html,xlsx if left out"
    run.add_argument("--formats", type=_parted, default=("html", "xlsx"), metavar="FORMAT,…", help=forms)
    run.add_argument("--jobs", type=_workers, default=os.cpu_count() or 1, help="reports made at a time")
    check = commands.add_parser("check", help="check a study and its files, and try its reports; writes nothing")
    check.set_defaults(command=_check)
    _add_round(check)
    check.add_argument("--quick", action="store_true", help="the files and the scores alone, without the reports")
    commands.add_parser(
        "list", help="name the studies, years, cities, departments, kinds of report and their chapters"
    ).set_defaults(command=_list)
    _add_index(commands)
    add_import_data(commands)
    add_forms(commands)
    add_decisions(commands)
    add_status(commands)
    add_register(commands)
    _add_findings(commands)
    _add_schema(commands)
    return parser


def _add_index(commands: argparse._SubParsersAction) -> None:
    what = "name of an index system, or its .yaml or .xlsx file"
    diff = commands.add_parser("diff-index", help="say in what two index systems differ")
    diff.set_defaults(command=_diff_index)
    for name in ("a", "b"):
        diff.add_argument(name, metavar=name.upper(), help=what)
    export = commands.add_parser("export-index", help="write an index system, with what it extends, to one file")
    export.set_defaults(command=_export_index)
    export.add_argument("name", metavar="NAME", help=what)
    export.add_argument("file", type=Path, metavar="FILE", help=".xlsx for a workbook, .yaml for one YAML file")
    export.add_argument("--data", metavar="STUDY", help="put the dataset of this study into the workbook too")
    take = commands.add_parser("import-index", help="take an index system from a workbook into YAML")
    take.set_defaults(command=_import_index)
    take.add_argument("file", type=Path, metavar="FILE.xlsx")
    take.add_argument("--to", type=Path, required=True, metavar="FILE.yaml", help="such as params/index/NAME.yaml")
    for command in (export, take):
        command.add_argument("--force", action="store_true", help="replace a file that is there")


def _add_findings(commands: argparse._SubParsersAction) -> None:
    export = commands.add_parser("export-findings", help="write what inspections found, and what they are to look at")
    export.set_defaults(command=_export_findings)
    export.add_argument("study", metavar="STUDY", help="name of a study that is assessed by targets")
    export.add_argument("file", type=Path, metavar="FILE.xlsx", help="filled in: params/findings/NAME.xlsx")
    export.add_argument("--year", type=int, help="whose figures are visited; the study's report_year if left out")
    export.add_argument("--force", action="store_true", help="replace a file that is there")


def _add_schema(commands: argparse._SubParsersAction) -> None:
    schema = commands.add_parser("schema", help="write the JSON schemas by which editors complete and check params")
    schema.set_defaults(command=_schema)
    schema.add_argument("--to", type=Path, metavar="FOLDER", help="default: params/schema of the project")
    schema.add_argument("--pages", type=Path, metavar="FOLDER", help="write the reference pages too, to this folder")
    schema.add_argument("--force", action="store_true", help="replace files of these names that are not of evalkit")


def _add_round(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "study", nargs="?", metavar="STUDY", help=f"the project's only one, or {SHIPPED_STUDY}, if left out"
    )
    command.add_argument("--year", type=int, help="the year assessed; the study's report_year if left out")
    command.add_argument("--as-of", metavar="DAY", help="as it stood at the end of a day such as 2013-05-20")
    command.add_argument("--language", choices=("zh", "en"), help="the study's own if left out")


def _workers(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _parted(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _init(options: argparse.Namespace) -> int:
    from evalkit.new_project import new_project

    made = new_project(options.folder, study=load_study(options.source) if options.source else None)
    print(f"{made.root}\nNext: cd {options.folder}, evalkit check, evalkit run; README.md says what to edit")
    return 0


def _run(options: argparse.Namespace) -> int:
    from evalkit.runs.progress import progress
    from evalkit.runs.request import prepare
    from evalkit.runs.runner import run

    study = _study(options)
    asked = {"only": _only(options), "year": options.year, "language": options.language, "formats": options.formats}
    request = prepare(study, **asked)
    with progress(request) as on_done:
        outcomes = run(request, jobs=options.jobs, on_done=on_done)
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


def _diff_index(options: argparse.Namespace) -> int:
    _print_differences(load_system(options.a), load_system(options.b))
    return 0


def _export_index(options: argparse.Namespace) -> int:
    from evalkit.data.dataset_workbook import dataset_sheets
    from evalkit.index.system_file import save

    more = dataset_sheets(load_study(options.data).dataset) if options.data else []
    save(load_system(options.name), options.file, force=options.force, more=more)
    print(options.file)
    return 0


def _import_index(options: argparse.Namespace) -> int:
    from evalkit.index.system_file import namesake, save

    system = load_system(options.file)
    try:
        known = namesake(system, options.to)
    except EvalkitError as error:
        print(f"evalkit: not compared: {error}", file=sys.stderr)
        known = None
    save(system, options.to, force=options.force)
    print(options.to)
    if known:
        _print_differences(known, system)
    return 0


def _export_findings(options: argparse.Namespace) -> int:
    from evalkit.assessment.supervision.findings_sheet import findings_sheets
    from evalkit.index.system_file import check_writable
    from evalkit.tabular.xlsx.writer import write_sheets

    check_writable(options.file, [".xlsx"], force=options.force)
    study = load_study(options.study)
    follows, year = study.consequences, study.round.report_year if options.year is None else options.year
    if follows is None:
        wrong = Problem(f"the study {study.round.code}", "no assessment", "one that is assessed by targets")
        raise ParamsError("there is nothing to inspect", [wrong])
    follows.record.check_year(year)
    mark, names = study.dataset.metadata.synthetic, study.regions.name_zh
    write_sheets(findings_sheets(follows.record, follows.visit_plan(year), names=names, synthetic=mark), options.file)
    print(options.file)
    return 0


def _schema(options: argparse.Namespace) -> int:
    from evalkit.reference.files import reference, save
    from evalkit.reference.kinds import SCHEMAS

    root = project_root()
    save(texts := reference(root, options.to or root / SCHEMAS, options.pages), force=options.force)
    print(*texts, sep="\n")
    return 0


def _print_differences(a: IndexSystem, b: IndexSystem) -> None:
    from evalkit.index.comparison import diff_systems, lines

    table = diff_systems(a, b)
    print(f"{a.code} {a.version} → {b.code} {b.version}: {len(table)} difference(s)")
    for line in lines(table):
        print(line)
