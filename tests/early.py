"""Loaded by pytest before its other plugins."""

import gc
import sys

import pytest

# nbval brings jsonschema, which with this package compiles a grammar of addresses for longer than all other imports
sys.modules.setdefault("rfc3987_syntax", None)
# all that is imported stays: to look through it for what may be freed is a third of collecting the tests
gc.disable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop():
    """Collect garbage again, but only what the tests make."""
    gc.freeze()
    gc.enable()
