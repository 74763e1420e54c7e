from types import SimpleNamespace

import pytest

from evalkit.base.text import Text
from evalkit.register.checks.parts import PartsCheck, RatioCheck, Sum, UnitsCheck
from tests.register.checks.small import figure, told

MOST = PartsCheck(code="m", at_most={"boys": "people"})
SUMS = PartsCheck(code="s", sums=[Sum(total="pupils", parts=["boys", "girls"])])


def test_a_part_is_at_most_its_total():
    answers = [figure("boys", 5), figure("people", 5), figure("boys", 6, "0101"), figure("people", 5, "0101")]
    assert told(MOST, answers) == {30: ("boys数 6，大于people数 5", "boys: 6, more than people: 5")}


@pytest.mark.parametrize(("given", "before"), [("boys", "people"), ("people", "boys")])
def test_either_may_have_been_accepted_before(given, before):
    values = {"boys": 6, "people": 5}
    assert list(told(MOST, [figure(given, values[given])], [figure(before, values[before])])) == [10]


def test_nothing_is_said_where_one_of_them_is_not_known():
    assert told(MOST, [figure("boys", 6), figure("people", None, state="missing")]) == {}
    assert told(MOST, [figure("boys", 6), figure("people", 5, year=2011)]) == {}


@pytest.mark.parametrize(("girls", "rows"), [(30, []), (31, [10]), (29, [10])])
def test_parts_add_up(girls, rows):
    answers = [figure("pupils", 50), figure("boys", 20), figure("girls", girls)]
    assert list(told(SUMS, answers)) == rows


def test_a_sum_that_was_accepted_before_is_remarked_on_at_a_part():
    found = told(SUMS, [figure("girls", 31)], [figure("pupils", 50), figure("boys", 20)])
    assert found == {10: ("pupils数 50，boys数＋girls数为 51", "pupils: 50; boys + girls: 51")}


def test_a_tolerance_is_a_share_of_the_total():
    rule = SUMS.model_copy(update={"tolerance": 0.02})
    assert [bool(told(rule, [figure("pupils", 50), figure("boys", 20), figure("girls", n)])) for n in (31, 32)] == [
        False,
        True,
    ]


def test_a_part_of_floats_is_not_above_its_total_by_noise():
    rule = PartsCheck(code="m", sums=[Sum(total="cover", parts=["spending", "area"])])
    assert told(rule, [figure("cover", 0.3), figure("spending", 0.1), figure("area", 0.2)]) == {}


INDICATOR = SimpleNamespace(
    name=Text(zh="人均支出", en="Spending per head"), unit=Text(zh="元", en="yuan"), valid=(100.0, 5000.0),
    numerator="spending", denominator="people", per=1.0,
)  # fmt: skip
SYSTEM = SimpleNamespace(indicators=[INDICATOR, SimpleNamespace(numerator=None, valid=(0, 1))])


@pytest.mark.parametrize(("spending", "rows"), [(50, []), (51, [10]), (1, []), (0.9, [10])])
def test_a_ratio_lies_in_its_range_in_base_units(spending, rows):
    # 50 × 10 000 yuan for 100 people are 5 000 yuan each
    assert (
        list(told(RatioCheck(code="r"), [figure("spending", spending), figure("people", 100)], system=SYSTEM)) == rows
    )


def test_a_ratio_out_of_range_names_both_terms():
    found = told(RatioCheck(code="r"), [figure("people", 100)], [figure("spending", 60)], system=SYSTEM)
    assert found[10][0] == "“人均支出”按spending数 60、people数 100 算得 6000 元，超出取值范围"


def test_there_is_no_ratio_over_nothing_and_none_without_a_system():
    answers = [figure("spending", 1), figure("people", 0)]
    assert told(RatioCheck(code="r"), answers, system=SYSTEM) == told(RatioCheck(code="r"), answers) == {}


UNITS = UnitsCheck(code="u", counts={"area": "stations"})


def halls(*names, **more):
    return [figure("area", 500, "0101", unit=name, **more) for name in names]


def test_there_are_as_many_units_as_are_counted():
    assert told(UNITS, [figure("stations", 2, "0101"), *halls("甲", "乙")]) == {}
    found = told(UNITS, [figure("stations", 3, "0101"), *halls("甲", "乙")])
    assert found == {
        10: ("“area数”名册中有 2 个单位，stations数为 3", "the register of “area” has 2 unit(s); stations: 3")
    }


def test_a_unit_without_a_value_counts_and_one_that_is_not_applicable_does_not():
    without = [*halls("甲"), *halls("乙", state="missing"), *halls("丙", state="not applicable")]
    assert told(UNITS, [figure("stations", 2, "0101"), *without]) == {}


def test_a_register_that_is_handed_in_again_takes_the_place_of_the_accepted_one():
    assert told(UNITS, halls("甲"), [figure("stations", 1, "0101"), *halls("甲", "乙")]) == {}


def test_a_count_is_held_against_the_accepted_register():
    assert list(told(UNITS, [figure("stations", 1, "0101")], halls("甲", "乙"))) == [10]
    assert told(UNITS, [figure("stations", 1, "0101")], halls("甲", "乙", year=2011)) == {}


def test_a_difference_of_a_few_units_may_be_allowed():
    rule = UNITS.model_copy(update={"tolerance": 1})
    assert told(rule, [figure("stations", 3, "0101"), *halls("甲", "乙")]) == {}
