import ast
import json
import struct
from base64 import b64decode
from types import SimpleNamespace

import nbformat
import pytest

from evalkit.base.errors import ParamsError
from evalkit.runs.engine import NotebookFailure, execute

PLOT = "from matplotlib import pyplot as plt\nfigure, axes = plt.subplots(figsize=(1, 1))\n"
pytestmark = pytest.mark.usefixtures("backend")


@pytest.fixture
def run(notebook, tmp_path):
    """Executes cells and gives the outputs of each."""

    def executed(*sources, **parameters):
        execute(notebook(*sources), parameters, tmp_path / "out.ipynb")
        cells = nbformat.read(tmp_path / "out.ipynb", 4).cells
        return [cell.outputs for cell in cells if cell.id.startswith("c")]

    return executed


@pytest.fixture
def fail(notebook, tmp_path):
    """Executes cells that must fail and gives the message and what is kept."""

    def failed(*sources):
        with pytest.raises(NotebookFailure) as failure:
            execute(notebook(*sources), {}, tmp_path / "out.ipynb")
        assert not (tmp_path / "out.ipynb").exists()
        kept = nbformat.read(tmp_path / "out.failed.ipynb", 4)
        return SimpleNamespace(message=str(failure.value), cells=kept.cells)

    return failed


def test_a_chinese_parameter_reaches_the_cells_and_stands_there_in_characters(run, tmp_path):
    assert run("print(city, year)", city="湖州 {x}", year=2013)[0][0].text == "湖州 {x} 2013\n"
    injected = nbformat.read(tmp_path / "out.ipynb", 4).cells[1]
    assert injected.source == "# Parameters\ncity = '湖州 {x}'\nyear = 2013"
    assert "湖州" in (tmp_path / "out.ipynb").read_text(encoding="utf-8")


def test_a_misspelt_parameter_is_refused_before_anything_runs(notebook, tmp_path):
    ran = tmp_path / "ran"
    with pytest.raises(ParamsError, match="did you mean 'year'"):
        execute(notebook(f"open({str(ran)!r}, 'w')"), {"yaer": 2013}, tmp_path / "out.ipynb")
    assert not ran.exists()


def test_braces_in_the_paths_are_only_characters(notebook, tmp_path):
    execute(notebook("1", name="{a}.ipynb"), {}, tmp_path / "{b}.ipynb")
    assert (tmp_path / "{b}.ipynb").exists()


def test_the_same_inputs_give_the_same_bytes(notebook, tmp_path):
    path = notebook("import warnings\nprint(year)", f"{PLOT}axes.plot([1, 2])\nfigure", "warnings.warn('x')")
    for name in ("a.ipynb", "b.ipynb"):
        execute(path, {"year": 2013}, tmp_path / name)
    assert (tmp_path / "a.ipynb").read_bytes() == (tmp_path / "b.ipynb").read_bytes()


def test_cells_keep_their_ids_and_older_notebooks_get_them_by_place(notebook, tmp_path):
    path = notebook("1")
    execute(path, {"year": 1}, tmp_path / "out.ipynb")
    ids = [cell.id for cell in nbformat.read(tmp_path / "out.ipynb", 4).cells]
    assert ids == ["declared", "injected-parameters", "c0"]
    old = json.loads(path.read_text()) | {"nbformat_minor": 4}
    old["cells"] = [{key: cell[key] for key in cell if key != "id"} for cell in old["cells"]]
    path.write_text(json.dumps(old))
    execute(path, {}, tmp_path / "out.ipynb")
    assert [cell.id for cell in nbformat.read(tmp_path / "out.ipynb", 4).cells] == ["cell-0", "cell-1"]


def test_a_notebook_is_written_with_a_cell_a_line_as_nbformat_reads_it(notebook, tmp_path):
    given = execute(notebook("print('甲')", "1"), {"year": 1}, tmp_path / "out.ipynb")
    written = (tmp_path / "out.ipynb").read_text(encoding="utf-8")
    assert nbformat.reads(written, as_version=4) == given
    assert len(written.splitlines()) == 1 + len(given.cells) + 1


