from datetime import date, datetime

import pytest

from evalkit.register.forms import tidying
from evalkit.register.forms.tidying import Given, UnfitError


def taken(kind, value, **more):
    notes = []
    return kind(Given(value, **more), lambda rule, **_: notes.append(rule)), notes


NUMBERS = {
    12: 12.0, 0.5: 0.5, "12": 12.0, " -3.5 ": -3.5, "１２": 12.0, "1,234": 1234.0, "1，234，567.5": 1234567.5,
    "1 234": 1234.0, "１，２３４": 1234.0, "1e3": 1000.0, "−4": -4.0, "\u200b7": 7.0, "": None,
    " \u3000": None, None: None,
}  # fmt: skip


@pytest.mark.parametrize(("value", "expected"), NUMBERS.items())
def test_a_number_is_taken_as_people_write_it(value, expected):
    assert taken(tidying.number, value)[0] == expected


def test_only_what_was_changed_is_noted():
    assert [taken(tidying.number, value)[1] for value in (12, "12", "１２", "1,234")] == [[], [], *[["normalised"]] * 2]


WRONG = {
    "无": "nothing_word", "—": "nothing_word", "N/A": "nothing_word", "ｎｕｌｌ": "nothing_word",
    "None": "nothing_word",
    "12,34": "no_number", "95%": "no_number", "1.2万": "no_number", "nan ": "nothing_word", "inf": "no_number",
    "1e999": "no_number", float("inf"): "no_number", True: "a_truth", date(2012, 1, 1): "a_date",
}  # fmt: skip


@pytest.mark.parametrize(("value", "rule"), WRONG.items(), ids=map(str, WRONG))
def test_what_is_no_number_is_refused_with_the_reason(value, rule):
    with pytest.raises(UnfitError, match=rule):
        taken(tidying.number, value)


@pytest.mark.parametrize("shown", ["0%", "0.00%", "0,", '#,##0,"千"'])
def test_a_number_that_is_shown_as_another_is_refused(shown):
    with pytest.raises(UnfitError, match="scaled"):
        taken(tidying.number, 0.5, number_format=shown)
    assert taken(tidying.number, 0.5, number_format='#,##0.0 "%"')[0] == 0.5


def test_a_text_is_taken_as_it_is_seen():
    assert taken(tidying.text, " =SUM(A1)\r\n ") == ("=SUM(A1)", [])
    assert taken(tidying.text, 12.0) == ("12", [])
    assert taken(tidying.text, datetime(2013, 3, 15)) == ("2013-03-15", [])
    assert taken(tidying.text, "年\u200b报") == ("年报", ["unseen"])


def test_a_code_loses_what_a_program_added():
    assert [taken(tidying.code, value)[0] for value in ("330100.0", 330100.0, "３３０１００")] == ["330100"] * 3


def test_a_name_is_the_same_however_it_is_written():
    assert tidying.bare("城东 图书馆（Ａ）") == tidying.bare("城东图书馆(a)")


def test_a_reason_that_says_nothing_is_none():
    assert [taken(tidying.remark, value)[0] for value in ("无", " — ", "N/A", "台账无此项")] == [
        "",
        "",
        "",
        "台账无此项",
    ]


DAYS = {
    "2013-03-15": "2013-03-15", "2013/3/15": "2013-03-15", "2013年3月15日": "2013-03-15", "２０１３.3.5": "2013-03-05",
    20130315: "2013-03-15", 41348: "2013-03-15", datetime(2013, 3, 15, 9): "2013-03-15", "": "",
}  # fmt: skip


@pytest.mark.parametrize(("value", "expected"), DAYS.items(), ids=map(str, DAYS))
def test_a_day_is_taken_as_people_write_it(value, expected):
    assert taken(tidying.day, value)[0] == expected


@pytest.mark.parametrize("value", ["2013-02-30", "15/3/2013", 12, 1e9, "3月"])
def test_what_is_no_day_is_refused(value):
    with pytest.raises(UnfitError, match="no_day"):
        taken(tidying.day, value)


def test_a_state_has_a_word_in_each_language():
    assert [taken(tidying.state, value)[0] for value in (" 不适用 ", "Not due", "missing", "值", "")] == [
        "not applicable", "not due", "missing", "value", "",
    ]  # fmt: skip


def test_a_cell_that_is_known_to_be_wrong_is_refused_with_that():
    with pytest.raises(UnfitError, match="formula_blank"):
        taken(tidying.number, "=1+1", fault="formula_blank")
