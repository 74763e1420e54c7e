import pytest

from evalkit.base.errors import DataError
from evalkit.register.decisions.lookup import FigureKey, counting, named, status_before_dispute, submission_of
from tests.register.decisions.conftest import on


def test_a_figure_is_found_by_its_key_and_named_with_its_unit(city):
    found = counting(city, FigureKey("beds", "330100", 2012))
    assert (found["value"], named(found)) == (20, "beds of 330100 in 2012")
    assert str(FigureKey("area", "330102", 2012, "East library")) == "area of 330102, East library in 2012"


def test_a_key_that_is_wrong_is_told_by_its_part_with_what_is_near(city):
    with pytest.raises(DataError, match=r"the variable of bed of 330100 in 2012: found 'bed'.*did you mean 'beds'"):
        counting(city, FigureKey("bed", "330100", 2012))
    with pytest.raises(DataError, match="the region of beds of 330200 in 2012: found '330200'"):
        counting(city, FigureKey("beds", "330200", 2012))
    with pytest.raises(DataError, match="found b; expected one of a"):
        submission_of(city, "b")


def test_the_status_before_a_dispute_is_the_last_other_one(city):
    city.advance("a", "verified", on(5, 1))
    city.advance("a", "disputed", on(5, 2))
    assert status_before_dispute(city, "a") == "verified"
