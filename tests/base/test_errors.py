import pytest

from evalkit.base.errors import (
    FAILED,
    Attempts,
    DataError,
    EvalkitError,
    MethodError,
    ParamsError,
    Problem,
    all_of,
    in_order,
    one_of,
    unit_name,
)


def test_a_problem_says_where_what_was_found_and_what_was_expected():
    assert str(Problem("health.csv row 3", "'x'", "a number")) == "health.csv row 3: found 'x'; expected a number"


def test_every_offender_stands_in_one_message():
    error = DataError("the table is wrong", [Problem("a", "1", "2"), "… and 3 more"])
    assert str(error) == "the table is wrong\n  - a: found 1; expected 2\n  - … and 3 more"


def test_an_error_without_offenders_is_its_title():
    assert str(ParamsError("there is no file")) == "there is no file"


def test_an_error_keeps_its_title_and_its_offenders():
    error = ParamsError("wrong", iter([Problem("a", "1", "2")]))
    assert (error.title, error.problems) == ("wrong", (Problem("a", "1", "2"),))


@pytest.mark.parametrize("kind", [ParamsError, DataError, MethodError])
def test_the_three_errors_are_caught_as_one(kind):
    with pytest.raises(EvalkitError, match="wrong"):
        raise kind("wrong")


def test_in_brief_an_error_is_its_first_offender_and_how_many_more():
    wrong = [Problem("a", "1", "2"), "b"]
    assert DataError("the table is wrong", wrong).brief == "the table is wrong: a: found 1; expected 2 (and 1 more)"
    assert (DataError("x", ["b"]).brief, DataError("x\ny").brief) == ("x: b", "x")


def test_a_near_name_is_told():
    assert one_of("yaer", ["city", "year"]) == "one of city, year (did you mean 'year'?)"


def test_a_near_chinese_name_is_told():
    assert "did you mean '省卫生厅'?" in one_of("省卫生局", ["省教育部", "省卫生厅"])


def test_no_near_name_is_made_up():
    assert one_of("zzz", ["city", "year"]) == "one of city, year"


def test_names_that_are_no_text_are_told_too():
    assert one_of(2013, range(2011, 2013)) == "one of 2011, 2012 (did you mean '2012'?)"


def test_of_many_names_the_first_are_told_and_the_near_one_is_still_found():
    names = [f"v{number:02}" for number in range(30)]
    assert one_of("v29x", names) == f"one of {', '.join(names[:12])}, … (30 in all) (did you mean 'v29'?)"


def test_where_nothing_is_known_it_is_said():
    assert one_of("year", []) == "nothing: none is known"


def failing(error):
    def step():
        raise error

    return step


def test_steps_that_hold_give_their_results_in_order():
    assert all_of(iter([lambda: 1, lambda: 2])) == [1, 2]


def test_a_step_that_fails_alone_is_told_as_it_is():
    alone = DataError("the table is wrong", [Problem("a", "1", "2")])
    with pytest.raises(DataError) as told:
        all_of([lambda: 1, failing(alone)])
    assert told.value is alone


def test_all_that_fail_are_told_at_once_each_under_its_title():
    errors = DataError("x.csv", [Problem("a", "1", "2")]), MethodError("no such way"), ParamsError("y", ["in words"])
    with pytest.raises(ParamsError, match="3 things are wrong") as told:
        all_of(map(failing, errors))
    assert told.value.problems == (Problem("x.csv: a", "1", "2"), "no such way", "y: in words")
    assert str(told.value).endswith("\nx.csv\n  - a: found 1; expected 2\nno such way\ny\n  - in words")


def test_what_rests_on_a_step_that_failed_is_passed_over_and_the_others_are_tried():
    tried, taken = Attempts(), []
    part = tried(failing(DataError("wrong")))
    assert tried(taken.append, part) is FAILED
    assert (tried(lambda: None), tried(int, "7"), taken) == (None, 7, [])
    with pytest.raises(DataError, match=r"^wrong$"):
        tried.refuse()


def test_what_is_told_together_is_counted_once_each():
    tried = Attempts()
    tried(all_of, [failing(DataError("a")), failing(MethodError("b"))])
    tried(failing(ParamsError("c")))
    with pytest.raises(ParamsError, match=r"^3 things are wrong\na\nb\nc$"):
        tried.refuse()


def test_nothing_is_refused_where_nothing_failed():
    tried = Attempts()
    tried(int, "7")
    tried.refuse()


def test_the_same_problem_is_told_once():
    def step():
        raise DataError("wrong", [Problem("a", "b", "c")] * 2)

    with pytest.raises(DataError) as error:
        all_of([step, step])
    assert str(error.value) == "wrong\n  - a: found b; expected c"


def test_problems_stand_in_the_order_in_which_people_count():
    told = [f"a.xlsx, s2!{cell}: found" for cell in ("A2", "D2", "D10000", "AA2")]
    assert in_order(told[::-1]) == told


def test_a_unit_is_told_in_words():
    assert (unit_name(("330100", 2012)), unit_name("330100")) == ("330100 in 2012", "330100")
