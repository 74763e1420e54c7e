import nbformat
import pytest
from matplotlib import pyplot
from nbformat import v4

PARAMETERS = 'city = "330100"\nyear = 2012'
PYTHON = {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"}}


@pytest.fixture
def backend():
    """Gives matplotlib's backend back, which a notebook that runs in this process has changed."""
    before = pyplot.get_backend()
    yield
    pyplot.ioff()
    pyplot.switch_backend(before)


@pytest.fixture
def notebook(tmp_path):
    """Builds a notebook from the sources of its code cells."""

    def build(*sources, parameters=PARAMETERS, name="report.ipynb"):
        cells = [v4.new_code_cell(source, id=f"c{place}") for place, source in enumerate(sources)]
        declared = v4.new_code_cell(parameters, id="declared", metadata={"tags": ["parameters"]})
        path = tmp_path / name
        path.write_text(nbformat.writes(v4.new_notebook(cells=[declared, *cells], metadata=PYTHON)), encoding="utf-8")
        return path

    return build
