from datetime import date

import pandas as pd
import pytest

from evalkit.register.entries import Entry, Submission
from evalkit.register.register import Register


@pytest.fixture
def register(tmp_path):
    return Register.make(f"sqlite:///{tmp_path / 'r.sqlite'}")


def figures(*values, region="330100", variable="doctors", year=2012, **more):
    """Figures of one variable, a value each; of several years where `year` is one of several."""
    rows = {"variable": variable, "region": region, "unit": "", "year": year, "value": values, "state": "value"}
    return pd.DataFrame({**rows, "publication": "form", "standing": "own", **more})


def submission(code, **more):
    return Submission(code, "round", more.pop("reporter", "330100"), 2012, more.pop("kind", "form"), **more)


def entry(day, by="office", kind="intake"):
    return Entry(kind, by, date(2013, *day))
