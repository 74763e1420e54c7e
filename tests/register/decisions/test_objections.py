import dataclasses

import pytest

from evalkit.base.errors import DataError
from evalkit.register.decisions.lookup import FigureKey, counting
from evalkit.register.decisions.objections import (
    Objection,
    ObjectionStep,
    late_steps,
    objections,
    raise_objection,
    take_step,
)
from evalkit.register.decisions.revisions import Authority, Revision, revise
from evalkit.register.schema import REVISION
from tests.register.decisions.conftest import on, status

DOCTORS = Objection("figure", "330200", "330100", "doctors", 2012, "more than the register of doctors has", "letter 4")
SCORE = Objection("score", "330100", "330100", "health", 2012, "the target was another one", "letter 5")
REPLY = ObjectionStep("reply", "contests", "as in the yearbook", "yearbook p. 4")
OPINION = ObjectionStep("opinion", "supports", "the yearbook counts nurses too")
EVIDENCE = ObjectionStep("evidence", "proves", "9 names", "list of names")
REVISED = ObjectionStep("decision", "revised", "nurses were counted", "minutes 3", value=9.0)


def decided(register, decision, code="O-2012-001"):
    for day, step in enumerate([REPLY, OPINION, EVIDENCE, decision], start=10):
        made = take_step(register, code, step, on(5, day))
    return made


def test_an_open_objection_disputes_the_submission_and_its_figure_still_counts(city):
    assert raise_objection(city, DOCTORS, on(5, 9)) == "O-2012-001"
    assert status(city) == "disputed"
    assert city.figures([2012]).value.tolist() == [10, 20]
    one = objections(city).loc["O-2012-001"]
    assert (one.next, one.step, one.raised, one.since) == ("reply", "", "2013-05-09", "2013-05-09")


def test_an_objection_that_is_upheld_revises_the_figure_by_name_of_the_objection(city):
    city.advance("a", "verified", on(5, 1))
    raise_objection(city, DOCTORS, on(5, 9))
    assert decided(city, REVISED) == "a-r1"
    assert (status(city, "a"), status(city, "a-r1")) == ("verified", "verified")
    assert city.figures([2012]).set_index("variable").value["doctors"] == 9
    assert city.rows(REVISION).objection.tolist() == ["O-2012-001"]
    assert objections(city).next.tolist() == [""]
    assert city.altered() == []


def test_a_decision_may_leave_the_figure_in_dispute(city):
    raise_objection(city, DOCTORS, on(5, 9))
    decided(city, ObjectionStep("decision", "disputed", "neither is proved", "minutes 3"))
    found = city.figures([2012]).set_index("variable").loc["doctors"]
    assert (found.value, found.state) == (10, "disputed")


def test_a_rejected_objection_changes_nothing_and_the_submission_is_what_it_was(city):
    raise_objection(city, DOCTORS, on(5, 9))
    assert decided(city, ObjectionStep("decision", "rejected", "the yearbook is right", "minutes 3")) == ""
    assert (status(city), city.figures([2012]).value.tolist()) == ("submitted", [10, 20])


def test_a_submission_stays_disputed_until_the_last_objection_is_decided(city):
    raise_objection(city, DOCTORS, on(5, 9))
    raise_objection(city, dataclasses.replace(DOCTORS, subject="beds"), on(5, 9))
    rejected = ObjectionStep("decision", "rejected", "no", "minutes 3")
    decided(city, rejected)
    assert status(city) == "disputed"
    for step in (REPLY, OPINION, EVIDENCE, rejected):
        take_step(city, "O-2012-002", step, on(5, 20))
    assert status(city) == "submitted"


def test_a_final_figure_may_be_objected_to_and_is_revised_as_final(city):
    city.advance("a", "verified", on(5, 1))
    city.advance("a", "final", on(5, 2))
    raise_objection(city, DOCTORS, on(5, 9))
    assert status(city) == "final"
    decided(city, REVISED)
    assert (status(city, "a-r1"), city.figures([2012], accepted="final").value.tolist()) == ("final", [20, 9])


