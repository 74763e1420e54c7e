import re
from dataclasses import replace

import pytest

from evalkit.reporting.chapters import supervision
from evalkit.reporting.report import RoundReport
from tests.reporting.assessed import demo
from tests.reporting.cities import WENZHOU, assessed_report
from tests.reporting.departments import department_report


@pytest.mark.parametrize(
    "read",
    [
        supervision.sentences.summary,
        supervision.sentences.risks,
        supervision.sentences.selection,
        supervision.sentences.limits,
    ],
)
def test_a_round_without_rules_of_supervision_says_nothing(read, round_report):
    assert read(round_report()).data == ""


def test_the_plan_is_told_by_its_numbers_its_seed_and_the_standing_of_its_rules():
    text = supervision.sentences.summary(demo()).data
    assert "从 121 个“市×工程”单元中安排 22 次督查：风险最高的 8 个必查，其余 14 个按风险随机抽取" in text
    assert f"种子为 {demo().study.seed}" in text
    assert "规则 13 条（一条在表中可占几行），按性质：建议值（待审定） 13" in text
    assert "只要求“有计划地开展督查评估”，未定办法。" in text


def test_the_probabilities_are_said_to_sum_to_the_capacity():
    text = supervision.sentences.selection(demo()).data
    assert "之和为 22.000，等于年度督查次数 22" in text
    assert "都有可能入选" in text


def test_units_without_a_chance_are_counted_where_the_certain_take_up_all_visits():
    declared = demo().study.assessment_files
    visits = declared.supervision.visits.model_copy(update={"riskiest": 22})
    rules = declared.supervision.model_copy(update={"visits": visits})
    study = replace(demo().study, assessment_files=replace(declared, supervision=rules))
    text = supervision.sentences.selection(RoundReport(study, demo().result, 2012, "zh")).data
    assert "其余 99 个单元不可能入选" in text
    assert "都有可能入选" not in text


def test_a_robust_z_is_said_to_be_reached_by_chance_where_one_counts():
    assert "单凭偶然也会达到" in supervision.sentences.risks(demo()).data
    declared = demo().study.assessment_files
    signals = tuple(rule for rule in declared.supervision.signals if rule.kind not in ("jump", "outlier"))
    rules = declared.supervision.model_copy(update={"signals": signals})
    study = replace(demo().study, assessment_files=replace(declared, supervision=rules))
    assert "单凭偶然" not in supervision.sentences.risks(RoundReport(study, demo().result, 2012, "zh")).data


def test_the_body_speaks_no_language_of_statistics():
    sentences = supervision.sentences
    for read in (sentences.schedule, sentences.summary, sentences.selection, sentences.limits):
        assert not re.search("z 值|正态|模拟", read(demo()).data)
    sources = supervision.tables.supervision_rules(demo()).data.rule_source
    assert sources.str.contains("单凭偶然也会达到（模拟）").sum() >= 2


def test_all_signals_are_counted():
    n = len(demo().study.consequences.visit_plan(2012).signals)
    assert f"全部 {n} 条信号" in supervision.sentences.risks(demo()).data


def test_a_city_is_told_its_findings_and_its_visits():
    plan = demo().study.consequences.visit_plan(2012)
    n = sum(visit.region == WENZHOU for visit in plan.visits)
    text = supervision.sentences.city(assessed_report()).data
    assert "已记录的核查结论如下" in text
    assert f"安排到温州市督查 {n} 次" in text
    assert "核查结论" not in supervision.sentences.city(assessed_report("330100")).data


def test_a_department_is_told_how_many_of_them_touch_it():
    assert "涉及本部门目标的核查结论 2 项" in supervision.sentences.department(department_report()).data


def test_a_round_without_findings_says_nothing_of_them():
    assert "核查结论如下" in supervision.sentences.findings(demo()).data
    assert supervision.sentences.findings(demo(2008)).data == ""
