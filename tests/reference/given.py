"""The examples of every key, gathered once for all tests."""

from evalkit.reference.examples import Examples
from evalkit.reference.schema import models
from tests.conftest import ROOT

EXAMPLES = Examples(models(), ROOT)
