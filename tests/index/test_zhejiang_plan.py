"""The full edition as it is shipped: what is the plan's, what is proposed, and what each indicator rests on."""

from pathlib import Path

import pytest

from evalkit import IndexSystem
from evalkit.base import params
from evalkit.data.dataset import SHIPPED
from evalkit.data.metadata import Metadata
from evalkit.index.system_workbook import read_system_workbook, write_system_workbook

PARAMS = Path(__file__).parents[2] / "params"
SIX = {"culture", "sport", "education", "youth-league", "broadcasting", "disabled"}
# The plan's own numbers, sections 三(五) and 四(三): kind, value, and the threshold or the upper bound.
PLAN = {
    "P05-01": ("threshold_share", 100, 1500, "三（五）"),
    "P05-02": ("threshold_share", 100, 1500, "三（五）"),
    "P05-03": ("threshold_share", 100, 500, "三（五）"),
    "P05-04": ("annual_quota", 1000, None, "三（五）"),
    "P05-07": ("range", 5, 10, "三（五）"),
    "P05-08": ("cumulative_quota", 1000, None, "三（五）"),
    "P05-09": ("cumulative_quota", 500, None, "三（五）"),
    "F-01": ("floor", 200 / 3, None, "四（三）"),
}
PROVINCIAL = {"P05-04", "P05-07", "P05-08", "P05-09"}
# Variables that no indicator names: the survey, and the other reading of the earmark.
BESIDE = {"satisfaction", "expenditure_growth"}


@pytest.fixture(scope="module")
def system():
    return IndexSystem.load(PARAMS / "index" / "zhejiang-plan.yaml")


@pytest.fixture(scope="module")
def variables():
    return params.read(Metadata, SHIPPED / "zhejiang-plan-demo" / "metadata.yaml").variables


def aimed(system):
    return {indicator.code: indicator.target for indicator in system.indicators if indicator.target}


def test_eighty_indicators_in_ten_projects_and_the_fiscal_guarantee(system):
    sizes = {group.code: len(group.children) for group in system.projects}
    assert [sizes[f"P{number:02}"] for number in range(1, 11)] == [6, 8, 8, 8, 15, 6, 5, 5, 9, 6]
    assert sum(sizes.values()) + len(system.node("F").children) == len(system.indicators) == 80


def test_the_ten_projects_weigh_the_same(system):
    shares = system.root_shares()
    assert [shares[area] for area in ("A1", "A2", "A3")] == pytest.approx([0.5, 0.3, 0.2])
    assert {code: shares[code] for code in shares if code.startswith("P") and "-" not in code} == pytest.approx(
        {f"P{number:02}": 0.1 for number in range(1, 11)}
    )
    assert not system.node("F").weight


def test_the_numbers_of_the_plan_are_exactly_the_plans(system):
    targets = aimed(system)
    found = {
        code: (t.kind, t.value, getattr(t, "threshold", getattr(t, "upper", None)), t.clause)
        for code, t in targets.items()
        if code in PLAN
    }
    assert found == PLAN
    assert all(targets[code].year == 2012 for code in PLAN)


def test_only_the_plans_own_numbers_are_confirmed(system):
    assert {code for code, target in aimed(system).items() if target.status == "confirmed"} == set(PLAN)
    assert {goal.indicator for goal in system.plan.targets} == set(PLAN)


def test_a_number_of_the_province_is_a_citys_only_by_a_proposed_rule(system):
    targets = aimed(system)
    assert {code for code, target in targets.items() if "province" in target.assessed} == {*PROVINCIAL, "F-01"}
    rules = {code: targets[code].apportionment for code in PROVINCIAL - {"P05-07"}}
    assert {code: (rule.base, rule.year, rule.status) for code, rule in rules.items()} == {
        "P05-04": ("villages_without_room", 2007, "proposed"),
        "P05-08": ("villages", 2007, "proposed"),
        "P05-09": ("pop_school_age", 2007, "proposed"),
    }
    assert targets["P05-07"].assessed == ("province",)


def test_what_is_scored_has_a_target_and_who_answers_for_it(system):
    assert [i.code for i in system.scored if not (i.target and i.responsible and i.valid)] == []
    assert {i.weight for i in system.scored} == {1}


def test_neither_money_nor_what_is_made_of_others_is_scored(system):
    unscored = {i.code: i.unscored for i in system.indicators if not i.weight}
    assert {code for code, why in unscored.items() if why == "composite"} == {"P03-04", "P07-05", "F-03"}
    money = {i.code for i in system.indicators if i.layer == "input"} | {"F-04"}
    assert unscored.keys() == money | {"P03-04", "P07-05", "P05-07"}
    # the earmark is a gate, and the fitness centres are the province's alone
    assert aimed(system).keys() & unscored.keys() == {"F-01", "P05-07"}


def test_a_duty_of_every_year_is_due_in_every_year(system):
    duties = {"P01-02", "P01-03", "P02-05", "P08-03", "P10-04", "F-01"}
    for code in duties:
        target = system.node(code).target
        assert dict(target.milestones) == dict.fromkeys(range(2008, 2012), target.value)
        assert (target.baseline.year, target.baseline.value, target.baseline.status) == (2007, 0, "proposed")


def test_what_began_later_is_due_later_and_starts_from_nothing(system):
    late = {code: t for code, t in aimed(system).items() if (t.valid_from or 0) > 2008}
    assert {code: (t.valid_from, t.baseline.year, t.baseline.value) for code, t in late.items()} == {
        "P02-02": (2010, 2009, 0),
        "P08-02": (2010, 2009, 0),
    }


def test_the_culture_and_sport_project_is_the_plans_six_departments(system):
    project = system.node("P05")
    assert set(project.responsible) == SIX
    assert all(set(child.responsible or SIX) == SIX for child in project.children)
    leads = {child.code: child.responsible[0] for child in project.children if child.responsible}
    assert (leads["P05-01"], leads["P05-06"], leads["P05-08"]) == ("culture", "youth-league", "sport")


def test_the_labour_department_is_renamed_in_2009(system):
    assert system.responsible("P10-02", 2008, "zh") == ("省劳动保障厅",)
    assert system.responsible("P10-02", 2009, "zh") == ("省人力社保厅",)


def test_every_variable_is_there_and_of_use(system, variables):
    bases = {t.apportionment.base for t in aimed(system).values() if getattr(t, "apportionment", None)}
    terms = {term for indicator in system.indicators for term in indicator.terms}
    assert terms | bases | set(system.population.values()) | BESIDE == set(variables)


def test_thresholds_are_of_facilities_and_facilities_only_of_thresholds(system, variables):
    judged = {i.variable for i in system.indicators if i.target and i.target.kind == "threshold_share"}
    assert judged == {name for name, variable in variables.items() if variable.kind == "facility"}
    assert all(variables[name].levels == ("county",) for name in judged)


def test_what_counties_are_assessed_by_counties_report(system, variables):
    by_county = [i for i in system.indicators if i.target and "county" in i.target.assessed]
    assert [(i.code, term) for i in by_county for term in i.terms if "county" not in variables[term].levels] == []


def test_the_full_edition_comes_back_from_excel_as_it_was(system, tmp_path):
    write_system_workbook(system, tmp_path / "book.xlsx")
    assert read_system_workbook(tmp_path / "book.xlsx") == system
