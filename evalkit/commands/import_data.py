"""The command that takes figures in: evalkit import-data."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from evalkit.base.errors import ParamsError, Problem
from evalkit.base.project import DEFAULT_REGIONS, default_regions, find, project_root
from evalkit.data import Regions

if TYPE_CHECKING:
    from evalkit.data.additions import Added


def add_import_data(commands: argparse._SubParsersAction) -> None:
    """Add the command to those of the command line."""
    take = commands.add_parser("import-data", help="take figures from printed tables, or a dataset from a workbook")
    take.set_defaults(command=_import_data)
    what = ".xlsx and .csv; without --publication, one workbook of `evalkit export-index --data STUDY`"
    take.add_argument("files", type=Path, nargs="+", metavar="FILE", help=what)
    take.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="what a study names as its `dataset`")
    take.add_argument("--publication", metavar="CODE", help="what printed tables are from, as the metadata declare it")
    take.add_argument("--metadata", type=Path, metavar="FILE", help="default: metadata.yaml in the folder")
    meaning = "what a sign in the place of a number means: missing, 'not applicable', 'not due', or a number"
    take.add_argument("--sign", nargs=2, action="append", default=[], metavar=("SIGN", "MEANING"), help=meaning)
    take.add_argument("--known-only", action="store_true", help="pass over what metadata and regions do not know")
    which = f"default: the project's only ones, or {DEFAULT_REGIONS}"
    take.add_argument("--regions", metavar="NAME", help=which)
    take.add_argument("--force", action="store_true", help="replace a dataset, or figures, that are there")


def _import_data(options: argparse.Namespace) -> int:
    root = project_root()
    regions = Regions.load(find(root, "regions", options.regions or default_regions(root)))
    return _import_tables(options, regions) if options.publication else _import_dataset(options, regions)


def _import_dataset(options: argparse.Namespace, regions: Regions) -> int:
    from evalkit.data.dataset_folder import save
    from evalkit.data.dataset_workbook import is_dataset, read_dataset_workbook

    [file, *more] = options.files
    if more or not is_dataset(file):
        wrong = Problem("--publication", "nothing", "the code of what they are from, as the metadata declare it")
        raise ParamsError("printed tables do not say where their figures are from", [wrong])
    save(read_dataset_workbook(file, regions.table), options.to, force=options.force)
    print(options.to)
    return 0


def _import_tables(options: argparse.Namespace, regions: Regions) -> int:
    from evalkit.data.additions import add
    from evalkit.data.intake import Reading, take_in
    from evalkit.data.labels import Labels
    from evalkit.data.metadata import METADATA, Metadata

    metadata = options.metadata or options.to / METADATA
    if not metadata.exists():
        wrong = Problem("--metadata", "nothing", f"the file that declares the variables, or {METADATA} in the folder")
        raise ParamsError(f"there is no file {metadata}", [wrong])
    labels = Labels(Metadata.load(metadata), regions)
    reading = Reading(options.publication, _signs(options.sign), known_only=options.known_only)
    intake = take_in(options.files, labels, reading)
    added = add(intake, labels, metadata, options.to, force=options.force)
    for problem in intake.passed_over:
        print(f"evalkit: passed over: {problem.where}: {problem.found}", file=sys.stderr)
    for problem in added.kept:
        print(f"evalkit: kept: {problem}", file=sys.stderr)
    print(f"{options.to}: {_taken(added)}")
    if added.lacking:
        print(f"{added.lacking} figure(s) that the metadata declare are not there yet")
    return 0


def _taken(added: Added) -> str:
    blank = f" and {added.blank} blank(s)" if added.blank else ""
    filled = f", {added.filled} in place of blanks" if added.filled else ""
    return f"{added.new - added.blank} figure(s){blank} taken{filled}, {added.replaced} in place of others"


def _signs(given: list[list[str]]) -> dict[str, str]:
    """Give the meaning of every sign. Raises ParamsError where one is given several."""
    meanings: dict[str, list[str]] = {}
    for sign, meaning in dict.fromkeys(map(tuple, given)):
        meanings.setdefault(sign, []).append(meaning)
    several = {f"--sign {sign}": each for sign, each in meanings.items() if len(each) > 1}
    if several:
        wrong = [Problem(sign, " and ".join(map(repr, each)), "one meaning") for sign, each in several.items()]
        raise ParamsError("the tables cannot be taken", wrong)
    return {sign: meaning for sign, (meaning,) in meanings.items()}
