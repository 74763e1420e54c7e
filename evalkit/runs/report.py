"""One report, made in a process of its own: notebook executed, page exported, its tables written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import nbformat

from evalkit.loading import load_study
from evalkit.reporting.render.html import pages
from evalkit.reporting.site.pages import site
from evalkit.runs.engine import execute
from evalkit.runs.kinds import KINDS
from evalkit.runs.tables import write_files


def make_report(
    root: Path, kind: str, name: str, parameters: Mapping[str, object], template: Path, folder: Path
) -> None:
    """Leave report.ipynb, report.html and a page for each other volume, annex.xlsx and tables/*.csv in `folder`.

    `name` is what people call the report: what it is made for, or its title. What the notebook has made of its
    tables is what the files get.
    Raises NotebookFailure with the cell that failed; what there is of the notebook stays as report.failed.ipynb.
    """
    os.environ["EVALKIT_ROOT"] = str(root)  # whatever folder the run was called from
    notebook, of = folder / "report.ipynb", KINDS[kind]
    code = str(parameters[of.each.name]) if of.each else ""
    study = load_study(str(parameters["study"]), root=root)
    execute(template, parameters, notebook, leave_out=study.round.leave_out.get(of.notebook, ()))
    report = of.make(study, code, year=parameters["year"], language=str(parameters["language"]))
    title = report.title if of.each else name
    found = pages(
        nbformat.read(notebook, as_version=4),
        title=title,
        language=report.language,
        footer=report.edition_line,
        mark=report.mark,
    )
    for volume, html in found.items():
        (folder / f"{volume}.html").write_text(html, encoding="utf-8")
    write_files(report, of, folder, name=name)


def make_site(context: dict, folder: Path) -> None:
    """Write the index page of a round into a folder, and beside it the other pages of its site."""
    for name, text in site(context).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
