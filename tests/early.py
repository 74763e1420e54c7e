"""Loaded by pytest before its other plugins."""

import gc
import sys
from functools import partial

import pytest
import yaml

# nbval brings jsonschema, which with this package compiles a grammar of addresses for longer than all other imports
sys.modules.setdefault("rfc3987_syntax", None)
# all that is imported stays: to look through it for what may be freed is a third of collecting the tests
gc.disable()
# as evalkit reads it: without libyaml each file takes ten times as long
yaml.safe_load = partial(yaml.load, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop():
    """Collect garbage again, but only what the tests make, and seldom: studies stay, and are made of many objects."""
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
    gc.enable()
