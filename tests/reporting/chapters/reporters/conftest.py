from datetime import date

import pandas as pd
import pytest

from evalkit.register.decisions.objections import Objection, raise_objection
from evalkit.register.entries import Entry, Submission
from evalkit.reporting.report import RoundReport
from tests.commands.conftest import CALENDAR
from tests.register import on_record

FIGURE = {"variable": "doctors", "region": "0100", "unit": "", "year": 2012, "value": 4.0, "state": "value"}


def on(*day):
    return Entry("step", "Li", date(2013, *day))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small project in which one city handed a figure in that another objects to, and one form was returned."""
    project = on_record.small(tmp_path_factory.mktemp("standing"))
    project.edit("params/studies/small.yaml", "publication: book}", "publication: book, calendar: small}")
    (project.root / "params" / "calendar").mkdir()
    (project.root / "params" / "calendar" / "small.yaml").write_text(CALENDAR, encoding="utf-8")
    register = on_record.design().open(project.root)
    register.receive(Submission("a", "small", "0100", 2012, "form"), pd.DataFrame([FIGURE]), on(4, 5))
    other = pd.DataFrame([FIGURE | {"region": "0200", "value": 400.0}])
    register.receive(Submission("b", "small", "0200", 2012, "form"), other, on(4, 6))
    register.advance("b", "returned", on(4, 8), note="doctors: ten times last year's")
    raise_objection(register, Objection("figure", "0200", "0100", "doctors", 2012, "too many"), on(4, 12))
    return project


@pytest.fixture(params=["zh", "en"])
def report(made, request):
    study = on_record.load(made)
    return RoundReport(study, study.evaluate(), 2012, request.param)
