import subprocess
import sys

CODE = """
import evalkit.runs.lean
import gc, sys
import jsonschema, nbformat
from nbformat.v4 import new_markdown_cell, new_notebook
assert not gc.isenabled()
assert "lark" not in sys.modules
nbformat.validate(new_notebook(cells=[new_markdown_cell("# 1")]))
try:
    nbformat.validate({"cells": 1})
except nbformat.ValidationError:
    print("checked")
"""


def test_a_server_compiles_no_grammar_and_still_checks_notebooks():
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("checked\n", 0), done.stderr
