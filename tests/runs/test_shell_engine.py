"""papermill, called from a shell, with the engine that it finds under our name, beside a kernel of its own."""

import os

import nbformat
import papermill
import pytest
from click.testing import CliRunner
from papermill.cli import papermill as command

from evalkit.runs import papermill_plugin
from tests.conftest import ROOT

WHOLE = "EVALKIT_STUDIES" in os.environ  # `make torture`
NOTEBOOKS = sorted(ROOT.glob("notebooks/*.ipynb"))
APART = {"image/png", "application/vnd.jupyter.widget-view+json"}  # pixels, and ids drawn by lot
MISREAD = 'given: str | None = None  # nobody\ns = "a=b"'
CELLS = (
    "import sys\nprint(city, s)\nprint('mind', file=sys.stderr)",
    "import pandas as pd\npd.DataFrame({'city': [city], 'given': [given]})",
    "from IPython.display import Markdown, display\ndisplay(Markdown(f'**{city}**'))\ncity * 2",
    "",
    "%matplotlib inline\nfrom matplotlib.figure import Figure\nf = Figure((2, 1))\nf.subplots().plot([1, 2])\nf",
)
pytestmark = pytest.mark.usefixtures("backend")


@pytest.fixture(autouse=True)
def engine(monkeypatch):
    """Have papermill know the engine as it does where the package is installed."""
    monkeypatch.setitem(papermill.engines.papermill_engines._engines, "evalkit", papermill_plugin)


def call(*arguments):
    return CliRunner().invoke(command, ["--no-progress-bar", *map(str, arguments)])


def shown(path):
    """What the cells of a notebook show: of a picture or controls nothing but that there are some."""
    cells = nbformat.read(path, as_version=4).cells
    return [
        (cell.source, cell.get("execution_count"), [_output(output) for output in cell.get("outputs", ())])
        for cell in cells
    ]


def _output(output):
    data = output.get("data", {})
    return output | {"metadata": {}, "data": data | dict.fromkeys(data.keys() & APART)}


def test_a_notebook_shows_the_same_as_in_a_kernel_but_for_the_pixels(notebook, tmp_path):
    path = notebook(*CELLS, parameters=f'city = ""\n{MISREAD}')
    for name, engine in (("shell", ["--engine", "evalkit"]), ("kernel", [])):
        ended = call(*engine, path, tmp_path / f"{name}.ipynb", "-p", "city", "杭州", "-r", "given", "1")
        assert ended.exit_code == 0, ended.output
        assert "unknown parameter" not in ended.output
    assert shown(tmp_path / "shell.ipynb") == shown(tmp_path / "kernel.ipynb")
    of_both = [nbformat.read(tmp_path / f"{name}.ipynb", 4).metadata.papermill for name in ("shell", "kernel")]
    assert of_both[0].keys() == of_both[1].keys()
    assert of_both[0].parameters == of_both[1].parameters == {"city": "杭州", "given": "1"}


@pytest.mark.slow
@pytest.mark.skipif(not WHOLE, reason="starts a kernel for each notebook: make torture")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_every_notebook_shows_the_same_as_in_a_kernel(path, tmp_path, monkeypatch):
    monkeypatch.setenv("EVALKIT_ROOT", str(ROOT))
    for name, engine in (("shell", "evalkit"), ("kernel", None)):
        papermill.execute_notebook(
            path, tmp_path / f"{name}.ipynb", engine_name=engine, autosave_cell_every=0, progress_bar=False
        )
    assert shown(tmp_path / "shell.ipynb") == shown(tmp_path / "kernel.ipynb")


def test_what_fails_is_told_and_kept_as_papermill_does(notebook, tmp_path):
    ended = call("--engine", "evalkit", notebook("1", "1 / 0", "2"), tmp_path / "out.ipynb")
    assert (ended.exit_code, type(ended.exception).__name__) == (1, "PapermillExecutionError")
    cells = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells
    assert [cell.get("execution_count") for cell in cells if cell.cell_type == "code"] == [1, 2, 3, None]
    assert [cell.metadata.papermill.status for cell in cells if cell.cell_type == "code"] == [
        "completed", "completed", "failed", "pending",
    ]  # fmt: skip
