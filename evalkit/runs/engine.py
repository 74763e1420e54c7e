"""Executing one notebook in this very process: papermill's engine without a kernel.

Through nbclient the cells are the same, but a kernel takes some 7 seconds more for each report, and listens on TCP. The
same engine serves whoever calls `papermill --engine evalkit`: see `papermill_plugin`.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from papermill.translators import papermill_translators

from evalkit.base.errors import EvalkitError
from evalkit.reporting.render.reading import ABOUT
from evalkit.runs.chapters import without
from evalkit.runs.papermill_plugin import ParameterReader
from evalkit.runs.parameters import check_parameters
from evalkit.runs.shell import Shell, errors, fresh_shell

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
    engine = {"engine_name": NAME, "kernel_name": NAME, "language": "python", "report": notebook.name}
    try:
        # a path would be formatted with the parameters, and written to at every cell
        executed = papermill.execute_notebook(read(notebook, leave_out), None, parameters, progress_bar=False, **engine)
    except NotebookFailure as failure:
        _tidy(failure.notebook)
        _write(failure.notebook, failed)
        raise
    _tidy(executed)
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
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, *, report: str = "", **_
    ) -> None:
        """Run the cells of a notebook, so that it shows what it shows in a kernel.

        A `report`, by its name, shows its frames whole, and raises NotebookFailure for what no reader may see.
        """
        with fresh_shell(whole=bool(report)) as shell:
            all(_run(shell, nb_man, place) for place in range(len(nb_man.nb.cells)))
        cells = [cell for cell in nb_man.nb.cells if cell.cell_type == "code"]
        if report and (complaints := _complaints(cells)):
            raise NotebookFailure(f"{report} failed", complaints, nb_man.nb)


class LiteralTranslator(ParameterReader):
    """Writes parameters as Python does: Chinese in characters, and never through black."""

    @classmethod
    def codify(cls, parameters: Mapping[str, object], comment: str = "Parameters") -> str:
        """Write the injected cell."""
        return "\n".join([f"# {comment}", *(f"{name} = {value!r}" for name, value in parameters.items())])


papermill_engines.register(NAME, ShellEngine)
papermill_translators.register(NAME, LiteralTranslator)


def _run(shell: Shell, nb_man: NotebookExecutionManager, place: int) -> bool:
    """Run one cell, tell papermill of it, and say whether the next may follow."""
    cell = nb_man.nb.cells[place]
    nb_man.cell_start(cell, place)
    goes_on = cell.cell_type != "code" or shell.run(cell)
    if not goes_on:
        nb_man.cell_exception(cell, place)
    nb_man.cell_complete(cell, place)
    return goes_on


def _complaints(cells: list[NotebookNode]) -> list[str]:
    raised = [(cell, f"{error.ename}: {error.evalue}".rstrip(": ")) for cell in cells for error in errors(cell)]
    found = raised or [(cell, complaint) for cell in cells for complaint in _shortcomings(cell)]
    return [f"cell [{cell.execution_count}] {_first_line(cell)!r}: {complaint}" for cell, complaint in found]


def _first_line(cell: NotebookNode) -> str:
    return next(iter(cell.source.strip().splitlines()), "")


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
    """Drop what papermill put in: paths, times, a random id, empty records."""
    notebook.metadata.papermill = {"parameters": notebook.metadata.papermill["parameters"]}
    for cell in notebook.cells:
        for times in ("papermill", "execution"):
            cell.metadata.pop(times, None)
        if INJECTED in cell.metadata.get("tags", []):
            cell.id = INJECTED


def _write(notebook: NotebookNode, path: Path) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
    os.replace(part, path)
