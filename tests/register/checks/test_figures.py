import numpy as np

from tests.register.checks.small import figure, figures, series


def test_the_past_of_an_answer_ends_with_the_year_before_it():
    found = figures([figure("people", 9), figure("people", 8, "0101")], series("people", 1, 2, 3))
    np.testing.assert_array_equal(found.past[0, -4:], [np.nan, 1, 2, 3])
    assert np.isnan(found.past[1]).all()
    assert found.last[0] == 3


def test_an_answer_for_an_earlier_year_is_part_of_the_past_and_the_year_itself_is_not():
    found = figures([figure("people", 9), figure("people", 4, year=2011)], series("people", 1, 2, 3))
    np.testing.assert_array_equal(found.past[:, -2:], [[2, 4], [1, 2]])


def test_what_was_accepted_is_not_what_is_handed_in():
    found = figures([figure("people", 9)], [figure("people", 5)])
    at = found.keys, found.year
    assert (found.accepted.at(*at)[0], found.known.at(*at)[0]) == (5, 9)


def test_another_variable_of_the_same_region_and_year_is_found_beside_an_answer():
    found = figures(
        [figure("boys", 3), figure("boys", 4, "0101")], [figure("people", 9), figure("people", 7, year=2011)]
    )
    np.testing.assert_array_equal(found.of_same(slice(None), found.coding.variable(["people"])[0]), [9, np.nan])


def test_what_is_counted_one_by_one_is_told_from_amounts_rates_and_what_is_not_known():
    answers = [figure(code, 1) for code in ("people", "spending", "cover", "area", "unheard-of")]
    assert figures(answers).is_count.tolist() == [True, False, False, False, False]


def test_an_answer_of_a_facility_is_none_of_its_region():
    assert figures([figure("area", 1, unit="甲馆"), figure("people", 1)]).is_region.tolist() == [False, True]