def test_a_city_objects_to_its_own_draft_score(city):
    assert raise_objection(city, SCORE, on(5, 9)) == "O-2012-001"
    assert status(city) == "submitted"
    with pytest.raises(
        DataError, match=r"the outcome of the decision: found 'revised'; expected one of upheld, rejected"
    ):
        decided(city, REVISED)
    take_step(city, "O-2012-001", ObjectionStep("decision", "upheld", "so it is", "minutes 3"), on(5, 20))
    assert objections(city).outcome.tolist() == ["upheld"]


@pytest.mark.parametrize(
    ("objection", "expected"),
    [
        (dataclasses.replace(DOCTORS, raised_by="330100"), "raised by: found 330100, whose figure it is"),
        (dataclasses.replace(SCORE, raised_by="330200"), "raised by: found 330200; expected 330100, whose score it is"),
        (dataclasses.replace(DOCTORS, text=" "), "text: found nothing"),
        (dataclasses.replace(DOCTORS, subject="doctor"), "did you mean 'doctors'"),
    ],
)
def test_an_objection_that_nobody_may_raise_is_refused(city, objection, expected):
    with pytest.raises(DataError, match=expected):
        raise_objection(city, objection, on(5, 9))
    assert city.until() == 1


def test_the_same_objection_is_not_raised_twice_while_it_is_open(city):
    raise_objection(city, DOCTORS, on(5, 9))
    with pytest.raises(DataError, match="the objection: found O-2012-001, which is the same and open"):
        raise_objection(city, DOCTORS, on(5, 9))


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (OPINION, "O-2012-001: found opinion; expected reply, which comes first"),
        (dataclasses.replace(REPLY, outcome="perhaps"), "the outcome of the reply: found 'perhaps'"),
        (dataclasses.replace(REPLY, text=""), "the text of the reply: found nothing"),
        (ObjectionStep("reply", "none"), "no reply: found 2013-05-10; expected a day after 2013-05-16"),
    ],
)
def test_a_step_out_of_order_or_without_words_is_refused(city, calendar, step, expected):
    raise_objection(city, DOCTORS, on(5, 9))
    with pytest.raises(DataError, match=expected):
        take_step(city, "O-2012-001", step, on(5, 10), calendar)


def test_nothing_follows_a_decision_and_a_decision_names_its_document(city):
    raise_objection(city, DOCTORS, on(5, 9))
    with pytest.raises(DataError, match="the document of the decision: found nothing"):
        decided(city, dataclasses.replace(REVISED, document=""))
    take_step(city, "O-2012-001", REVISED, on(5, 20))
    with pytest.raises(DataError, match="found reply; expected nothing more: it is decided"):
        take_step(city, "O-2012-001", REPLY, on(5, 21))
    with pytest.raises(DataError, match=r"found O-2012-002; expected one of O-2012-001"):
        take_step(city, "O-2012-002", REPLY, on(5, 21))


def test_who_is_silent_until_the_limit_is_passed_over(city, calendar):
    raise_objection(city, DOCTORS, on(5, 9))
    take_step(city, "O-2012-001", ObjectionStep("reply", "none"), on(5, 17), calendar)
    assert objections(city, calendar=calendar)[["next", "limit"]].values.tolist() == [["opinion", "2013-05-24"]]


def test_late_steps_are_taken_and_named(city, calendar):
    raise_objection(city, DOCTORS, on(5, 22, "Wang"))
    take_step(city, "O-2012-001", REPLY, on(5, 29, "Li"), calendar)
    take_step(city, "O-2012-001", OPINION, on(6, 8, "Zhao"), calendar)
    assert late_steps(city, calendar).values.tolist() == [
        ["O-2012-001", "objections", "2013-05-22", "Wang", "2013-05-20", 2],
        ["O-2012-001", "opinion", "2013-06-08", "Zhao", "2013-06-05", 3],
    ]


def test_an_objection_to_a_figure_that_was_replaced_meanwhile_cannot_be_upheld(city):
    raise_objection(city, DOCTORS, on(5, 9))
    new = Revision(counting(city, FigureKey("doctors", "330100", 2012)), 8.0, "value", "counted anew", "list")
    revise(city, [new], on(5, 9), Authority())
    with pytest.raises(DataError, match="the figure that counts: found doctors of 330100 in 2012 of a-r1"):
        decided(city, REVISED)
