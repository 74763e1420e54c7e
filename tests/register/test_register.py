from datetime import date

import pandas as pd
import pytest

from evalkit.base.errors import DataError
from evalkit.register.schema import FIGURE
from tests.register.conftest import BOTH, entry, figures, submission

pytestmark = BOTH


def test_the_latest_figure_counts_and_the_earlier_one_on_its_own_days(register):
    register.receive(submission("a"), figures(10.0), entry((4, 1)))
    register.receive(submission("b"), figures(12.0), entry((5, 20)))
    assert register.figures([2012]).value.tolist() == [12]
    assert register.figures([2012], day=date(2013, 5, 19)).value.tolist() == [10]
    assert register.figures([2012], day=date(2013, 3, 31)).empty


def test_a_returned_submission_does_not_count_and_what_stood_before_stands_again(register):
    register.receive(submission("a"), figures(10.0), entry((4, 1)))
    register.receive(submission("b"), figures(99.0), entry((4, 2)))
    register.advance("b", "returned", entry((4, 3)), note="ten times the year before")
    assert register.figures([2012]).value.tolist() == [10]
    assert register.figures([2012], day=date(2013, 4, 2)).value.tolist() == [99]
    assert register.submissions().loc["b", ["status", "note"]].tolist() == ["returned", "ten times the year before"]


def test_where_only_verified_figures_count_others_do_not(register):
    register.receive(submission("a"), figures(10.0), entry((4, 1)))
    assert register.figures([2012], accepted="verified").empty
    register.advance("a", "verified", entry((5, 1)))
    assert register.figures([2012], accepted="verified").value.tolist() == [10]


def test_what_a_region_says_of_itself_counts_before_what_a_department_says_later(register):
    register.receive(submission("a"), figures(10.0), entry((4, 1)))
    by_department = figures(11.0, standing="department")
    register.receive(submission("b", reporter="health", standing="department"), by_department, entry((4, 9)))
    assert register.figures([2012]).value.tolist() == [10]


def test_a_day_before_the_last_on_record_is_refused_and_nothing_is_put_on_record(register):
    register.receive(submission("a"), figures(10.0), entry((4, 2)))
    with pytest.raises(DataError, match=r"the day: found 2013-04-01; expected 2013-04-02, the last day on record"):
        register.receive(submission("b"), figures(11.0), entry((4, 1)))
    assert register.submissions().index.tolist() == ["a"]


def test_a_submission_cannot_go_where_nothing_leads(register):
    register.receive(submission("a"), figures(10.0), entry((4, 1)))
    with pytest.raises(DataError, match="a: found submitted, then final; expected returned or verified or disputed"):
        register.advance("a", "final", entry((4, 2)))


def test_an_unknown_submission_is_told_with_a_near_name(register):
    register.receive(submission("330100-1"), figures(10.0), entry((4, 1)))
    with pytest.raises(DataError, match=r"330100-2.*did you mean '330100-1'"):
        register.advance("330100-2", "verified", entry((4, 2)))


def test_who_changes_a_figure_behind_its_back_is_found_out(register):
    register.receive(submission("a"), figures(10.0), entry((4, 1)))
    register.receive(submission("b"), figures(12.0), entry((4, 2)))
    assert register.altered() == []
    with register.engine.begin() as connection:
        is_file = register.engine.dialect.name == "sqlite"
        connection.exec_driver_sql("DROP TRIGGER figure_UPDATE" if is_file else "DROP TRIGGER figure_kept ON figure")
        connection.exec_driver_sql("UPDATE figure SET value = 11 WHERE submission = 'a'")
    assert register.altered() == [1]


def test_rows_come_in_the_order_of_record(register):
    values = [*range(50, 0, -1)]
    register.receive(submission("a"), figures(*values, unit=[str(value) for value in values]), entry((4, 1)))
    assert register.rows(FIGURE).value.tolist() == values


def test_the_digest_is_that_of_the_day(register):
    register.receive(submission("a"), figures(10.0), entry((4, 1)))
    first = register.digest()
    register.receive(submission("b"), figures(12.0), entry((4, 2)))
    assert register.digest(date(2013, 4, 1)) == first != register.digest()


def test_a_submission_that_cannot_be_put_on_record_leaves_nothing(register):
    wrong = pd.concat([figures(10.0), figures(11.0, year=[None])])
    register.receive(submission("a"), figures(1.0), entry((4, 1)))
    with pytest.raises(DataError, match="cannot be used"):
        register.receive(submission("b"), wrong, entry((4, 2)))
    assert (register.until(), register.submissions().index.tolist(), register.altered()) == (1, ["a"], [])


def test_a_code_is_taken_once(register):
    register.receive(submission("a"), figures(1.0), entry((4, 1)))
    with pytest.raises(DataError, match="a, which is on record already; expected a code of its own"):
        register.receive(submission("a"), figures(2.0), entry((4, 2)))
    assert register.figures([2012]).value.tolist() == [1]


def test_what_looks_before_an_entry_is_put_on_record_may_refuse_it(register):
    def refuse(connection):
        raise DataError("not now")

    with pytest.raises(DataError, match="not now"):
        register.write(entry((4, 1)), {}, first=refuse)
    assert register.until() == 0


def test_figures_may_be_asked_for_with_few_of_their_columns(register):
    register.receive(submission("a"), figures(10.0, source="ledger"), entry((4, 1)))
    told_apart = ["id", "entry", "submission", "variable", "region", "unit", "year", "standing"]
    assert sorted(register.figures([2012], columns=["value"])) == sorted([*told_apart, "value"])
    assert register.figures([2012]).source.tolist() == ["ledger"]


def test_a_text_in_any_script_and_a_number_to_its_last_digit_come_back(register):
    register.receive(submission("a"), figures(0.1 + 0.2, source="统计年鉴\t第 3 页\n'\\\"", page="=1+1"), entry((4, 1)))
    found = register.figures([2012]).iloc[0]
    assert (found.value, found.source, found.page) == (0.1 + 0.2, "统计年鉴\t第 3 页\n'\\\"", "=1+1")
    assert register.altered() == []


def test_the_last_day_on_record_is_that_of_the_last_entry(register):
    assert register.last_day() is None
    register.receive(submission("a"), figures(10.0), entry((4, 1)))
    assert register.last_day() == date(2013, 4, 1)


def test_rows_may_be_asked_for_by_what_stands_in_them(register):
    register.receive(submission("a"), figures(10.0, 11.0), entry((4, 1)))
    register.receive(submission("b"), figures(12.0), entry((4, 2)))
    assert register.rows(FIGURE, submission=["a"]).value.tolist() == [10, 11]
    assert register.rows(FIGURE, date(2013, 4, 1), submission=["b"]).empty
