import re
import sys
from base64 import b64decode
from io import BytesIO
from struct import unpack

import nbformat
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from nbformat import v4
from PIL import Image

from evalkit.runs.scheduling import Job
from evalkit.runs.shell import errors, fresh_shell, png, svg
from evalkit.runs.workers import run_jobs

CELLS = {
    "print": 'print("甲")\nprint("乙")',
    "streams": 'import sys\nprint("1")\nprint("2", file=sys.stderr)\nprint("3")',
    "result": "seven = 7\nseven",
    "assigned": "six = 6",
    "muted": "seven;",
    "display": 'display("甲")\nseven',
    "update": 'from IPython.display import clear_output\nprint("1")\nclear_output()\nprint("2")',
    "table": 'import pandas as pd\npd.DataFrame({"说明": ["字" * 200] * 80})',
    "figure": "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots(figsize=(1, 2), dpi=100)\nfigure",
    "left open": "plt.plot([1, 2])\nNone",
    "raise": 'raise ValueError("甲")',
    "syntax": "x = ",
    "exit": "import sys\nsys.exit(0)",
    "magic": "%nothing_of_the_kind",
    "much": 'for n in range(50_000):\n    print(f"{n:09}")',
    "many": "import sys\nfor n in range(1_000):\n    print(n)\n    print(n, file=sys.stderr)",
    "large": '"x" * 30_000_000',
    "nothing": "",
    "after": "seven + six",
    "inline": "%matplotlib inline",
}


def run_cells(path):
    """Runs in a process of its own: a shell changes more than it can give back."""
    before = (sys.modules["__main__"], sys.stdout, sys.stderr, pd.get_option("display.max_rows"))
    notebook = v4.new_notebook(cells=[v4.new_code_cell(source, id=f"c{i}") for i, source in enumerate(CELLS.values())])
    with fresh_shell() as shell:
        follows = [shell.run(cell) for cell in notebook.cells]
    with fresh_shell():
        pass  # another may follow, whatever the cells did
    after = (sys.modules["__main__"], sys.stdout, sys.stderr, pd.get_option("display.max_rows"))
    notebook.metadata["seen"] = {"follows": follows, "given back": before == after}
    path.write_text(nbformat.writes(notebook), encoding="utf-8")


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    path = tmp_path_factory.mktemp("shell") / "cells.ipynb"
    (outcome,) = run_jobs([Job("cells", (path,))], run_cells, workers=1, timeout=60)
    assert outcome.error is None
    return nbformat.read(path, as_version=4)


@pytest.fixture(scope="module")
def cells(notebook):
    return dict(zip(CELLS, notebook.cells, strict=True))


def drawn(**options):
    figure = Figure(figsize=(2, 1), dpi=100, layout="constrained", **options)
    axes = figure.subplots()
    axes.imshow([[0, 0.5], [0.5, 1]], cmap="viridis")
    axes.plot([0, 1], color="#1f4e79", lw=4)
    return figure


def shown(cell):
    """What a cell shows: each output's kind with its text, or with the kinds of data it has."""
    return [(o.output_type, o.get("text") or o.get("ename") or o.data.get("text/plain")) for o in cell.outputs]


def test_what_is_printed_at_a_stretch_is_one_output(cells):
    assert shown(cells["print"]) == [("stream", "甲\n乙\n")]


def test_streams_keep_their_order(cells):
    assert [(o.name, o.text) for o in cells["streams"].outputs] == [
        ("stdout", "1\n"),
        ("stderr", "2\n"),
        ("stdout", "3\n"),
    ]


def test_the_last_expression_is_the_result(cells):
    assert shown(cells["result"]) == [("execute_result", "7")]
    assert cells["result"].outputs[0].execution_count == cells["result"].execution_count == 3
    assert shown(cells["assigned"]) == shown(cells["muted"]) == []


