"""The commands that write files to be filled in or read beside params: evalkit export-findings and schema."""

from __future__ import annotations

import argparse
from pathlib import Path

from evalkit.base.errors import ParamsError, Problem
from evalkit.base.project import project_root
from evalkit.loading import load_study


def add_files(commands: argparse._SubParsersAction) -> None:
    """Add the commands to those of the command line."""
    export = commands.add_parser("export-findings", help="write what inspections found, and what they are to look at")
    export.set_defaults(command=_export_findings)
    export.add_argument("study", metavar="STUDY", help="name of a study that is assessed by targets")
    export.add_argument("file", type=Path, metavar="FILE.xlsx", help="filled in: params/findings/NAME.xlsx")
    export.add_argument("--year", type=int, help="whose figures are visited; the study's report_year if left out")
    export.add_argument("--force", action="store_true", help="replace a file that is there")
    schema = commands.add_parser("schema", help="write the JSON schemas by which editors complete and check params")
    schema.set_defaults(command=_schema)
    schema.add_argument("--to", type=Path, metavar="FOLDER", help="default: params/schema of the project")
    schema.add_argument("--pages", type=Path, metavar="FOLDER", help="write the reference pages too, to this folder")
    schema.add_argument("--force", action="store_true", help="replace files of these names that are not of evalkit")


def _export_findings(options: argparse.Namespace) -> int:
    from evalkit.assessment.supervision.findings_sheet import findings_sheets
    from evalkit.base.reading import check_writable
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
