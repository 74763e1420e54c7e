"""explore.ipynb as JupyterLab runs it: in a kernel, with its controls live, and as a page afterwards."""

import nbformat
import pytest
from lxml.html import fromstring
from nbclient import NotebookClient
from nbconvert.exporters import get_exporter

from tests.conftest import ROOT

MOVED = """controls.sliders["P04"].value = 0
print(controls.page.value == explore.controls.page(controls.found))
print(controls.found.other.score("index"), controls.found.own.score("index"))"""


@pytest.mark.slow
def test_its_controls_live_in_a_kernel_and_its_page_has_what_they_showed(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    notebook = nbformat.read(ROOT / "notebooks/explore.ipynb", as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(MOVED))
    NotebookClient(notebook, resources={"metadata": {"path": str(ROOT / "notebooks")}}).execute()
    follows, scores = notebook.cells[-1].outputs[0].text.splitlines()
    other, own = map(float, scores.split())
    assert (follows, other != own) == ("True", True)
    [shown] = next(cell for cell in notebook.cells if cell.id == "controls").outputs
    models = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    assert shown.data["application/vnd.jupyter.widget-view+json"]["model_id"] in models
    notebook.cells.pop()
    page, _ = get_exporter("evalkit-html")().from_notebook_node(notebook)
    found = fromstring(page)
    assert "试算，不是评价结果" in found.text_content()
    assert found.xpath("//main//table")
