"""The examples of every key, gathered once for all tests."""

from functools import cache

from evalkit.reference.examples import Examples
from evalkit.reference.schema import models
from tests.conftest import ROOT


@cache
def examples():
    return Examples(models(), ROOT)
