"""papermill's engine without a kernel, for whoever calls `papermill --engine evalkit`."""

from papermill.engines import Engine, NotebookExecutionManager

from evalkit.runs.shell import Shell, fresh_shell


class ShellEngine(Engine):
    """Runs the cells one after another in a fresh IPython shell, up to the first that fails."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, **_) -> None:
        """Run the cells of a notebook, so that it shows what it shows in a kernel."""
        with fresh_shell(whole=False) as shell:
            all(_run(shell, nb_man, place) for place in range(len(nb_man.nb.cells)))


def _run(shell: Shell, nb_man: NotebookExecutionManager, place: int) -> bool:
    """Run one cell, tell papermill of it, and say whether the next may follow."""
    cell = nb_man.nb.cells[place]
    nb_man.cell_start(cell, place)
    goes_on = cell.cell_type != "code" or shell.run(cell)
    if not goes_on:
        nb_man.cell_exception(cell, place)
    nb_man.cell_complete(cell, place)
    return goes_on