def test_of_much_that_is_printed_the_first_and_the_last_is_kept_and_said_to_be(cells):
    [(_, text)] = shown(cells["much"])
    whole = "".join(f"{n:09}\n" for n in range(50_000))
    lost = re.search(r"\n\[… 略去 ([0-9,]+) 个字符 · \1 characters left out …\]\n", text)
    first, last = text[: lost.start()], text[lost.end() :]
    assert len(first) == 25_000
    assert 25_000 <= len(last) < 75_100
    assert len(first) + len(last) + int(lost[1].replace(",", "")) == len(whole)
    assert (whole.startswith(first), whole.endswith(last)) == (True, True)


def test_of_many_outputs_the_first_are_kept(cells):
    outputs = cells["many"].outputs
    assert len(outputs) == 1_001
    assert [output.text for output in outputs[:2]] == ["0\n", "0\n"]
    assert "more outputs left out" in outputs[-1].text


def test_of_what_is_too_large_to_be_read_the_ends_are_shown(cells):
    [(kind, text)] = shown(cells["large"])
    assert kind == "execute_result"
    assert "略去 29,950,002 个字符" in text
    assert len(text) < 50_100


def test_what_is_displayed_stands_before_the_result(cells):
    assert shown(cells["display"]) == [("display_data", "'甲'"), ("execute_result", "7")]


def test_what_is_cleared_is_gone(cells):
    assert shown(cells["update"]) == [("stream", "2\n")]


def test_tables_are_whole(cells):
    html = cells["table"].outputs[0].data["text/html"]
    assert html.count("字" * 200) == 80


def test_a_figure_is_one_picture(cells):
    assert [set(o.data) for o in cells["figure"].outputs] == [{"text/plain", "image/png"}]
    header = b64decode(cells["figure"].outputs[0].data["image/png"])[:24]
    assert header.startswith(b"\x89PNG")
    assert unpack(">II", header[16:]) == (100, 200)  # as large as asked for, not cut to what is drawn


def test_a_figure_that_is_left_open_is_shown_too(cells):
    assert [(o.output_type, "image/png" in o.data) for o in cells["left open"].outputs] == [("display_data", True)]


def test_a_picture_has_256_colours_and_its_size_in_print():
    picture = Image.open(BytesIO(png(drawn())))
    assert (picture.mode, picture.size) == ("P", (200, 100))
    assert picture.info["dpi"] == pytest.approx((100, 100), abs=0.01)


def test_a_picture_is_near_what_savefig_draws_and_its_ground_the_same():
    file = BytesIO()
    drawn(facecolor="#fefefe").savefig(file)
    exact, picture = (
        np.asarray(Image.open(it).convert("RGB"), int) for it in (file, BytesIO(png(drawn(facecolor="#fefefe"))))
    )
    assert np.abs(exact - picture).max() < 24
    assert np.abs(exact - picture).mean() < 1
    assert (picture[0, 0] == 254).all()


def test_the_same_figure_gives_the_same_bytes():
    assert png(drawn()) == png(drawn())
    assert svg(drawn()) == svg(drawn())


def test_a_figure_as_lines_has_its_size_and_its_words_and_leaves_the_figure_as_it_was():
    figure = drawn()
    figure.axes[0].set_title("Score")
    before, found = png(figure), svg(figure)
    assert 'width="144pt" height="72pt"' in found  # 2 by 1 inches
    assert ">Score</text>" in found
    assert png(figure) == before


def test_a_figure_is_drawn_once():
    figure, draws = drawn(), []
    figure.axes[0].lines[0].draw = draws.append
    png(figure)
    assert len(draws) == 1


@pytest.mark.parametrize(
    ("name", "error"),
    [("raise", "ValueError"), ("syntax", "SyntaxError"), ("exit", "SystemExit"), ("magic", "UsageError")],
)
def test_every_end_before_the_end_is_an_error(cells, name, error):
    assert [output.ename for output in errors(cells[name])] == [error]


def test_the_next_cell_may_follow_only_where_there_is_no_error(notebook):
    failed = {name for name, follows in zip(CELLS, notebook.metadata["seen"]["follows"], strict=True) if not follows}
    assert failed == {"raise", "syntax", "exit", "magic"}


def test_cells_share_their_names(cells):
    assert shown(cells["after"]) == [("execute_result", "13")]


def test_streams_options_and_main_are_given_back(notebook):
    assert notebook.metadata["seen"]["given back"]
