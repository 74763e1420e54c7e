"""Executing one notebook in this very process: with parameters by papermill, and without a kernel.

Through nbclient the cells are the same, but a kernel takes some 7 seconds more for each report, and listens on TCP.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from papermill.parameterize import parameterize_notebook
from papermill.translators import PythonTranslator, papermill_translators

from evalkit.base.errors import EvalkitError
from evalkit.reporting.render.reading import ABOUT
from evalkit.runs.chapters import without
from evalkit.runs.parameters import check_parameters
from evalkit.runs.shell import errors, fresh_shell
from evalkit.runs.traces import label, traced

NAME = "evalkit"
INJECTED = "injected-parameters"
MISSING_GLYPH = re.compile(r"Glyph (\d+) .*missing from")


class NotebookFailure(EvalkitError):  # noqa: N818 - an Error is somebody's input, this is a notebook's end
    """A notebook stopped, or shows what no reader may see."""


def execute(
    notebook: Path,
    parameters: Mapping[str, object],
    output: Path,
    *,
    leave_out: Iterable[str] = (),
    about: Mapping[str, object] | None = None,
    vectors: bool = False,
) -> NotebookNode:
    """Give `notebook` executed with `parameters`, without some chapters; leave it in `output`, whole or not at all.

    `about` is what the notebook then says of itself: see `render.reading.about`; with `vectors` it keeps its figures as
    SVG too.

    Meant for a process of its own: IPython's shell, matplotlib's backend and whatever the cells change are
    the process's. The same inputs give the same bytes.

    Raises
    ------
    ParamsError
        The notebook does not declare a parameter, or a value does not fit.
    NotebookFailure
        A cell raised, exited, was not run, or lacks glyphs; `<output>.failed.ipynb` stands beside.
    """
    failed = output.with_name(f"{output.stem}.failed.ipynb")
    check_parameters(notebook, parameters)
    executed = _injected(read(notebook, leave_out), parameters)
    if complaints := _run(executed, failed, vectors=vectors):
        _write(executed, failed)
        raise NotebookFailure(f"{notebook.name} failed", complaints)
    if about:
        executed.metadata[ABOUT] = dict(about)
    nbformat.validate(executed)
    _write(executed, output)
    failed.unlink(missing_ok=True)
    return executed


def read(notebook: Path, leave_out: Iterable[str]) -> NotebookNode:
    """Read `notebook` without what an earlier run put in and what is left out, each cell with an id.

    nbformat would draw lots for the ids of a notebook without.
    """
    content = json.loads(notebook.read_text(encoding="utf-8"))
    cells = without(content["cells"], leave_out)
    content["cells"] = [cell for cell in cells if INJECTED not in cell["metadata"].get("tags", [])]
    for place, cell in enumerate(content["cells"]):
        cell.setdefault("id", f"cell-{place}")
        for times in ("papermill", "execution"):
            cell["metadata"].pop(times, None)
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    return nbformat.reads(json.dumps(content | {"nbformat_minor": 5}), as_version=4)


class LiteralTranslator(PythonTranslator):
    """Writes parameters as Python does: Chinese in characters, and never through black."""

    @classmethod
    def codify(cls, parameters: Mapping[str, object], comment: str = "Parameters") -> str:
        """Write the injected cell."""
        return "\n".join([f"# {comment}", *(f"{name} = {value!r}" for name, value in parameters.items())])


papermill_translators.register(NAME, LiteralTranslator)


def _injected(notebook: NotebookNode, parameters: Mapping[str, object]) -> NotebookNode:
    """Give a notebook with a cell that sets parameters, if there are any, below the one that declares them."""
    notebook.metadata.papermill = {"parameters": {}}
    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])  # papermill looks for its own
    if parameters:
        notebook = parameterize_notebook(notebook, dict(parameters), kernel_name=NAME, language="python")
        next(cell for cell in notebook.cells if INJECTED in cell.metadata.tags).id = INJECTED
    return notebook


def _run(notebook: NotebookNode, trace: Path, *, vectors: bool) -> list[str]:
    """Run the cells one after another in a fresh IPython shell, up to the first that fails; say what is amiss.

    `trace` is where it says in which cell it is, for `traces.post_mortem`.
    """
    cells = {place: cell for place, cell in enumerate(notebook.cells) if cell.cell_type == "code"}
    with fresh_shell(vectors=vectors) as shell, traced(notebook, trace) as enter:
        all(enter(place) or shell.run(cell) for place, cell in cells.items())
    return _complaints(cells.values())


def _complaints(cells: Iterable[NotebookNode]) -> list[str]:
    raised = [(cell, f"{error.ename}: {error.evalue}".rstrip(": ")) for cell in cells for error in errors(cell)]
    found = raised or [(cell, complaint) for cell in cells for complaint in _shortcomings(cell)]
    return [f"{label(cell.execution_count, cell.source)}: {complaint}" for cell, complaint in found]


def _shortcomings(cell: NotebookNode) -> Iterator[str]:
    """Say what nothing raises and yet no reader may see: empty boxes, missing pictures, cells not run."""
    warnings = "".join(output.text for output in cell.outputs if output.get("name") == "stderr")
    if codes := dict.fromkeys(MISSING_GLYPH.findall(warnings)):
        yield f"no font has {''.join(chr(int(code)) for code in codes)}"
    yield from (line for line in warnings.splitlines() if "findfont:" in line)
    for data in (output.get("data", {}) for output in cell.outputs):
        if data.get("text/plain", "").startswith("<Figure size") and "image/png" not in data:
            yield "a figure has no picture"
    if cell.source.strip() and cell.execution_count is None:
        yield "was not run"


def _write(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook with a cell a line: nbformat indents all that a cell holds, and takes four times as long."""
    as_json = partial(json.dumps, ensure_ascii=False, sort_keys=True)
    rest = {name: found for name, found in notebook.items() if name != "cells"}
    cells = ",\n".join(map(as_json, notebook.cells))
    part = path.with_name(f".{path.name}.part")
    part.write_text(f'{{"cells": [\n{cells}\n], {as_json(rest)[1:]}\n', encoding="utf-8", newline="\n")
    os.replace(part, path)
