"""The commands that look at runs: evalkit verify and evalkit diff."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from evalkit.base.errors import Problem

if TYPE_CHECKING:
    import pandas as pd

LISTED = 40  # cells, and sentences, that are printed; of more their number


def add_runs(commands: argparse._SubParsersAction) -> None:
    """Add the commands to those of the command line."""
    verify = commands.add_parser("verify", help="prove that a run is what it was when it was made")
    verify.set_defaults(command=_verify)
    verify.add_argument("run", type=Path, metavar="RUN", help="its folder: outputs/STUDY/YEAR")
    verify.add_argument("--again", metavar="KIND[/CODE]", help="make this report anew, and compare tables and text")
    diff = commands.add_parser(
        "diff", help="say which scores, ranks, grades, other cells and sentences of two runs differ, and why"
    )
    diff.set_defaults(command=_diff)
    for name in ("a", "b"):
        diff.add_argument(name, type=Path, metavar=f"RUN_{name.upper()}", help="the folder of a run")
    diff.add_argument("--to", type=Path, metavar="FILE.csv", help="write every change to a table")


def _verify(options: argparse.Namespace) -> int:
    from evalkit.runs.verification import again, altered, record_of

    found, known = altered(options.run), len(record_of(options.run)["outputs"])
    _print(found)
    print(f"{options.run}: {known} file(s) in the manifest, {len(found)} not as the run left them")
    if options.again:
        anew = again(options.run, options.again)
        _print(anew)
        print(f"{options.again} made anew: {len(anew)} difference(s)")
        found = [*found, *anew]
    return 1 if found else 0


def _print(problems: Iterable[Problem]) -> None:
    for problem in problems:
        print(f"evalkit: {problem}")


def _diff(options: argparse.Namespace) -> int:
    import pandas as pd

    from evalkit.base.reading import check_writable
    from evalkit.runs.comparison import compare
    from evalkit.tabular import csv

    if options.to:
        check_writable(options.to, [".csv"])
    found = compare(options.a, options.b)
    for cause, paths in found.causes.items():
        print(f"{cause}: {', '.join(paths[:3])}{f' and {len(paths) - 3} more' if len(paths) > 3 else ''}")
    _list(found.changes, "change(s)", "table(s)")
    _list(found.sentences, "sentence(s)", "report(s)")
    changes = pd.concat([found.changes, found.sentences])
    if options.to:
        csv.write(changes.to_csv(index=False, lineterminator="\n"), options.to)
    return 1 if len(changes) else 0


def _list(changes: pd.DataFrame, what: str, places: str) -> None:
    for change in changes.head(LISTED).itertuples():
        where = " ".join(filter(None, (change.table, change.row, change.column)))
        print(f"{where}: {change.before or 'nothing'} → {change.after or 'nothing'}")
    if len(changes) > LISTED:
        print(f"… and {len(changes) - LISTED} more: --to FILE.csv has all of them")
    print(f"{len(changes)} {what} in {changes.table.nunique()} {places}")
