"""The command that says where everybody stands: evalkit status."""

from __future__ import annotations

import argparse
from datetime import date

from evalkit.commands import arguments
from evalkit.commands.office import Office, add_day, shown

COLUMNS = [
    "reporter", "name", "kind", "status", "since", "asked", "given", "missing", "warned", "late", "submission",
]  # fmt: skip
OPEN = ["objection", "kind", "subject", "about", "raised_by", "raised", "next", "who", "limit"]


def add_status(commands: argparse._SubParsersAction) -> None:
    """Add the command to those of the command line."""
    status = commands.add_parser("status", help="show where each city, county and department stands with its figures")
    status.set_defaults(command=_status)
    status.add_argument("study", metavar="STUDY")
    status.add_argument("--year", type=arguments.year, help="of the figures; the study's report_year if left out")
    add_day(status, "at the end of which day; today if left out")


def _status(options: argparse.Namespace) -> int:
    office = Office.of(options.study)
    year = options.year or office.round.report_year
    found = office.standing(year, options.day or date.today())
    table = found.table.assign(name=found.table.name_zh).reset_index()
    print(f"{office.round.code} {year}, {found.day.isoformat()}")
    print(shown(table[COLUMNS]))
    print("ask back:", *(f"  {row.reporter}: {row.again}" for row in table.itertuples() if row.again), sep="\n")
    print("late:", shown(found.late), sep="\n")
    print("open objections:", shown(found.objections.rename_axis("objection").reset_index()[OPEN]), sep="\n")
    return 0
