import tomllib

import papermill
from papermill.engines import PapermillEngines

from evalkit.runs import papermill_plugin
from tests.conftest import ROOT

GROUP = "papermill.engine"


def test_papermill_finds_the_engine_by_the_entry_point_of_the_package(tmp_path, monkeypatch):
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"][GROUP]
    installed = tmp_path / "evalkit-1.dist-info"
    installed.mkdir()
    lines = [f"[{GROUP}]", *(f"{name} = {place}" for name, place in declared.items())]
    (installed / "entry_points.txt").write_text("\n".join(lines))
    monkeypatch.syspath_prepend(tmp_path)
    engines = PapermillEngines()
    engines.register_entry_points()
    assert engines.get_engine("evalkit") is papermill_plugin


def test_defaults_that_papermill_would_misread_are_known(notebook):
    found = papermill.inspect_notebook(
        notebook(parameters='given: str | None = None  # nobody\ns = "a=b"\nmore = [\n    1,\n]  # all')
    )
    assert found == {
        "given": {"name": "given", "inferred_type_name": "str | None", "default": "None", "help": "nobody"},
        "s": {"name": "s", "inferred_type_name": "str", "default": "'a=b'", "help": ""},
        "more": {"name": "more", "inferred_type_name": "list", "default": "[1]", "help": "all"},
    }


def test_a_cell_of_more_than_plain_values_is_read_as_papermill_does(notebook):
    found = papermill.inspect_notebook(notebook(parameters="import os\nx = os.sep"))
    assert found == {"x": {"name": "x", "inferred_type_name": "None", "default": "os.sep", "help": ""}}
