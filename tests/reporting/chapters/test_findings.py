"""A sentence that states a finding is said where the data bear it out, and is not where they do not."""

from dataclasses import replace

import pandas as pd
import pytest
import yaml

from evalkit.readings.study_readings import StudyReadings
from evalkit.reporting.chapters import (
    census,
    consequences,
    convergence,
    department,
    incentives,
    inequality,
    leadership,
    position,
    province,
    province_grades,
    province_targets,
    rectification,
    robustness,
    summary,
    supervision,
    targets,
)
from tests.conftest import ROOT
from tests.reporting.assessed import demo
from tests.reporting.cities import assessed_report
from tests.reporting.departments import department_report

APART = {"explore", "site"}  # no chapters of reports, tested with their rooms
FILES = [path for path in (ROOT / "evalkit/reporting").rglob("words.yaml") if path.parent.name not in APART]
SENTENCES = {key for path in FILES for key in yaml.safe_load(path.read_text("utf-8")).get("sentences", ())}
# What is measured, how it is to be read and what it does not say: true whatever the figures are. Their numbers count
# what stands in the table below them.
EXPLAIN = {
    "basis_shown", "basis_read", "resources_read", "shortfalls_read", "quality_read",
    "province_ranking", "province_limits", "equality_read", "equality_contributions", "equality_projects",
    "ceilings_read", "coverage_read", "department_heat_read", "department_standing_read", "department_lamps_read",
    "department_cells", "department_path_read", "uncertainty_ranks",
    "department_limits", "coherence_read", "consequences_limits", "supervision_checklists",
    "supervision_department", "fund_city", "standing_lead", "bounds_read", "contradictions_read",
    "coverage_of_round", "digits_sizes", "known_read", "tests_nulls", "tests_read", "whom_read",
}  # fmt: skip
# Of figures, of the index page and of headings.
ELSEWHERE = {"report_title", "headline_name", "headline_whole"}
ELSEWHERE |= {"sheet_mark", "sheet_sources", "sheet_sources_many", "sheet_where"}  # of workbooks


@pytest.fixture
def unscored(city_report):
    """Quzhou without a score in the years that are named."""

    def make(*years):
        report = city_report()
        blank = [(report.city, year) for year in years]
        scores = report.result.scores.copy()
        scores.loc[blank] = float("nan")
        return replace(report, result=replace(report.result, scores=scores))

    return make


def test_a_city_without_a_score_is_told_so_and_has_no_position(unscored):
    assert summary.sentences.summary(unscored(2012)).data.startswith("衢州市 2012 年缺数过多")
    assert position.sentences.position(unscored(2012)).data == ""
    assert "缺数过多" not in summary.sentences.summary(unscored(2011)).data


def test_a_year_without_a_score_is_not_compared(unscored):
    assert "2011 年因缺数未计分，不与之比较。" in position.sentences.position(unscored(2011)).data
    assert "未计分" not in position.sentences.position(unscored()).data


def test_draws_are_told_where_they_are_declared(city_report):
    report = city_report()
    assert "本市位次在至少 90% 的抽样中" in robustness.sentences.draws(report).data
    certain = replace(report.study, round=report.study.round.model_copy(update={"uncertainty": None}))
    assert robustness.sentences.draws(replace(report, study=certain)).data == ""


def test_a_series_whose_slope_lies_above_nothing_has_the_leaders_ahead(round_report, monkeypatch):
    report = round_report(level=0.6)
    assert "领先者增长较快" not in convergence.sentences.convergence(report).data
    found = report.readings.convergences(report.year)
    monkeypatch.setattr(
        StudyReadings, "convergences", lambda self, until: {code: one and turned(one) for code, one in found.items()}
    )
    assert "人均医疗卫生支出（领先者增长较快）" in convergence.sentences.convergence(report).data


def turned(reading):
    """The same reading with every slope on the other side of nothing."""
    low, high = reading.beta.interval
    return replace(reading, beta=replace(reading.beta, slope=-reading.beta.slope, interval=(-high, -low)))


def test_a_round_in_which_no_series_can_be_read_has_no_word_of_convergence(round_report, monkeypatch):
    report = round_report()
    assert "**趋同**" in province.sentences.summary(report).data
    found = dict.fromkeys(report.readings.convergences(report.year))
    monkeypatch.setattr(StudyReadings, "convergences", lambda self, until: found)
    assert "**趋同**" not in province.sentences.summary(report).data


def test_less_is_better_is_said_where_it_is_so_of_a_service(round_report):
    services = round_report().study.round.readings.services
    assert "数值越低越好的服务：小学生师比" in inequality.sentences.inequality(round_report()).data
    higher = tuple(code for code in services if not code.startswith("P03"))
    assert "数值越低越好" not in inequality.sentences.inequality(round_report(services=higher)).data


def test_the_largest_part_is_named_where_services_are_declared(round_report):
    assert "为杭州市（" in inequality.sentences.contributions(round_report()).data
    assert "为杭州市（" not in inequality.sentences.contributions(round_report(services=())).data


def test_counties_and_draws_are_told_where_they_are_declared(city_report):
    assert "人口普查时点数" in census.sentences.counties(city_report()).data
    assert census.sentences.counties(assessed_report()).data == ""
    assert "次，同时变动" in robustness.sentences.robustness(city_report()).data
    assert robustness.sentences.robustness(assessed_report()).data == ""


