"""Executing one notebook in this very process: papermill's engine without a kernel.

Through nbclient the cells are the same, but a kernel takes some 7 seconds more for each report, and listens on TCP.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.engines import Engine, papermill_engines
from papermill.models import Parameter
from papermill.translators import PythonTranslator, papermill_translators

from evalkit.base.errors import EvalkitError
from evalkit.reporting.render.reading import ABOUT
from evalkit.runs.chapters import without
from evalkit.runs.parameters import check_parameters, literal_assignments
from evalkit.runs.shell import errors, fresh_shell
from evalkit.runs.traces import label, traced

NAME = "evalkit"
INJECTED = "injected-parameters"
MISSING_GLYPH = re.compile(r"Glyph (\d+) .*missing from")


class NotebookFailure(EvalkitError):  # noqa: N818 - an Error is somebody's input, this is a notebook's end
    """A notebook stopped, or shows what no reader may see; `notebook` is what there is of it."""

    def __init__(self, title: str, problems: list[str], notebook: NotebookNode):
        super().__init__(title, problems)
        self.notebook = notebook


def execute(
    notebook: Path,
    parameters: Mapping[str, object],
    output: Path,
    *,
    leave_out: Iterable[str] = (),
    about: Mapping[str, object] | None = None,
) -> None:
    """Execute `notebook` with `parameters` and write it to `output`, whole or not at all, without some chapters.

    `about` is what the notebook then says of itself: see `render.reading.about`.

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
    engine = {"engine_name": NAME, "kernel_name": NAME, "language": "python"}
    engine |= {"title": notebook.name, "trace": failed}
    try:
        # a path would be formatted with the parameters, and written to at every cell
        executed = papermill.execute_notebook(read(notebook, leave_out), None, parameters, progress_bar=False, **engine)
    except NotebookFailure as failure:
        _write(failure.notebook, failed)
        raise
    if about:
        executed.metadata[ABOUT] = dict(about)
    _write(executed, output)
    failed.unlink(missing_ok=True)


def read(notebook: Path, leave_out: Iterable[str]) -> NotebookNode:
    """Read `notebook` without earlier parameters and what is left out, with an id where nbformat would draw lots."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    cells = without(content["cells"], leave_out)
    content["cells"] = [cell for cell in cells if INJECTED not in cell["metadata"].get("tags", [])]
    for place, cell in enumerate(content["cells"]):
        cell.setdefault("id", f"cell-{place}")
    return nbformat.reads(json.dumps(content | {"nbformat_minor": 5}), as_version=4)


class ShellEngine(Engine):
    """Runs the cells one after another in a fresh IPython shell, up to the first that fails."""

    @classmethod
    def execute_notebook(
        cls, nb: NotebookNode, kernel_name: str, *, title: str = "", trace: Path | None = None, **_
    ) -> NotebookNode:
        """Execute `nb` without papermill's manager, which would put times into the notebook.

        `trace` is where it says in which cell it is, for `traces.post_mortem`.
        """
        _tidy(nb)
        cells = {place: cell for place, cell in enumerate(nb.cells) if cell.cell_type == "code"}
        with fresh_shell() as shell, traced(nb, trace) as enter:
            all(enter(place) or shell.run(cell) for place, cell in cells.items())
        if complaints := _complaints(cells.values()):
            raise NotebookFailure(f"{title} failed", complaints, nb)
        return nb


class LiteralTranslator(PythonTranslator):
    """Writes parameters as Python does: Chinese in characters, and never through black."""

    @classmethod
    def codify(cls, parameters: Mapping[str, object], comment: str = "Parameters") -> str:
        """Write the injected cell."""
        return "\n".join([f"# {comment}", *(f"{name} = {value!r}" for name, value in parameters.items())])

    @classmethod
    def inspect(cls, parameters_cell: NotebookNode) -> list[Parameter]:
        """Read the parameters cell."""
        declared = literal_assignments(parameters_cell.source, where="the notebook")
        return [Parameter(name, type(value).__name__, repr(value), "") for name, value in declared.items()]


papermill_engines.register(NAME, ShellEngine)
papermill_translators.register(NAME, LiteralTranslator)


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


def _tidy(notebook: NotebookNode) -> None:
    """Drop what papermill put in (paths, a random id, empty records) and what an earlier run left."""
    notebook.metadata.papermill = {"parameters": notebook.metadata.papermill["parameters"]}
    for cell in notebook.cells:
        for times in ("papermill", "execution"):
            cell.metadata.pop(times, None)
        if INJECTED in cell.metadata.get("tags", []):
            cell.id = INJECTED
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None


def _write(notebook: NotebookNode, path: Path) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
    os.replace(part, path)
