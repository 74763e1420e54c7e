"""Remembers which sentences each function of the chapters says, in the tests of all of them."""

from collections import defaultdict
from functools import wraps
from inspect import isfunction
from pathlib import Path

import pytest

from evalkit.reporting import naming
from evalkit.reporting.chapters import MODULES

HERE = Path(__file__).parent
LAST = "test_findings.py"
SAYING = ("sentences", "pages", "totals")
calls, under_way, heeded = defaultdict(set), [], []


def heard(function):
    """The same function; the keys that a call takes its words from are remembered."""

    @wraps(function)
    def called(*arguments, **more):
        if not heeded:
            return function(*arguments, **more)
        under_way.append(set())
        try:
            return function(*arguments, **more)
        finally:
            keys = under_way.pop()
            calls[f"{function.__module__}.{function.__name__}"].add(frozenset(keys))
            if under_way:
                under_way[-1] |= keys

    return called


def _listen(word=naming.word):
    def spoken(key, *more, **values):
        if under_way:
            under_way[-1].add(key)
        return word(key, *more, **values)

    naming.word = spoken
    for module in (each for each in MODULES if each.__name__.rpartition(".")[2] in SAYING):
        own = [f for f in vars(module).values() if isfunction(f) and f.__module__ == module.__name__]
        for function in (f for f in own if not f.__name__.startswith("_")):
            setattr(module, function.__name__, heard(function))


_listen()  # before the tests take functions by name


@pytest.fixture(autouse=True)
def _heed():
    """Remember what the tests of this folder have said, and no others."""
    heeded.append(True)
    yield
    heeded.clear()


def pytest_collection_modifyitems(items):
    """What the other tests of this folder had said is known when they have run."""
    items.sort(key=lambda item: item.path == HERE / LAST)  # keeps the order of all others


@pytest.fixture(scope="session")
def said(request):
    """The sets of keys that the calls of each function took, over all tests of this folder."""
    if not {item.path for item in request.session.items} >= set(HERE.rglob("test_*.py")):
        pytest.skip("needs all tests of the chapters")
    return calls
