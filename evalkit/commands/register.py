"""The commands of the register itself: evalkit register open, export and check."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from evalkit.base import fingerprint
from evalkit.base.errors import DataError, Problem
from evalkit.commands.office import Office, add_author, entry
from evalkit.register import as_of

if TYPE_CHECKING:
    import pandas as pd

    from evalkit.register.register import Register

SHOWN = 12


def add_register(commands: argparse._SubParsersAction) -> None:
    """Add the commands to those of the command line."""
    register = commands.add_parser("register", help="open, export or check the register of a study's figures")
    steps = register.add_subparsers(required=True, metavar="STEP")
    opened = steps.add_parser("open", help="make the register, and put the figures of a dataset on record in it")
    opened.set_defaults(command=_open)
    given = "a folder of the project, or a shipped one; what the study names as `variables` if left out"
    opened.add_argument("--from", dest="dataset", metavar="DATASET", help=given)
    add_author(opened)
    export = steps.add_parser("export", help="write every version of every figure, and which of them count")
    export.set_defaults(command=_export)
    export.add_argument("--to", type=Path, required=True, metavar="FILE", help=".parquet, or .csv for a spreadsheet")
    export.add_argument("--as-of", metavar="DAY", help="as it stood at the end of a day such as 2013-05-20")
    export.add_argument("--force", action="store_true", help="replace a file that is there")
    check = steps.add_parser("check", help="say whether anything on record was changed behind the register's back")
    check.set_defaults(command=_check)
    for step in (opened, export, check):
        step.add_argument("study", metavar="STUDY", help="name of a study whose figures are on record")


def _open(options: argparse.Namespace) -> int:
    from evalkit.data.dataset import dataset_folder
    from evalkit.register.entries import OPENING, Submission

    office, by = Office.of(options.study), entry(options, OPENING)
    name = options.dataset or office.round.register.variables
    folder = dataset_folder(name, office.root, "--from" if options.dataset else "register.variables")
    figures = _figures(office, folder)
    register = office.round.register.make(office.root)
    _check_new(register, figures)
    code = _free(register)
    submission = Submission(
        code, office.round.code, office.regions.code, office.round.report_year, OPENING, file=name,
        sha256=fingerprint.digest(fingerprint.inputs(sorted(folder.glob("*.csv")), office.root)),
        system=f"{office.system.code} {office.system.version}",
    )  # fmt: skip
    number = register.receive(submission, figures, by, status="final")
    print(f"{office.round.register.store}: {len(figures)} figure(s) of {name} are on record as {code} (entry {number})")
    return 0


def _figures(office: Office, folder: Path) -> pd.DataFrame:
    """Read a dataset whose figures the metadata of the register declare, though not all of these."""
    from evalkit.data.contract import check_table, read_table

    table = check_table(read_table(folder), office.metadata, office.regions.table, whole=False)
    return table.assign(year=table.year.astype(int), standing="own")


def _check_new(register: Register, figures: pd.DataFrame) -> None:
    """Raise DataError where a figure is on record already: an opening would take the place of what was handed in."""
    from evalkit.data.contract import KEY

    known = register.figures(figures.year.unique().tolist(), columns=KEY)
    again = figures[[*KEY]].merge(known[[*KEY, "submission"]], on=[*KEY])
    if len(again):
        rows = again.head(SHOWN).itertuples()
        wrong = [
            Problem(f"{row.variable} of {row.region} in {row.year}", f"one of {row.submission}", "none") for row in rows
        ]
        more = [f"… and {len(again) - SHOWN} more"] if len(again) > SHOWN else []
        raise DataError("figures are on record already; `evalkit revise` puts another in their place", [*wrong, *more])


def _free(register: Register) -> str:
    from evalkit.register.entries import OPENING

    taken = set(register.submissions().index)
    names = (f"{OPENING}-{number}" if number > 1 else OPENING for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _export(options: argparse.Namespace) -> int:
    from evalkit.base.reading import check_writable
    from evalkit.register.exports import WRITERS, exported

    check_writable(options.to, [*WRITERS], force=options.force)
    office = Office.of(options.study)
    day = as_of.day_of(options.as_of) if options.as_of is not None else None
    found = exported(office.register, day=day, accepted=office.round.register.accepted)
    WRITERS[options.to.suffix.lower()](found, options.to)
    print(f"{options.to}: {len(found)} figure(s) on record, {found.counts.sum()} of which count")
    return 0


def _check(options: argparse.Namespace) -> int:
    from evalkit.register.schema import ENTRY

    office = Office.of(options.study)
    wrong = office.register.check()
    entries = office.register.entries().set_index("id")
    for number in wrong:
        known = entries.loc[number] if number in entries.index else None
        said = f"{known.kind} of {known.day} by {known.by}" if known is not None else f"rows of no {ENTRY.name}"
        print(f"entry {number} ({said}): altered")
    print(f"{len(entries)} entries, {len(wrong)} altered; digest {office.register.digest()}")
    return 1 if wrong else 0
