import json
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from evalkit.runs.traces import label, post_mortem, traced


@pytest.fixture
def notebook():
    cells = [v4.new_markdown_cell("# 题", id="m"), v4.new_code_cell("a = 1", id="a"), v4.new_code_cell(" ", id="e")]
    return v4.new_notebook(cells=[*cells, v4.new_code_cell("# 甲\nb = a", id="b"), v4.new_code_cell("c", id="c")])


def test_what_ended_a_notebook_is_put_into_the_cell_that_it_was_in(notebook, tmp_path):
    path = tmp_path / "n.ipynb"
    with traced(notebook, path) as enter:
        for place in (1, 3):
            enter(place)
        assert json.loads(path.read_bytes())["at"] == 3
        assert post_mortem(path, "ended by signal 9") == "cell [2] '# 甲': ended by signal 9"
    left = nbformat.read(path, as_version=4)
    nbformat.validate(left)
    assert [cell.get("outputs", []) for cell in left.cells] == [
        [], [], [], [{"output_type": "error", "ename": "Stopped", "evalue": "ended by signal 9",
                      "traceback": ["ended by signal 9"]}], [],
    ]  # fmt: skip
    assert [cell.source for cell in left.cells] == [cell.source for cell in notebook.cells]


def test_where_nothing_can_be_written_the_cell_is_named_all_the_same(notebook, tmp_path, monkeypatch):
    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    with traced(notebook, tmp_path / "n.ipynb") as enter:
        enter(1)
    monkeypatch.setattr(Path, "write_text", fail)
    assert post_mortem(tmp_path / "n.ipynb", "甲") == "cell [1] 'a = 1': 甲"


@pytest.mark.parametrize("text", [None, "", '{"at":', '{"cells": []}', '{"at": -1, "cells": []}'])
def test_what_was_in_no_cell_is_told_as_it_happened(tmp_path, text):
    path = tmp_path / "n.ipynb"
    if text is not None:
        path.write_text(text)
    assert post_mortem(path, "甲") == "甲"


def test_a_cell_is_named_by_its_first_line():
    assert [label(2, "\n# 甲\nb"), label(None, "")] == ["cell [2] '# 甲'", "cell [None] ''"]