def test_a_round_is_told_by_its_assessment_or_by_what_it_covers_and_depends_on(city_report, monkeypatch):
    public, assessed = summary.sentences.of_the_round(city_report()), summary.sentences.of_the_round(assessed_report())
    assert "按公共统计服务指数" in public[0]
    assert "考核得分排列" in assessed[-1]
    assert "位次取决于方法的选择" in public[1]
    same = replace(city_report())
    monkeypatch.setattr(type(same), "rank_range", city_report().rank_range.assign(best=3, worst=3))
    assert "位次取决于方法的选择" not in "".join(summary.sentences.of_the_round(same))


def test_a_round_without_facilities_says_nothing_of_them(monkeypatch):
    assert "门槛" in targets.sentences.facilities(assessed_report()).data
    report = replace(assessed_report())
    monkeypatch.setattr(type(report), "facilities", None)
    assert targets.sentences.facilities(report).data == ""


def test_equal_remainders_of_a_target_are_told_where_there_are_some():
    parts = demo().study.assessed.cities.parts
    assert "余数相同" not in province_targets.sentences.split(demo()).data
    tied = {code: replace(part, tied=("330100", "330200")) for code, part in parts.items()}
    study = replace(demo().study)
    study.__dict__["assessed"] = replace(demo().study.assessed)
    study.assessed.__dict__.update(demo().study.assessed.__dict__)
    study.assessed.__dict__["cities"] = replace(demo().study.assessed.cities, parts=tied)
    assert (
        "余数相同、由基数大者先得的：杭州市、宁波市。"
        in province_targets.sentences.split(replace(demo(), study=study)).data
    )


def test_equal_remainders_of_the_fund_are_told_where_there_are_some(monkeypatch):
    fund, shared = incentives.sentences.tables.in_force(demo())
    assert "余数相同" not in incentives.sentences.allocation(demo()).data
    monkeypatch.setattr(
        incentives.sentences.tables, "in_force", lambda report: (fund, replace(shared, tied=("330100",)))
    )
    assert incentives.sentences.allocation(demo()).data.endswith("杭州市。")


def test_disputed_figures_are_counted_where_there_are_any(monkeypatch):
    assert "有争议的" in province_grades.sentences.disputed(demo()).data
    monkeypatch.setattr(province_grades.sentences.tables, "disputed", lambda report: pd.DataFrame())
    assert province_grades.sentences.disputed(demo()).data == ""


@pytest.fixture
def nothing_open(monkeypatch):
    held = rectification.items.open_items

    def emptied(report, **of):
        found = held(report, **of)
        return found.iloc[:0] if of else found

    monkeypatch.setattr(rectification.items, "open_items", emptied)


def test_with_nothing_to_rectify_a_city_is_told_nothing_and_a_department_what_it_joins(nothing_open):
    assert rectification.sentences.city(assessed_report()).data == ""
    assert rectification.sentences.department(department_report()).data.startswith("本部门没有牵头的未销号整改事项")


def test_only_targets_that_the_plan_does_not_state_are_said_to_be_proposed(monkeypatch):
    held = rectification.items.open_items
    assert "不是本轮文件载明的" in rectification.sentences.city(assessed_report()).data
    monkeypatch.setattr(
        rectification.items,
        "open_items",
        lambda report, **of: held(report, **of).assign(target_status="confirmed", step="notice"),
    )
    assert "不是本轮文件载明的" not in rectification.sentences.city(assessed_report()).data


def test_without_advice_it_is_for_those_who_sign_to_call_to_account_by_proposed_targets(monkeypatch):
    study = assessed_report().study
    rules = study.assessment_files.accountability.model_copy(update={"advice": None})
    without = replace(study, assessment_files=replace(study.assessment_files, accountability=rules))
    report = replace(assessed_report(), study=without)
    assert "是否据此问责由评价单位决定" in rectification.sentences.city(report).data


def test_a_city_that_is_not_visited_is_told_so(monkeypatch):
    assert "安排到温州市督查" in supervision.sentences.city(assessed_report()).data
    monkeypatch.setattr(supervision.sentences.tables, "city_visits", lambda report: pd.DataFrame())
    assert "安排到" not in supervision.sentences.city(assessed_report()).data


@pytest.mark.parametrize(
    ("score", "told"), [(72.5, "高出本档下限"), (12.5, "按得分属“不合格”档，距“合格”档下限差 47.50 分")]
)
def test_the_lowest_band_has_no_edge_below_it(monkeypatch, score, told):
    row = pd.Series(leadership.sentences.reading(assessed_report()).to_dict() | {"score": score})
    monkeypatch.setattr(leadership.sentences, "reading", lambda report: row)
    assert told in leadership.sentences.method(assessed_report()).data


def test_a_department_whose_targets_no_city_is_held_to_is_told_nothing_of_cities(monkeypatch):
    assert "考核到市的" in department.sentences.summary(department_report()).data
    monkeypatch.setattr(department.sentences.brief, "by_city", lambda report: pd.DataFrame())
    monkeypatch.setattr(department.sentences.brief, "cities_to_press", lambda report: [])
    assert "考核到市的" not in department.sentences.summary(department_report()).data


def test_what_explains_is_said_whatever_the_figures_are():
    assert "不说明各项措施是否已经执行" in consequences.sentences.limits(demo()).data
    assert "风险分是先看哪里的排序" in supervision.sentences.limits(demo()).data
    assert "每次督查一份清单" in supervision.sentences.checklists(demo()).data


def test_every_finding_is_said_by_one_test_and_left_out_by_another(said):
    """Of each sentence there is a function that says it on some data, and on others does not."""
    turned = set().union(*(frozenset.union(*keys) - frozenset.intersection(*keys) for keys in said.values()))
    heard = set().union(*(key for keys in said.values() for key in keys))
    assert sorted(SENTENCES - EXPLAIN - ELSEWHERE - turned) == []
    assert sorted(EXPLAIN - heard) == []
