import subprocess
import sys

import pytest

from evalkit.runs import formats
from evalkit.runs.formats import FORMATS, lacking
from tests.conftest import ROOT


@pytest.mark.parametrize(("name", "found"), [("doc", "did you mean 'docx'"), ("", "one of html")])
def test_a_format_that_nobody_knows_is_told_with_a_near_one(name, found):
    assert found in str(next(lacking([name])))


def test_a_format_without_its_package_is_told_with_what_brings_it(monkeypatch):
    monkeypatch.setattr(formats, "find_spec", lambda name: None if name == "typst" else name)
    assert [str(problem) for problem in lacking(FORMATS)] == [
        "--formats: found pdf, without its package; expected pip install 'evalkit[pdf]' first"
    ]


def test_what_runs_in_the_runners_own_process_does_not_import_what_writes_formats():
    imports = "import sys, evalkit.runs.request, evalkit.runs.index"
    code = f"{imports}; print({{'nbformat', 'docx', 'typst', 'lxml', 'jinja2'}} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout == "set()\n"
