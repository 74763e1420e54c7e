"""One report, made in a process of its own: notebook executed, page exported, its own tables written."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import nbformat

from evalkit.loading import load_study
from evalkit.project import project_root
from evalkit.reporting import RoundReport
from evalkit.reporting.html import index_page, page
from evalkit.runs.engine import execute
from evalkit.runs.tables import write_own


def make_report(
    template: Path,
    parameters: Mapping[str, object],
    folder: Path,
    heading: tuple[str, str, str | None],
    tables: Mapping[str, Callable] | None = None,
) -> None:
    """Leave report.ipynb and report.html in `folder`, under a title, an edition line and the mark of made-up data.

    `tables` are those of a report of the round: they become annex.xlsx and tables/*.csv beside it.
    Raises NotebookFailure with the cell that failed; what there is of the notebook stays as report.failed.ipynb.
    """
    root, language = project_root(template.parent), str(parameters["language"])
    os.environ["EVALKIT_ROOT"] = str(root)  # whatever folder the run was called from
    notebook = folder / "report.ipynb"
    execute(template, parameters, notebook)
    title, edition, mark = heading
    html = page(nbformat.read(notebook, as_version=4), title=title, language=language, footer=edition, mark=mark)
    (folder / "report.html").write_text(html, encoding="utf-8")
    if tables:
        study = load_study(str(parameters["study"]), root=root)
        report = RoundReport(study, study.evaluate(), parameters["year"], language)
        write_own(report, tables, folder, header=f"{title}  {edition}")


def make_index(context: dict, path: Path) -> None:
    """Write the index page of a round."""
    path.write_text(index_page(context), encoding="utf-8")
