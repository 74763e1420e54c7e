"""The commands by which forms go out and figures come in: evalkit template and evalkit intake."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from evalkit.base.errors import ParamsError, Problem
from evalkit.base.limits import TABLE_BYTES
from evalkit.base.project import find
from evalkit.base.reading import check_file, unwritable
from evalkit.commands import arguments
from evalkit.commands.office import Office, add_author, entry

if TYPE_CHECKING:
    from evalkit.register.checks.checks import Checks
    from evalkit.register.forms.questions import Form, Survey
    from evalkit.register.forms.receiving import Receipt

HISTORY = 10  # years before the one that is asked for
KINDS = ("city", "county", "department")
SUFFIXES = (".xlsx", ".csv")
TEMPORARY = ("~$", ".")  # of an office program that has the file open


def add_forms(commands: argparse._SubParsersAction) -> None:
    """Add the commands to those of the command line."""
    template = commands.add_parser("template", help="write the workbook that asks each reporter for a year's figures")
    template.set_defaults(command=_template)
    template.add_argument("study", metavar="STUDY")
    template.add_argument("--year", type=arguments.year, required=True, help="the year of the figures")
    for kind in KINDS:
        what = f"of this {kind} only"
        template.add_argument(f"--{kind}", nargs="+", action="extend", default=[], metavar="CODE", help=what)
    default = "default: outputs/STUDY/forms/YEAR of the project"
    template.add_argument("--to", type=Path, metavar="FOLDER", help=default)
    template.add_argument("--open-only", action="store_true", help="ask only for what is not there yet, or missing")
    intake = commands.add_parser("intake", help="take filled forms in: each whole, or returned with what is wrong")
    intake.set_defaults(command=_intake)
    intake.add_argument("study", metavar="STUDY")
    intake.add_argument("files", type=Path, nargs="+", metavar="FILE", help=".xlsx, or .csv from machines")
    intake.add_argument(
        "--year", type=arguments.year, help="the year of the figures; the study's report_year if left out"
    )
    intake.add_argument("--to", type=Path, metavar="FOLDER", help="where answers go; beside each file if left out")
    intake.add_argument("--jobs", type=arguments.count, default=os.cpu_count() or 1, help="forms read at a time")
    add_author(intake)


def _survey(office: Office, year: int) -> Survey:
    """Give what a study asks for a year. Raises ParamsError where nobody is asked anything."""
    from evalkit.readings.standing import survey_of

    deadline = office.calendar and office.calendar.limit("figures", year)
    survey = survey_of(office.round, year, office.rests_on, _figures(office, year), deadline)
    if not survey.reporters:
        wrong = Problem("the year", str(year), "a year for which the metadata declare what the indicators rest on")
        raise ParamsError(f"the study {office.round.code} asks nobody for figures", [wrong])
    return survey


def _figures(office: Office, year: int) -> pd.DataFrame:
    """Give what was accepted in the years before, and what was handed in for the year."""
    from evalkit.register.forms.receiving import standing_figures

    steps = [variable.every for variable in office.metadata.variables.values()]
    years = range(year - max([HISTORY, *steps]), year)
    before = office.register.figures(years, accepted=office.round.register.accepted)
    now = standing_figures(office.register, year)
    parts = [part for part in (before, now) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else before


def _template(options: argparse.Namespace) -> int:
    from evalkit.register.forms.writing import file_name, write_form
    from evalkit.runs.outputs import replace, staging

    office = Office.of(options.study)
    survey = _survey(office, options.year)
    chosen = survey.chosen({kind: getattr(options, kind) for kind in KINDS})
    forms = [form for code in chosen if (form := _form(survey, code, open_only=options.open_only))]
    folder = options.to or office.root / "outputs" / options.study / "forms" / str(options.year)
    _check_folder(folder)
    with _writing(folder), staging(folder) as stage:
        for form in forms:
            write_form(form, stage / file_name(form))
        for form in forms:
            replace(stage / file_name(form), folder / file_name(form))
    done = f", {len(chosen) - len(forms)} with nothing left open" if options.open_only else ""
    print(f"{len(forms)} form(s){done}: {folder}")
    return 0


def _form(survey: Survey, code: str, *, open_only: bool) -> Form | None:
    return survey.open_form(code) if open_only else survey.form(code)


def _intake(options: argparse.Namespace) -> int:
    from evalkit.register.forms.receiving import Reception, settled_figures
    from evalkit.register.forms.taking import Desk

    written = entry(options, "intake")
    files = _files(options)
    office = Office.of(options.study)
    office.check_day(written.day)
    survey = _survey(office, options.year or office.round.report_year)
    current = survey.figures[survey.figures.year == survey.year]
    desk = Desk(survey, survey.figures, _checks(office), settled_figures(office.register, current))
    with _writing(options.to or files[0].parent):
        receipts = Reception(office.register, desk, written, options.jobs, options.to).receive(files)
    for receipt in receipts:
        print(_line(receipt))
    accepted = sum(receipt.is_accepted for receipt in receipts)
    print(f"{accepted} of {len(receipts)} accepted")
    return 0 if accepted == len(receipts) else 1


def _checks(office: Office) -> Checks | None:
    from evalkit.register.checks.checks import Checks

    name = office.round.register.checks
    if name is None:
        return None
    checks = Checks.load(find(office.root, "checks", name))
    checks.check(office.metadata.variables)
    return checks


def _files(options: argparse.Namespace) -> list[Path]:
    """Give the files that are to be taken in. Raises ParamsError with every one that cannot be."""
    given = [path for path in dict.fromkeys(options.files) if not path.name.startswith(TEMPORARY)]
    wrong = [*_unfit(given), *_same_answers(given, options.to)]
    if not given:
        wrong.append(Problem("FILE", "nothing that was filled in", "a form that came in"))
    if wrong:
        raise ParamsError("the files cannot be taken in", wrong)
    for folder in {options.to} if options.to else {path.parent for path in given}:
        _check_folder(folder)
    return given


def _unfit(paths: Sequence[Path]) -> Iterator[Problem | str]:
    for path in paths:
        if not path.name.isprintable():
            yield Problem(ascii(path.name), "a name with signs that cannot be shown", "a file whose name is in UTF-8")
            continue
        try:
            check_file(path, most=TABLE_BYTES)
        except ParamsError as error:
            yield from error.titled_problems
        if path.suffix.lower() not in SUFFIXES:
            yield Problem(path.name, repr(path.suffix), f"a form: {' or '.join(SUFFIXES)}")


def _same_answers(paths: Sequence[Path], folder: Path | None) -> Iterator[Problem]:
    """Find files whose answers would be written over one another, over another of them, or over a folder."""
    from evalkit.register.forms.replying import answer_files

    first: dict[Path, Path] = {}
    given = {path.resolve(): path for path in paths}
    for path in paths:
        book, page = answer_files(path.name, folder or path.parent)
        if book in first:
            yield Problem(str(path), f"the name of {first[book]}", "another name: their answers would be one file")
        if book.resolve() in given:
            yield Problem(str(path), f"{given[book.resolve()]} beside it", "--to: the answer would be written over it")
        for there in (book, page):
            if there.is_dir():
                yield Problem(str(there), "a folder", "nothing, or a file: the answer is to stand there")
        first.setdefault(book, path)


def _check_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        why = unwritable(folder / "form.xlsx")
    except OSError as error:
        why = (error.strerror or str(error)).lower()
    if why:
        raise ParamsError("nothing can be written", [Problem(str(folder), why, "a folder that may be written to")])


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Raise ParamsError where a disk is full, or a file cannot be written after all."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        yield
    except (OSError, FileCreateError) as error:
        why = (getattr(error, "strerror", None) or str(error)).lower()
        raise ParamsError("not everything could be written", [Problem(str(folder), why, "a disk with room")]) from None


def _line(receipt: Receipt) -> str:
    """Say what became of a file."""
    from evalkit.register.forms.replying import counted

    if receipt.outcome == "known":
        status = f"as {receipt.code} ({receipt.before})" if receipt.code else "and could not be read"
        return f"{receipt.file.name}: known already {status}; not taken again"
    if receipt.outcome == "unchanged":
        left = "; the form stays returned" if receipt.before == "returned" else ""
        return f"{receipt.file.name}: an answer that nobody has changed; not taken{left}"
    found = counted(receipt.filled)
    said = ", ".join(f"{found[level]} {level}(s)" for level in ("error", "warning", "note") if found[level])
    code = f" as {receipt.code}" if receipt.code else ""
    return f"{receipt.file.name}: {receipt.outcome}{code}{f', {said}' if said else ''}: {receipt.answer}"
