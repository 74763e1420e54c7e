from datetime import date

import pytest

from evalkit.base.errors import ParamsError
from evalkit.register.calendar import Calendar
from tests.conftest import ROOT

HEAD = "code: c\nname: {zh: 日程, en: days}\nsteps:\n"
SOURCED = "name: {zh: 一, en: one}, who: office, status: proposed, source: {zh: 建议, en: proposed}"


def calendar(tmp_path, *steps):
    path = tmp_path / "c.yaml"
    path.write_text(HEAD + "".join(f"  - {{{step}, {SOURCED}}}\n" for step in steps), encoding="utf-8")
    return Calendar.load(path)


def test_a_day_is_of_the_year_after_the_figures_and_days_run_from_the_step_before(tmp_path):
    found = calendar(
        tmp_path, 'step: objections, opens: "05-20", until: "06-05"', "step: reply, days: 7, after: objections"
    )
    assert (found.opens("objections", 2012), found.limit("objections", 2012)) == (date(2013, 5, 20), date(2013, 6, 5))
    assert found.limit("reply", 2012, date(2013, 5, 28)) == date(2013, 6, 4)
    assert found.limit("reply", 2012) is None
    assert found.limit("opinion", 2012, date(2013, 6, 1)) is None


def test_lateness_is_counted_in_days_after_the_last_one(tmp_path):
    found = calendar(tmp_path, 'step: figures, until: "04-10"')
    assert [found.late("figures", 2012, date(2013, 4, day)) for day in (9, 10, 13)] == [0, 0, 3]
    assert found.late("reply", 2012, date(2014, 1, 1), date(2013, 1, 1)) == 0


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (['step: figures, until: "02-29"'], 'until.*a month and a day that every year has, such as "05-20"'),
        (["step: figures"], r"either a day \(until\)"),
        (['step: figures, until: "04-10", days: 3, after: forms'], r"either a day \(until\)"),
        (["step: reply, days: 3"], r"days together with the step"),
        (["step: reply, days: 3, after: objections"], r"after.*one of \(none\)"),
        (['step: figures, until: "04-10"', 'step: figures, until: "04-11"'], "the step 'figures' once"),
        (['step: draft, until: "05-20"', 'step: final, until: "05-10"'], "05-20, the day of a step before it"),
        (['step: figures, opens: "05-01", until: "04-10"'], r"a first day \(opens\)"),
    ],
)
def test_a_calendar_that_cannot_be_kept_is_told(tmp_path, steps, expected):
    with pytest.raises(ParamsError, match=expected):
        calendar(tmp_path, *steps)


def test_the_calendar_of_zhejiang_has_every_step_and_marks_each_as_proposed():
    found = Calendar.load(ROOT / "params" / "calendar" / "zhejiang.yaml")
    assert len(found.by_duty) == 13
    assert {step.status for step in found.steps} == {"proposed"}
    assert found.limit("final", 2012) == date(2013, 7, 20)
