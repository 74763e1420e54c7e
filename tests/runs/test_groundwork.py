from dataclasses import replace

import pytest

from evalkit import MethodError
from evalkit.reporting.chapters import OF_A_CITY, OF_THE_ROUND
from evalkit.reporting.made import made
from evalkit.runs import groundwork
from evalkit.runs.kinds import KINDS
from evalkit.runs.order import prepare

pytestmark = pytest.mark.slow


@pytest.fixture
def order(study, tmp_path):
    """An order of some reports of a study on which nothing hangs yet, in a project that stands elsewhere."""

    def make(*kinds, **only):
        found = prepare(replace(study), only=dict.fromkeys(kinds, ()) | only)
        return replace(found, study=replace(found.study, root=tmp_path))

    return make


def made_of(order):
    """The tables that are there, by name, each with the report that it is of."""
    return {key[0].rpartition("chapters.")[2]: key[3:] for key in made(order.study)}


def test_the_tables_of_the_round_and_of_the_first_city_are_there(order):
    given = order(cities=("330800", "330100"))
    groundwork.lay(given)
    assert made_of(given)["summary.tables.headline"] == ("CityReport", "330800")
    assert made_of(given)["position.tables.ranking"] == ()
    assert len(made_of(given)) == len(OF_A_CITY) + len(OF_THE_ROUND)


def test_tables_that_two_kinds_show_are_there_and_those_of_one_are_not(order):
    given = order("province", "robustness")
    groundwork.lay(given)
    assert made_of(given) == {"robustness.tables.intervals": ()}


def test_what_cannot_be_made_is_left_to_the_report_that_will_say_so(order, monkeypatch):
    def refuse(*_):
        raise MethodError("all are on the frontier")

    monkeypatch.setitem(KINDS["cities"].tables, "headline", refuse)
    groundwork.lay(order(cities=("330800",)))
