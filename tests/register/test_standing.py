from datetime import date

import pandas as pd
import pytest

from evalkit import load_study
from evalkit.base.text import Text
from evalkit.register.calendar import Calendar
from evalkit.register.decisions.objections import Objection, ObjectionStep, raise_objection, take_step
from evalkit.register.decisions.verification import Verification, verify
from evalkit.register.forms.questions import Survey
from evalkit.register.standing import Standing
from tests.mutations.project import Small
from tests.register.conftest import entry, figures, submission
from tests.register.decisions.test_verification import seen

CALENDAR = """code: c
name: {zh: 日程}
steps:
  - {step: figures, name: {zh: 报送}, who: reporters, until: "04-10", status: proposed, source: {zh: 建议}}
  - {step: answers, name: {zh: 回执}, who: office, days: 5, after: figures, status: proposed, source: {zh: 建议}}
  - {step: correction, name: {zh: 重报}, who: reporters, days: 7, after: answers, status: proposed, source: {zh: 建议}}
  - {step: verification, name: {zh: 核实}, who: office, until: "05-10", status: proposed, source: {zh: 建议}}
  - {step: objections, name: {zh: 异议}, who: cities, until: "06-05", status: proposed, source: {zh: 建议}}
  - {step: reply, name: {zh: 答复}, who: questioned, days: 7, after: objections, status: proposed, source: {zh: 建议}}
  - {step: opinion, name: {zh: 意见}, who: departments, days: 7, after: reply, status: proposed, source: {zh: 建议}}
  - {step: final, name: {zh: 定稿}, who: office, until: "07-20", status: proposed, source: {zh: 建议}}
"""


@pytest.fixture
def calendar(tmp_path):
    path = tmp_path / "c.yaml"
    path.write_text(CALENDAR, encoding="utf-8")
    return Calendar.load(path)


@pytest.fixture
def at(register, tmp_path, calendar):
    """Gives where everybody of a small project stands at the end of a day of 2013."""
    study = load_study("small", root=Small.make(tmp_path / "p").root)
    nothing = pd.DataFrame(columns=["variable", "region", "unit", "year", "value", "state", "publication"])
    told = (study.system, study.dataset.metadata, study.all_regions.table, nothing)
    survey = Survey("small", Text(zh="小", en="small"), 2012, *told, "book")
    return lambda *day, by=calendar: Standing(register, survey, date(2013, *day), by)


@pytest.fixture
def handed_in(register):
    """The first city says two of three things, one with an explanation; the second is returned; the third is silent."""
    people = figures(90.0, region="0100", variable="people", explanation="a new quarter")
    share = figures(None, region="0100", variable="share", state="missing", reason="no survey")
    table = pd.concat([figures(4.0, region="0100"), people, share]).fillna({"explanation": "", "reason": ""})
    register.receive(submission("a", reporter="0100"), table, entry((4, 5)))
    register.receive(submission("b", reporter="0200"), figures(400.0, region="0200"), entry((4, 8)))
    register.advance("b", "returned", entry((4, 9)), note="doctors: ten times last year's")
    return register


def test_everybody_who_is_asked_stands_somewhere(at, handed_in):
    found = at(4, 12).table
    counts = ["kind", "status", "submission", "since", "asked", "given", "missing", "warned", "late", "again"]
    assert found[counts].T.to_dict("list") == {
        "0100": ["city", "submitted", "a", "2013-04-05", 3, 2, 1, 1, 0, ""],
        "0200": ["city", "returned", "b", "2013-04-09", 3, 0, 3, 0, 0, "doctors: ten times last year's"],
        "0300": ["city", "nothing", "", "", 3, 0, 3, 0, 2, ""],
        "health": ["department", "nothing", "", "", 9, 0, 9, 0, 2, ""],
    }
    assert found.name_zh["0100"] == "甲市"


def test_as_of_an_earlier_day_it_is_what_it_was_then(at, handed_in):
    assert at(4, 8).table.status.tolist() == ["submitted", "submitted", "nothing", "nothing"]
    assert at(4, 4).table.status.unique().tolist() == ["nothing"]


def test_what_is_late_is_named_with_who_and_since_when(at, handed_in):
    assert at(5, 12).late.values.tolist() == [
        ["figures", "0300", "0300", "2013-04-10", 32],
        ["figures", "health", "health", "2013-04-10", 32],
        ["correction", "0200", "0200", "2013-04-16", 26],
        ["verification", "office", "a", "2013-05-10", 2],
    ]
    handed_in.advance("a", "verified", entry((5, 13)))
    assert at(7, 21).late.iloc[-1].tolist() == ["final", "office", "a", "2013-07-20", 1]


def test_without_a_calendar_nobody_is_late(at, handed_in):
    assert at(12, 12, by=None).late.empty
    assert set(at(12, 12, by=None).table.late) == {0}


def test_a_warning_is_settled_when_somebody_looked_at_the_figure(at, handed_in):
    verify(handed_in, Verification("a", "confirmed", "visit"), seen((2, 90.0)), entry((5, 1)))
    assert at(5, 1).table.loc["0100", ["status", "warned"]].tolist() == ["verified", 0]


def test_open_objections_wait_for_whose_turn_it_is(at, handed_in):
    code = raise_objection(handed_in, Objection("figure", "0200", "0100", "doctors", 2012, "too many"), entry((5, 21)))
    raise_objection(handed_in, Objection("score", "0200", "0200", "care", 2012, "the goalpost"), entry((5, 21)))
    assert at(5, 22).objections[["next", "who", "limit"]].values.tolist() == [
        ["reply", "0100", "2013-05-28"],
        ["reply", "office", "2013-05-28"],
    ]
    take_step(handed_in, code, ObjectionStep("reply", "contests", "so it is"), entry((5, 28)))
    late = at(6, 6).late
    assert late[late.about.str.startswith("O-")].values.tolist() == [
        ["reply", "office", "O-2012-002", "2013-05-28", 9],
        ["opinion", "health", "O-2012-001", "2013-06-04", 2],
    ]
    assert at(6, 6).table.status["0100"] == "disputed"


def test_a_revision_is_no_submission_of_the_reporter_but_its_figure_is_given(at, handed_in):
    revised = figures(9.0, region="0100", variable="share")
    handed_in.receive(submission("a-r1", reporter="0100", kind="revision"), revised, entry((5, 2)))
    assert at(5, 2).table.loc["0100", ["submission", "given", "missing"]].tolist() == ["a", 3, 0]
