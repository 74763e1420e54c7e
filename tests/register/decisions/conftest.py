from datetime import date

import pandas as pd
import pytest

from evalkit.register.calendar import Calendar
from evalkit.register.entries import Entry
from tests.register.conftest import entry, figures, submission

STEPS = """
  - {step: objections, name: {zh: 异议}, who: cities, until: "05-20", status: proposed, source: {zh: 建议}}
  - {step: reply, name: {zh: 答复}, who: questioned, days: 7, after: objections, status: proposed, source: {zh: 建议}}
  - {step: opinion, name: {zh: 意见}, who: departments, days: 7, after: reply, status: proposed, source: {zh: 建议}}
"""


@pytest.fixture
def calendar(tmp_path):
    path = tmp_path / "c.yaml"
    path.write_text(f"code: c\nname: {{zh: 日程, en: days}}\nsteps:{STEPS}", encoding="utf-8")
    return Calendar.load(path)


@pytest.fixture
def city(register):
    """A register in which one city handed in doctors (10) and beds (20, with a warning explained)."""
    table = pd.concat([figures(10.0), figures(20.0, variable="beds", explanation="a new hospital")])
    register.receive(submission("a"), table.fillna({"explanation": ""}), entry((4, 1)))
    return register


def on(month, day, by="office", kind="step"):
    return Entry(kind, by, date(2013, month, day))


def status(register, code="a"):
    return register.submissions().status[code]
