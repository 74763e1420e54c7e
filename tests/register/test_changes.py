from datetime import date

import pandas as pd
import pytest

from evalkit.register.changes import COLUMNS, changed_figures
from evalkit.register.decisions.lookup import FigureKey, counting
from evalkit.register.decisions.objections import raise_objection
from evalkit.register.decisions.revisions import Authority, Revision, revise
from tests.register.conftest import entry, figures, submission
from tests.register.decisions.conftest import on
from tests.register.decisions.test_objections import DOCTORS, REVISED, decided

BEFORE, VALUES = date(2013, 4, 30), ["variable", "value_before", "state_before", "value", "state"]


@pytest.fixture
def city(register):
    table = pd.concat([figures(10.0), figures(20.0, variable="beds"), figures(30.0, variable="nurses")])
    register.receive(submission("a"), table, entry((4, 1)))
    return register


def changed(register, after=None):
    return changed_figures(register, [2012], BEFORE, after)


def test_a_figure_that_was_revised_names_the_objection_and_its_decision(city):
    raise_objection(city, DOCTORS, on(5, 9))
    decided(city, REVISED)
    found = changed(city)
    assert found[VALUES].values.tolist() == [["doctors", 10, "value", 9, "value"]]
    told = ["day", "submission", "because", "evidence", "decision", "objection"]
    assert found[told].values.tolist() == [
        ["2013-05-13", "a-r1", "nurses were counted", "minutes 3", "minutes 3", "O-2012-001"]
    ]
    assert changed(city, date(2013, 5, 12)).empty


def test_a_decision_and_another_form_are_told_apart_and_what_is_new_was_nothing(city):
    beds = Revision(counting(city, FigureKey("beds", "330100", 2012)), None, "missing", "never counted", "letter")
    revise(city, [beds], on(5, 9, "Li"), Authority("No. 7"))
    city.receive(
        submission("b"), pd.concat([figures(31.0, variable="nurses"), figures(5.0, variable="vans")]), on(5, 10)
    )
    found = changed(city).set_index("variable")
    assert found[["decision", "objection", "by", "submission"]].T.to_dict("list") == {
        "beds": ["No. 7", "", "Li", "a-r1"],
        "nurses": ["", "", "office", "b"],
        "vans": ["", "", "office", "b"],
    }
    assert found.loc["vans", ["state_before", "state", "value"]].tolist() == ["", "value", 5]
    assert found.loc["beds", ["value_before", "state"]].tolist() == [20, "missing"]


def test_of_what_was_returned_the_return_is_told_and_what_stood_before_stands_again(city):
    city.receive(submission("b"), figures(99.0), entry((4, 2)))
    city.advance("b", "returned", on(5, 3, "Li"), note="ten times the year before")
    (row,) = changed(city).to_dict("records")
    assert (row["value_before"], row["value"], row["because"]) == (99, 10, "ten times the year before")
    assert (row["submission"], row["day"], row["by"]) == ("b", "2013-05-03", "Li")
    city.advance("a", "returned", on(5, 4), note="all")
    assert changed(city).state.tolist() == ["", "", ""]


def test_the_same_said_again_is_no_change(city):
    city.receive(submission("b"), figures(10.0), on(5, 3))
    found = changed(city)
    assert (len(found), list(found)) == (0, COLUMNS)