def test_what_an_earlier_run_left_is_not_kept(notebook, tmp_path):
    path = notebook("x = 1")
    old = json.loads(path.read_text())
    old["cells"][1] |= {"execution_count": 7, "metadata": {"papermill": {"duration": 1}, "execution": {}}}
    old["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "earlier"}]
    path.write_text(json.dumps(old))
    cell = execute(path, {}, tmp_path / "out.ipynb").cells[1]
    assert (cell.outputs, cell.execution_count, cell.metadata) == ([], 2, {"tags": []})


def test_neither_times_nor_paths_are_written(run, tmp_path):
    run("1", year=2013)
    text = (tmp_path / "out.ipynb").read_text()
    assert json.loads(text)["metadata"]["papermill"] == {"parameters": {"year": 2013}}
    assert not [word for word in ("duration", "_time", "timestamp", str(tmp_path)) if word in text]


def test_streams_stand_in_order_and_runs_of_one_are_joined(run):
    source = "import sys\nprint('a')\nprint('b')\nprint('c', file=sys.stderr)\nprint('d')"
    streams = [(output.name, output.text) for output in run(source)[0]]
    assert streams == [("stdout", "a\nb\n"), ("stderr", "c\n"), ("stdout", "d\n")]


def test_a_log_handler_of_an_earlier_cell_writes_to_the_cell_that_runs(run):
    first = "import logging\nlogger = logging.getLogger('x')\nlogger.addHandler(logging.StreamHandler())"
    assert [output.text for output in run(first, "logger.warning('late')")[1]] == ["late\n"]


def test_a_last_expression_is_a_result_with_its_count(run):
    (result,) = run("6 * 7")[0]
    assert (result.output_type, result.execution_count) == ("execute_result", 2)
    assert result.data == {"text/plain": "42"}


def test_a_semicolon_silences_a_result(run):
    assert run("6 * 7;") == [[]]


def test_a_frame_shows_whole_as_html_and_as_text(run):
    (result,) = run("import pandas as pd\npd.DataFrame([range(30)] * 70).assign(note='x' * 90)")[0]
    assert set(result.data) == {"text/html", "text/plain"}
    assert result.data["text/html"].count("<td>") == 70 * 31
    assert "x" * 90 in result.data["text/html"]


def test_display_shows_markdown_and_pictures_in_base64(run):
    source = "from IPython.display import Markdown, display\ndisplay(Markdown('# 一'))\n"
    picture = "class P:\n    def _repr_png_(self): return b'abc'\ndisplay(P())"
    markdown, png = run(source + picture)[0]
    assert markdown.output_type == "display_data"
    assert markdown.data["text/markdown"] == "# 一"
    assert png.data["image/png"] == "YWJj"


@pytest.mark.parametrize(
    "end",
    ["figure", "", "plt.show()", "axes.set_title('x');", "plt.close()\nfigure", "figure;", "f = figure\nf"],
)
def test_a_figure_is_shown_once_however_the_cell_ends(run, end):
    shown, after = run(PLOT + end, "plt.get_fignums()")
    assert [set(output.data) for output in shown] == [{"image/png", "text/plain"}]
    assert after[0].data["text/plain"] == "[]"


def test_a_figure_is_kept_as_lines_too_where_that_is_asked_for(notebook, tmp_path):
    execute(notebook(PLOT + "figure"), {}, tmp_path / "out.ipynb", vectors=True)
    shown = [output.data for cell in nbformat.read(tmp_path / "out.ipynb", 4).cells for output in cell.outputs]
    assert [set(data) for data in shown] == [{"image/png", "image/svg+xml", "text/plain"}]


def test_a_figure_without_pyplot_is_shown_once(run):
    (output,) = run("from matplotlib.figure import Figure\nf = Figure((1, 1))\nf.subplots()\nf")[0]
    assert "image/png" in output.data


def test_each_of_two_open_figures_is_shown(run):
    assert len(run(f"{PLOT}{PLOT}1;")[0]) == 2


def test_a_figure_keeps_its_size_without_tight_cropping(run):
    (output,) = run(f"{PLOT}figure")[0]
    width_and_height = b64decode(output.data["image/png"])[16:24]
    assert struct.unpack(">II", width_and_height) == (100, 100)


def test_an_error_stops_the_run_and_says_where(fail):
    failed = fail("1", "# divide\n1 / 0", "2")
    assert failed.message == "report.ipynb failed\n  - cell [3] '# divide': ZeroDivisionError: division by zero"
    assert [cell.execution_count for cell in failed.cells] == [1, 2, 3, None]
    assert failed.cells[2].outputs[0].ename == "ZeroDivisionError"
    assert "Cell" in "".join(failed.cells[2].outputs[0].traceback)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("import sys; sys.exit(0)", "SystemExit: 0"),
        ("exit()", "cell [2] 'exit()': SystemExit: the notebook ended itself"),
        ("x = = 1", "SyntaxError: invalid syntax"),
        ("%nothing", "UsageError: Line magic function `%nothing` not found"),
        ("raise ExceptionGroup('all', [ValueError('a')])", "ExceptionGroup: all"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("await missing()", "NameError: name 'missing' is not defined"),
        (
            "from evalkit.base.errors import DataError\nraise DataError('t', ['甲', '乙'])",
            "DataError: t\n  - 甲\n  - 乙",
        ),
        (f"{PLOT}axes.set_title('$\\\\frac$')\nfigure", "ValueError"),
        (f"{PLOT}axes.set_title('$\\\\frac$');", "ValueError"),
        ("import sys\nprint('findfont: no such font', file=sys.stderr)", "findfont: no such font"),
        (f"{PLOT}get_ipython().display_formatter.formatters['image/png'].pop(type(figure))\nfigure", "no picture"),
    ],
)
def test_whatever_goes_wrong_in_a_cell_is_a_failure(fail, source, message):
    assert message in fail(source).message


def test_an_empty_cell_needs_no_count(run):
    assert run("", "  \n", "1")[:2] == [[], []]


def test_a_failure_leaves_the_earlier_report_and_a_success_clears_the_failure(notebook, tmp_path):
    out, failed = tmp_path / "out.ipynb", tmp_path / "out.failed.ipynb"
    out.write_text("earlier")
    with pytest.raises(NotebookFailure):
        execute(notebook("1 / 0"), {}, out)
    assert out.read_text() == "earlier"
    assert failed.exists()
    execute(notebook("1"), {}, out)
    assert not failed.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.ipynb", "report.ipynb"]


def test_what_an_earlier_execution_left_in_the_notebook_is_forgotten(notebook, tmp_path):
    execute(notebook("print(year)"), {"year": 2013}, tmp_path / "earlier.ipynb")
    execute(tmp_path / "earlier.ipynb", {}, tmp_path / "out.ipynb")
    _, cell = nbformat.read(tmp_path / "out.ipynb", 4).cells
    assert [output.text for output in cell.outputs] == ["2012\n"]


@pytest.mark.parametrize(
    "value", ['"); raise SystemExit("', "'\n1/0\n'", "{study} %s \\", '"""', "$x", "\u2028import os"]
)
def test_a_parameter_is_never_source(run, value):
    [[shown]] = run("city", city=value)
    assert ast.literal_eval(shown.data["text/plain"]) == value
