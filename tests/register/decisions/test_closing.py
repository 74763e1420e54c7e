import pytest

from evalkit.base.errors import DataError
from evalkit.register.decisions.closing import close
from evalkit.register.decisions.objections import raise_objection
from tests.register.conftest import entry, figures, submission
from tests.register.decisions.conftest import on, status
from tests.register.decisions.test_objections import DOCTORS, SCORE


def test_what_is_verified_becomes_final_and_what_is_not_stays(city):
    city.receive(submission("b"), figures(1.0, variable="nurses"), entry((4, 2)))
    city.advance("a", "verified", on(5, 1))
    assert close(city, 2012, on(7, 1)) == ["a"]
    assert (status(city, "a"), status(city, "b")) == ("final", "submitted")


def test_a_year_is_not_closed_while_objections_are_open_and_all_are_named(city):
    city.advance("a", "verified", on(5, 1))
    raise_objection(city, DOCTORS, on(5, 9))
    raise_objection(city, SCORE, on(5, 9))
    named = r"O-2012-001: found open: doctors of 330100, raised by 330200; expected its reply\n.*O-2012-002: found open"
    with pytest.raises(DataError, match=named):
        close(city, 2012, on(7, 1))


def test_a_year_of_which_nothing_is_verified_is_not_closed(city):
    with pytest.raises(DataError, match="submissions that are verified: found none"):
        close(city, 2012, on(7, 1))
