import pytest

from evalkit.register.checks.single import LastCheck, RangeCheck, RequiresCheck, SourcesCheck, WholeCheck
from tests.register.checks.small import figure, told


def test_a_value_on_a_bound_is_within_it():
    answers = [figure("cover", value) for value in (0, 100, 100.1, -0.1)]
    assert list(told(RangeCheck(code="r"), answers)) == [30, 40]


def test_bounds_of_a_rule_take_the_place_of_those_of_the_variable():
    rule = RangeCheck(code="r", variables=["cover"], bounds=(None, 50))
    assert list(told(rule, [figure("cover", 60), figure("cover", -5)])) == [10]


def test_a_state_without_a_value_has_none_to_judge():
    assert told(RangeCheck(code="r"), [figure("cover", 120, state="missing")]) == {}


def test_people_are_whole_and_money_and_rates_are_not():
    answers = [figure("people", 12.5), figure("people", 12.0), figure("spending", 0.5), figure("cover", 0.5)]
    assert told(WholeCheck(code="w"), answers) == {
        10: ("people数为 12.5 人，不是整数", "people: 12.5 persons, which is no whole number")
    }


def test_last_year_on_the_form_is_what_was_accepted():
    history = [figure("people", 100, year=2011), figure("people", 80, "0101", 2011)]
    answers = [
        figure("people", 1, last=100),
        figure("people", 1, "0101", last=81),
        figure("people", 1, "0102", last=5),
        figure("people", 1, "0103", last=None),
    ]
    found = told(LastCheck(code="l"), answers, history)
    assert {row: zh for row, (zh, _) in found.items()} == {
        20: "表中 2011 年数为 81 人，已审定数为 80 人",
        30: "表中 2011 年数为 5 人，但该年没有已审定数",
    }


def test_a_table_without_last_year_says_nothing_of_it():
    assert told(LastCheck(code="l"), [figure("people", 1)], [figure("people", 2, year=2011)]) == {}


@pytest.mark.parametrize("blank", ["", " ", None, float("nan")])
def test_a_value_needs_its_source(blank):
    answers = [figure("people", 1, source=blank), figure("people", None, "0101", source=blank, state="missing")]
    assert list(told(RequiresCheck(code="s", columns=["source"]), answers)) == [10]


def test_a_column_that_is_not_there_is_blank_and_marked():
    rule = RequiresCheck(code="s", columns=["page"])
    assert told(rule, [figure("people", 1)])[10][0] == "people数已填 1 人，但没有填写页码"


def test_a_value_needs_another_one_handed_in_now_or_accepted_before():
    rule = RequiresCheck(code="o", variables=["boys"], others=["people"])
    answers = [figure("boys", 1), figure("boys", 1, "0101"), figure("boys", 1, "0102"), figure("people", 2, "0101")]
    assert list(told(rule, answers, [figure("people", 3)])) == [30]


def test_two_sources_agree_within_the_tolerance():
    rule = SourcesCheck(code="two", tolerance=0.01)
    answers = [figure("people", 100, standing="department"), figure("people", 102, "0101", standing="department")]
    history = [figure("people", 101), figure("people", 100, "0101")]
    assert told(rule, answers, history) == {
        20: (
            "people数为 102 人，地区自报数为 100 人，相差 2",
            "people: 102 persons, and 100 persons by the region itself: 2 apart",
        )
    }


def test_a_region_is_held_against_its_department_and_not_against_its_own_earlier_answer():
    rule = SourcesCheck(code="two")
    assert told(rule, [figure("people", 100)], [figure("people", 50)]) == {}
    assert list(told(rule, [figure("people", 100)], [figure("people", 50, standing="department")])) == [10]
