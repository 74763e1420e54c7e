"""Notebooks as they are committed, opened by hand: each begins with the parameters that it declares.

All that follows is the same for a run, which makes every report that there is. The golden report, which is one of them,
runs in a kernel besides (nbval): what a kernel does, it does for all alike.
"""

import nbformat
import pytest

from evalkit.loading import held
from evalkit.runs.kinds import KINDS
from evalkit.runs.shell import errors, fresh_shell
from tests.conftest import DEMO, ROOT, shipped

OPENING = 3  # cells of code: parameters, the report, its heading
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
pytestmark = pytest.mark.usefixtures("backend")


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_a_notebook_opens_and_one_that_no_run_makes_is_whole(path, monkeypatch):
    monkeypatch.delenv("EVALKIT_ROOT", raising=False)
    monkeypatch.chdir(path.parent)
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    if any(path.name == kind.path.name for kind in KINDS.values()):
        cells = cells[:OPENING]
    with held(shipped(DEMO)), fresh_shell() as shell:
        all(map(shell.run, cells))
    assert [error.traceback for cell in cells for error in errors(cell)] == []
    assert [cell.source for cell in cells if cell.execution_count is None] == []
