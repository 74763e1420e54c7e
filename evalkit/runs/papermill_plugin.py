"""What papermill finds under the name `evalkit`: an engine, and a reader of parameter cells.

papermill loads this module at every start, whoever calls it, so the engine is only imported when a notebook is run.
"""

from __future__ import annotations

from nbformat import NotebookNode
from papermill.models import Parameter
from papermill.translators import PythonTranslator, papermill_translators
from papermill.utils import nb_kernel_name, nb_language  # noqa: F401 - which papermill asks an engine for

from evalkit.base.errors import ParamsError
from evalkit.runs.parameters import parameters_in


def execute_notebook(nb: NotebookNode, kernel_name: str, **options: object) -> NotebookNode:
    """Execute a notebook in this process, as papermill asks of an engine."""
    from evalkit.runs.shell_engine import ShellEngine

    return ShellEngine.execute_notebook(nb, kernel_name, **options)


class ParameterReader(PythonTranslator):
    """Reads a parameters cell as Python does; papermill's own pattern misses `s = "a=b"` and `x: str | None = None`."""

    @classmethod
    def inspect(cls, parameters_cell: NotebookNode) -> list[Parameter]:
        """Read the parameters cell; one that holds more than plain values as papermill does."""
        try:
            declared = parameters_in(parameters_cell.source, where="the notebook")
        except ParamsError:
            return super().inspect(parameters_cell)
        return [
            Parameter(name, one.annotation or type(one.default).__name__, repr(one.default), one.comment)
            for name, one in declared.items()
        ]


papermill_translators.register("python", ParameterReader)
