"""One report, made in a process of its own: notebook executed, page exported, its tables written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from evalkit.loading import load_study
from evalkit.reporting.render.html import status_page
from evalkit.reporting.site.pages import site
from evalkit.runs.engine import execute
from evalkit.runs.formats import DEFAULT, LAID_OUT, XLSX
from evalkit.runs.kinds import KINDS
from evalkit.runs.tables import write_files
from evalkit.runs.volumes import write_pages


def make_report(
    root: Path,
    kind: str,
    name: str,
    parameters: Mapping[str, object],
    template: Path,
    folder: Path,
    formats: tuple[str, ...] = DEFAULT,
) -> None:
    """Leave report.ipynb, report.html and a page for each other volume, and tables.zip with its CSV in `folder`.

    Beside them stand what `formats` ask for: annex.xlsx, and the volumes as Word and PDF files. `name` is what people
    call the report: what it is made for, or its title. What the notebook has made of its tables is what the files get.
    Raises NotebookFailure with the cell that failed; what there is of the notebook stays as report.failed.ipynb.
    """
    os.environ["EVALKIT_ROOT"] = str(root)  # whatever folder the run was called from
    folder.mkdir(parents=True, exist_ok=True)
    of = KINDS[kind]
    code = str(parameters[of.each.name]) if of.each else ""
    study = load_study(str(parameters["study"]), root=root)
    report = of.make(study, code, year=parameters["year"], language=str(parameters["language"]))
    about = {"title": report.title if of.each else name, "language": report.language}
    about |= {"edition": report.edition_line, "mark": report.mark}
    options = {"leave_out": study.round.leave_out.get(of.notebook, ()), "vectors": not LAID_OUT.isdisjoint(formats)}
    executed = execute(template, parameters, folder / "report.ipynb", about=about, **options)
    write_pages(executed, folder, formats)
    write_files(report, of, folder, name=name, workbook=XLSX in formats)


def make_site(context: dict, folder: Path) -> None:
    """Write the index page of a round into a folder, and beside it the other pages of its site."""
    for name, text in site(context).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def make_status(context: dict, path: Path) -> None:
    """Write the page of where everybody stands."""
    path.write_text(status_page(context), encoding="utf-8")
