import pytest

from evalkit.base.errors import DataError
from evalkit.data.units import judge_units
from tests.assessment.panels import UNITS, facilities

AREA = {"centre": 1500.0}


def one(unit, value, *, state="value", year=2012, region="r1", indicator="centre"):
    return (unit, region, year, indicator, value, state)


def judged(*rows, year=2012):
    return judge_units(facilities(*rows), AREA).loc[("centre", "r1", year)]


def test_a_good_average_does_not_hide_a_failing_unit():
    found = judged(one("big", 9000), one("small", 800), one("just", 1500))
    assert (found.met, found.below, found.unknown, found.failing) == (2, 1, 0, ("small",))
    assert found.share == found.low == found.high == pytest.approx(200 / 3)


def test_unknown_units_are_named_and_leave_the_share_open():
    found = judged(one("a", 2000), one("b", None, state="missing"), one("c", 1400), one("d", 1600, state="disputed"))
    assert (found.met, found.below, found.unknown, found.unclear) == (1, 1, 2, ("b", "d"))
    assert (found.share, found.low, found.high) == (50, 25, 75)


def test_units_that_are_not_due_or_not_applicable_do_not_count():
    found = judged(one("a", 2000), one("b", None, state="not due"), one("c", None, state="not applicable"))
    assert (found.met, found.below, found.unknown, found.share) == (1, 0, 0, 100)


def test_where_no_unit_counts_there_is_no_judgement():
    assert judge_units(facilities(one("a", None, state="not due")), AREA).empty


def test_where_no_unit_is_known_there_is_no_share():
    found = judged(one("a", None, state="missing"))
    assert (found.low, found.high, found.unknown) == (0, 100, 1)
    assert found.share != found.share


def test_a_unit_that_stops_reporting_is_unknown():
    rows = [one("a", 2000, year=2011), one("b", 1000, year=2011), one("a", 2000), one("new", 1500)]
    assert judged(*rows).unclear == ("b",)
    assert judged(*rows, year=2011).met == 1  # the new one is not asked for before its first row


def test_a_year_without_any_row_is_no_year():
    rows = [one("a", 2000, year=2010), one("a", 2000), one("z", 2000, region="r2", year=2011)]
    keys = judge_units(facilities(*rows), AREA).index.tolist()
    assert keys == [("centre", "r1", 2010), ("centre", "r1", 2012), ("centre", "r2", 2011)]


def test_each_indicator_has_its_own_threshold():
    found = judge_units(facilities(one("a", 600), one("a", 600, indicator="station")), {**AREA, "station": 500})
    assert found.met.to_dict() == {("centre", "r1", 2012): 0, ("station", "r1", 2012): 1}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (one("a", None), r"value of a \(r1, centre, 2012\): found None, with the state 'value'"),
        (one("a", "big"), "found big, with the state 'value'; expected a number"),
        (one("a", 5, state="missing"), "found 5, with the state 'missing'; expected nothing"),
        (one("a", 5, state="vlaue"), "found 'vlaue'; expected one of value, .*did you mean 'value'"),
        (one("a", 5, indicator="center"), "found 'center'; expected one of centre"),
        (one(None, 5), "unit in row 1 of the units: found None; expected a unit"),
        (one("a", 5, year="2012"), "year in row 1 of the units: found '2012'; expected a year"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_by_the_units_name(row, expected):
    with pytest.raises(DataError, match=expected):
        judge_units(facilities(row), AREA)


def test_all_that_is_wrong_is_in_one_message():
    with pytest.raises(DataError, match=r"(?s)a row again.*found 'x'; expected one of value"):
        judge_units(facilities(one("a", 1), one("a", 2), one("b", 1, state="x")), AREA)


def test_a_missing_column_is_told():
    with pytest.raises(DataError, match="no column 'state'"):
        judge_units(facilities(one("a", 1))[list(UNITS[:-1])], AREA)


def test_no_rows_are_no_judgements():
    assert judge_units(facilities(), AREA).empty
