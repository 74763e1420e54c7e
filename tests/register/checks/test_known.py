import numpy as np
import pandas as pd

from evalkit.register.checks.known import DEPARTMENT, OWN, UNKNOWN, Coding, Known, values_of
from tests.register.checks.small import figure, frame

CODING = Coding(*(pd.Index(names, dtype=object) for names in (["people", "area"], ["0100", "0101"], ["", "甲"])))


def known(*rows):
    return Known.of([frame(list(rows))], CODING)


def key(variable, region, unit=""):
    return CODING.keys(frame([figure(variable, 1, region, unit=unit)]))


def test_every_figure_has_a_number_of_its_own_and_what_is_not_known_none():
    rows = [figure(v, 1, r, unit=u) for v in ("people", "area") for r in ("0100", "0101") for u in ("", "甲")]
    assert CODING.keys(frame(rows)).tolist() == list(range(8))
    assert CODING.keys(frame([figure("x", 1), figure("people", 1, "9")])).tolist() == [UNKNOWN, UNKNOWN]


def test_a_figure_is_found_by_key_and_year_and_nothing_else_is():
    found = known(figure("people", 5, year=2010), figure("people", 6, year=2012))
    at = found.at(key("people", "0100")[:, None], np.arange(2009, 2014)[None, :])
    np.testing.assert_array_equal(at, [[np.nan, 5, np.nan, 6, np.nan]])
    assert np.isnan(found.at(key("people", "0101"), np.array([2012]))).all()
    assert np.isnan(found.at(np.array([UNKNOWN]), np.array([2012]))).all()


def test_of_two_standings_the_one_asked_for_comes_first_and_the_other_stands_in():
    found = known(figure("people", 5), figure("people", 7, standing="department"), figure("people", 9, year=2011))
    both, alone = (key("people", "0100"), np.array([2012])), (key("people", "0100"), np.array([2011]))
    assert [found.at(*both, standing)[0] for standing in (OWN, DEPARTMENT)] == [5, 7]
    assert found.at(*alone, DEPARTMENT)[0] == 9
    assert np.isnan(found.exactly(*alone, DEPARTMENT)[0])


def test_of_a_figure_that_comes_again_the_later_one_counts():
    old, new = (frame([figure("people", value)]) for value in (5, 6))
    assert Known.of([old, new], CODING).at(key("people", "0100"), np.array([2012]))[0] == 6


def test_what_is_not_applicable_or_not_due_is_passed_and_has_no_value():
    rows = [
        figure("people", None, "0101", state=state, year=2010 + n)
        for n, state in enumerate(("not applicable", "not due", "missing"))
    ]
    found = known(*rows)
    keys, years = key("people", "0101"), np.array([2010, 2011, 2012])
    assert found.passed(keys, years).tolist() == [True, True, False]
    assert np.isnan(found.at(keys, years)).all()


def test_nothing_is_known_of_no_figures():
    assert np.isnan(Known.of([], CODING).at(np.array([0]), np.array([2012]))).all()


def test_a_value_is_a_finite_number_of_a_state_that_has_one():
    table = pd.DataFrame(
        {"value": [1, "2", None, np.inf, 5], "state": ["value", "disputed", "value", "value", "missing"]}
    )
    np.testing.assert_array_equal(values_of(table), [1, 2, np.nan, np.nan, np.nan])
