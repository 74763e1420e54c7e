"""The commands about index systems: evalkit diff-index, export-index and import-index."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evalkit.base.errors import EvalkitError
from evalkit.index import IndexSystem
from evalkit.loading import load_study, load_system


def add_index(commands: argparse._SubParsersAction) -> None:
    """Add the commands to those of the command line."""
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


def _print_differences(a: IndexSystem, b: IndexSystem) -> None:
    from evalkit.index.comparison import diff_systems, lines

    table = diff_systems(a, b)
    print(f"{a.code} {a.version} → {b.code} {b.version}: {len(table)} difference(s)")
    for line in lines(table):
        print(line)
