from datetime import date

import pandas as pd
import pytest

from evalkit.register.entries import Entry, Submission
from evalkit.register.register import Register
from tests.register import server

BOTH = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def postgresql():
    """The URL of a server that the tests have started."""
    if why := server.lacking():
        pytest.skip(why)
    with server.running() as url:
        yield url


@pytest.fixture
def url(request, tmp_path):
    """The URL of a store in which nothing stands yet: a file, unless a test asks for `BOTH` kinds."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return f"sqlite:///{tmp_path / 'r.sqlite'}"
    return server.apart(request.getfixturevalue("postgresql"))


@pytest.fixture
def register(url):
    return Register.make(url)


def figures(*values, region="330100", variable="doctors", year=2012, **more):
    """Figures of one variable, a value each; of several years where `year` is one of several."""
    rows = {"variable": variable, "region": region, "unit": "", "year": year, "value": values, "state": "value"}
    return pd.DataFrame({**rows, "publication": "form", "standing": "own", **more})


def submission(code, **more):
    return Submission(code, "round", more.pop("reporter", "330100"), 2012, more.pop("kind", "form"), **more)


def entry(day, by="office", kind="intake"):
    return Entry(kind, by, date(2013, *day))
