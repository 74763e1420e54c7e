"""The commands of what an office decides: evalkit verify-figures, object, revise, history and close."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.commands import arguments
from evalkit.commands.office import Office, add_author, entry, shown
from evalkit.commands.standing import add_status

if TYPE_CHECKING:
    from evalkit.register.decisions.revisions import Authority, Revision

DRAWN = 20
STEPS = {
    "reply": "the one questioned replies",
    "opinion": "the department gives its opinion",
    "evidence": "the office checks what proves it",
    "decide": "the office decides",
}
NAMED = {"decide": "decision"}


def add_decisions(commands: argparse._SubParsersAction) -> None:
    """Add the commands to those of the command line, with the one that says what is there to decide on."""
    add_status(commands)
    _add_verify(commands)
    _add_object(commands)
    _add_revise(commands)
    history = commands.add_parser("history", help="show every version of a figure, and what became of it")
    history.set_defaults(command=_history)
    _add_figure(history, "--variable")
    close = commands.add_parser("close", help="take all that is verified of a year to final")
    close.set_defaults(command=_close)
    close.add_argument("study", metavar="STUDY")
    close.add_argument("--year", type=arguments.year, required=True, help="the year of the figures")
    add_author(close)


def _add_verify(commands: argparse._SubParsersAction) -> None:
    verify = commands.add_parser("verify-figures", help="say whether a submission stands, and what was seen of it")
    verify.set_defaults(command=_verify)
    verify.add_argument("study", metavar="STUDY")
    verify.add_argument("--submission", required=True, metavar="CODE")
    verify.add_argument("--sheet", type=Path, metavar="FILE.xlsx", help="write a blank sheet instead, to be filled in")
    verify.add_argument(
        "--draw", type=arguments.count, default=DRAWN, metavar="N", help=f"figures on it; {DRAWN} if left out"
    )
    verify.add_argument("--file", type=Path, metavar="FILE", help="the sheet filled in, .xlsx or .csv")
    verify.add_argument("--verdict", choices=("confirmed", "doubted"))
    verify.add_argument("--document", default="", help="what the verdict rests on")
    verify.add_argument("--note", default="", help="what must be asked again, where it is doubted")
    verify.add_argument("--force", action="store_true", help="replace a file that is there")
    add_author(verify)


def _add_object(commands: argparse._SubParsersAction) -> None:
    steps = commands.add_parser("object", help="object to a figure or a draft score, step by step").add_subparsers(
        required=True, metavar="STEP"
    )
    first = steps.add_parser("raise", help="object to another's figure, or to one's own draft score")
    first.set_defaults(command=_raise)
    _add_figure(first, "--figure", required=False)
    first.add_argument("--score", metavar="CODE", help="the node of the index whose score it is, not a figure")
    first.add_argument("--raised-by", required=True, metavar="CODE", help="the city, county or department that objects")
    _add_words(first)
    for name, what in STEPS.items():
        step = steps.add_parser(name, help=what)
        step.set_defaults(command=_step, step=NAMED.get(name, name))
        step.add_argument("study", metavar="STUDY")
        step.add_argument("objection", metavar="CODE")
        step.add_argument("--outcome", required=True)
        if name == "decide":
            _add_value(step)
        _add_words(step)
    listed = steps.add_parser("list", help="show every objection with its next step and the limit of that")
    listed.set_defaults(command=_objections)
    listed.add_argument("study", metavar="STUDY")


def _add_revise(commands: argparse._SubParsersAction) -> None:
    revise = commands.add_parser("revise", help="put a new version of figures on record; the old ones stay")
    revise.set_defaults(command=_revise)
    _add_figure(revise, "--figure", required=False)
    _add_value(revise)
    revise.add_argument("--because", default="", help="why it is revised")
    revise.add_argument("--evidence", default="", help="what proves it")
    revise.add_argument("--submission", metavar="CODE", help="revise many figures of it, by --file")
    revise.add_argument("--sheet", type=Path, metavar="FILE.xlsx", help="write a blank sheet of the submission instead")
    revise.add_argument("--file", type=Path, metavar="FILE", help="the sheet filled in, .xlsx or .csv")
    revise.add_argument("--decision", default="", metavar="DOCUMENT", help="by which the office revises final figures")
    revise.add_argument("--objection", default="", metavar="CODE", help="that was upheld, in place of a decision")
    revise.add_argument("--force", action="store_true", help="replace a file that is there")
    add_author(revise)


def _add_figure(command: argparse.ArgumentParser, variable: str, *, required: bool = True) -> None:
    command.add_argument("study", metavar="STUDY")
    command.add_argument(variable, dest="variable", required=required, metavar="VARIABLE")
    command.add_argument("--region", required=required, metavar="CODE")
    command.add_argument("--unit", default="", metavar="NAME", help="the facility, where the variable is of facilities")
    command.add_argument("--year", type=arguments.year, help="of the figure")


def _add_value(command: argparse.ArgumentParser) -> None:
    command.add_argument("--value", type=float, help="what the figure is from now on, in the unit of its variable")
    command.add_argument("--state", default="value", help="its state, where it has no value")


def _add_words(command: argparse.ArgumentParser) -> None:
    command.add_argument("--text", default="", help="what is said, and why")
    command.add_argument("--document", default="", help="the letter, list or minutes that it stands in")
    add_author(command)


def _verify(options: argparse.Namespace) -> int:
    from evalkit.register.decisions.figure_sheets import read_figures
    from evalkit.register.decisions.verification import SEEN, Verification, drawn, verify

    office = Office.of(options.study)
    if options.sheet:
        return _write_sheet(office, "seen", drawn(office.register, options.submission, options.draw), options)
    if options.verdict is None:
        wrong = Problem("--verdict", "nothing", "confirmed or doubted; or --sheet, to write a blank sheet")
        raise ParamsError("nothing is said of the submission", [wrong])
    seen = read_figures("seen", options.file) if options.file else pd.DataFrame(columns=SEEN)
    if options.file and seen.empty:
        raise ParamsError("nothing was seen", [Problem(options.file.name, "no row that is filled in", "one at least")])
    told = Verification(options.submission, options.verdict, options.document, options.note)
    again = verify(office.register, told, seen, entry(options, "verification"))
    print(f"{options.submission}: {'returned; ask again' if again else 'verified'}")
    print(*(f"  {each}" for each in again), sep="\n", end="\n" if again else "")
    return 0


def _write_sheet(office: Office, kind: str, figures: pd.DataFrame, options: argparse.Namespace) -> int:
    from evalkit.base.reading import check_writable
    from evalkit.register.decisions.figure_sheets import figure_sheet
    from evalkit.tabular.xlsx.writer import write_sheets

    check_writable(options.sheet, [".xlsx"], force=options.force)
    write_sheets([figure_sheet(kind, figures, office.metadata, office.regions.table.name_zh)], options.sheet)
    print(f"{options.sheet}: {len(figures)} figure(s)")
    return 0


def _raise(options: argparse.Namespace) -> int:
    from evalkit.register.decisions.objections import Objection, raise_objection

    office = Office.of(options.study)
    office.check_reporter(options.raised_by)
    if (options.variable is None) == (options.score is None):
        wrong = Problem("--figure, --score", "both" if options.score else "neither", "one of them")
        raise ParamsError("it is not clear what is objected to", [wrong])
    kind, subject = ("score", options.score) if options.score else ("figure", options.variable)
    if kind == "score":
        office.check_node(subject)
    about = options.region or options.raised_by
    office.check_reporter(about)
    unit, year = options.unit, options.year or office.round.report_year
    if kind == "score":
        office.check_year(year)
    said = (options.text, options.document)
    objection = Objection(kind, options.raised_by, about, subject, year, *said, unit, office.round.code)
    made = entry(options, "objection")
    code = raise_objection(office.register, objection, made)
    print(f"{code}: {subject} of {about} in {year}{_late(office, code, made.day)}")
    return 0


def _step(options: argparse.Namespace) -> int:
    from evalkit.register.decisions.objections import ObjectionStep, objections, take_step

    office = Office.of(options.study)
    told = {name: getattr(options, name) for name in ("step", "outcome", "text", "document")}
    value = {"value": options.value, "state": options.state} if options.step == "decision" else {}
    if value and options.objection in (known := objections(office.register)).index:
        office.check_value(known.subject[options.objection], options.value)
    made = entry(options, "objection")
    revised = take_step(office.register, options.objection, ObjectionStep(**told, **value), made, office.calendar)
    after = f"; the new version is in {revised}" if revised else ""
    print(f"{options.objection}: {options.step}, {options.outcome}{after}{_late(office, options.objection, made.day)}")
    return 0


def _late(office: Office, code: str, day: object) -> str:
    """Say by how many days the step just taken was late, and what comes next until when."""
    from evalkit.register.decisions.objections import late_steps, objections

    if office.calendar is None:
        return ""
    late = late_steps(office.register, office.calendar)
    late = late[late.objection == code]
    last = objections(office.register, calendar=office.calendar).loc[code]
    own = late[late.step == (last.step or "objections")]
    said = f"; {own.late.iloc[-1]} day(s) late, the limit was {own.limit.iloc[-1]}" if len(own) else ""
    until = f" until {last.limit}" if last.limit else ""
    return said + (f"; next: {last.next}{until}" if last.next else "")


def _objections(options: argparse.Namespace) -> int:
    from evalkit.register.decisions.objections import objections

    office = Office.of(options.study)
    found = objections(office.register, calendar=office.calendar).reset_index()
    columns = ["code", "kind", "subject", "about", "unit", "year", "raised_by", "raised", "step", "outcome"]
    print(shown(found[[*columns, "next", "limit"]]))
    return 0


def _revise(options: argparse.Namespace) -> int:
    from evalkit.register.decisions.lookup import submission_of
    from evalkit.register.decisions.revisions import revise
    from evalkit.register.schema import FIGURE

    office = Office.of(options.study)
    if options.sheet and options.submission:
        submission_of(office.register, options.submission)
        return _write_sheet(office, "revised", office.register.rows(FIGURE, submission=[options.submission]), options)
    revisions = _of_a_file(office, options) if options.submission else [_of_a_figure(office, options)]
    for revision in revisions:
        office.check_value(revision.figure["variable"], revision.value)
    code = revise(office.register, revisions, entry(options, "revision"), _authority(office, options))
    print(f"{code}: {len(revisions)} figure(s)")
    return 0


def _of_a_figure(office: Office, options: argparse.Namespace) -> Revision:
    from evalkit.register.decisions.lookup import FigureKey, counting
    from evalkit.register.decisions.revisions import Revision

    if options.variable is None or options.region is None:
        wrong = Problem("--figure, --region", "nothing", "a figure; or --submission with --file")
        raise ParamsError("it is not clear what is revised", [wrong])
    key = FigureKey(options.variable, options.region, options.year or office.round.report_year, options.unit)
    figure = counting(office.register, key)
    return Revision(figure, options.value, options.state, options.because, options.evidence)


def _of_a_file(office: Office, options: argparse.Namespace) -> list[Revision]:
    from evalkit.register.decisions.figure_sheets import read_figures
    from evalkit.register.schema import FIGURE

    if options.file is None:
        wrong = Problem("--file", "nothing", "a sheet that is filled in: --sheet writes a blank one")
        raise ParamsError("it is not clear what is revised", [wrong])
    told = read_figures("revised", options.file)
    its = office.register.rows(FIGURE, submission=[options.submission]).set_index("id", drop=False)
    known = told.figure.isin(its.index)
    if not known.all() or told.empty:
        wrong = [Problem("figure", str(number), f"a figure of {options.submission}") for number in told.figure[~known]]
        nothing = [Problem(options.file.name, "no row that is filled in", "one at least")]
        raise ParamsError("it is not clear what is revised", wrong or nothing)
    return [_from_row(its.loc[row.figure].to_dict(), row) for row in told.itertuples()]


def _from_row(figure: dict, row: tuple) -> Revision:
    from evalkit.register.decisions.revisions import Revision

    value = None if pd.isna(row.value) else row.value
    return Revision(figure, value, row.state or "value", row.because, row.evidence)


def _authority(office: Office, options: argparse.Namespace) -> Authority:
    from evalkit.register.decisions.objections import objections
    from evalkit.register.decisions.revisions import Authority

    if code := options.objection:
        known = objections(office.register)
        upheld = known.index[known.outcome.isin(["upheld", "revised", "disputed"]) & (known.next == "")]
        if code not in upheld:
            raise ParamsError("that objection decides nothing", [Problem("--objection", code, one_of(code, upheld))])
    return Authority(options.decision, options.objection)


def _history(options: argparse.Namespace) -> int:
    from evalkit.register.decisions.history import history

    office = Office.of(options.study)
    found = history(office.register, options.variable, options.region, options.unit, options.year)
    print(shown(found.drop(columns="entry")))
    return 0


def _close(options: argparse.Namespace) -> int:
    from evalkit.register.decisions.closing import close

    register = Office.of(options.study).register
    closed = close(register, options.year, entry(options, "closing"))
    known = register.submissions()
    left = known[(known.year == options.year) & known.status.isin(["draft", "submitted"])]
    print(f"{len(closed)} submission(s) of {options.year} are final", *(f"  {code}" for code in closed), sep="\n")
    for code, one in left.iterrows():
        print(f"left as it is: {code}, {one.status}")
    return 0
