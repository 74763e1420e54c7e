import pandas as pd
import pytest

from evalkit.register.checks.counties import CountiesCheck
from evalkit.register.checks.figures import Figures
from tests.register.checks.small import COUNTIES, figure, frame, metadata, regions, told

RULE = CountiesCheck(code="c", tolerance=0.001)


def inside(variable, *values, **more):
    return [figure(variable, value, code, **more) for value, code in zip(values, COUNTIES, strict=False)]


@pytest.mark.parametrize(("city", "rows"), [(6000, []), (6006, []), (6007, [10]), (5990, [10])])
def test_counties_add_up_to_their_city_within_the_tolerance(city, rows):
    assert list(told(RULE, [figure("people", city)], inside("people", 1000, 2000, 3000))) == rows


def test_a_sum_that_does_not_come_out_is_told_once_for_a_city():
    found = told(RULE, [*inside("people", 1, 2, 3), figure("people", 7)])
    assert found == {
        40: (
            "people数：全市 7 人，所辖 3 个县（市、区）合计 6 人",
            "people: 7 persons in the city, 6 persons in its 3 counties together",
        )
    }


def test_the_last_county_shows_what_the_accepted_city_contradicts():
    assert list(told(RULE, [figure("people", 3, "0103")], [figure("people", 7), *inside("people", 1, 2)])) == [10]


def test_where_a_county_is_not_known_the_others_are_at_most_the_city():
    found = [list(told(RULE, [figure("people", city)], inside("people", 10, 20))) for city in (100, 30, 29)]
    assert found == [[], [], [10]]


def test_a_county_to_which_it_does_not_apply_adds_nothing():
    without = [*inside("people", 10, 20), figure("people", None, "0103", state="not applicable")]
    assert [list(told(RULE, [figure("people", city)], without)) for city in (30, 31)] == [[], [10]]


@pytest.mark.parametrize(("city", "rows"), [(70, []), (90, []), (91, [10]), (69, [10])])
def test_a_rate_lies_between_those_of_the_counties(city, rows):
    assert list(told(RULE, [figure("cover", city)], inside("cover", 70, 80, 90))) == rows


def test_a_rate_is_not_judged_by_some_of_the_counties():
    assert told(RULE, [figure("cover", 95)], inside("cover", 70, 80)) == {}


def test_a_county_counts_in_the_years_in_which_it_is_there():
    table = regions()
    table.loc["0103", "until"] = 2011
    answers, history = frame([figure("people", 30)]), frame(inside("people", 10, 20, 30))
    assert list(RULE.judge(Figures(answers, history, metadata(), table))) == []
    assert isinstance(table, pd.DataFrame)
