import pytest
from pydantic import ValidationError

from evalkit.index.plan import Department, Name, Plan, PlanTarget
from tests.scoring.small import words


def department(*names):
    return Department(names=tuple(Name(name=words(name), **years) for name, years in names), source=words("plan"))


def target(**more):
    return PlanTarget(name=words("goal"), clause="3", level=words("county"), **more)


def test_a_department_bears_the_name_of_the_year():
    labour = department(("劳动保障厅", {"until": 2008}), ("人社厅", {"since": 2009}))
    assert [labour.name_in(year)["zh"] for year in (2007, 2008, 2009, 2012)] == ["劳动保障厅"] * 2 + ["人社厅"] * 2


def test_where_no_name_covers_the_year_it_is_the_last_known_one():
    assert department(("甲", {"until": 2008}), ("乙", {"until": 2010})).name_in(2012)["zh"] == "乙"


def test_a_department_without_a_name_is_refused():
    with pytest.raises(ValidationError, match="at least 1 item"):
        department()


def test_goals_that_an_indicator_checks_are_counted():
    goals = (target(), target(indicator="P01"), target(indicator="P02"))
    assert Plan(title=words("plan"), goals_total=14, goals=goals, note=words("x")).goals_checkable == 2


def test_of_the_public_plan_no_goal_can_be_checked_and_eight_numbers_are_known(study):
    plan = study.system.plan
    assert (plan.goals_total, plan.goals_checkable, len(plan.targets)) == (14, 0, 8)


@pytest.mark.parametrize(("year", "name"), [(2008, "省劳动保障厅"), (2009, "省人力社保厅"), (2012, "省人力社保厅")])
def test_the_labour_department_is_renamed_in_2009(study, year, name):
    assert study.system.responsible("P01", year, "zh") == (name,)


def test_a_name_does_not_end_before_it_begins():
    with pytest.raises(ValidationError, match="a year that is not before since, 2009"):
        Name(name=words("甲"), since=2009, until=2008)


def test_a_plan_has_no_goals_below_0():
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        Plan(title=words("plan"), goals_total=-1, note=words("n"))


def test_a_plan_may_be_known_by_its_title_alone():
    plan = Plan(title=words("plan"))
    assert (plan.goals_total, plan.note, plan.duties, plan.goals_checkable) == (None, None, None, 0)


def test_a_department_may_name_the_unit_that_carries_its_duty_out_in_a_city():
    assert department(("甲", {})).in_city is None
    assert (
        Department(names=(Name(name=words("甲")),), source=words("plan"), in_city=words("市甲局")).in_city.zh
        == "市甲局"
    )
