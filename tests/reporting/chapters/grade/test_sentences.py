import re
from dataclasses import replace

import pytest

from evalkit.reporting.report import RoundReport
from tests.assessment.small import event
from tests.reporting.cities import HUZHOU, assessed_report, under, unrated, vetoed
from tests.reporting.printed import grade, province_grades, targets

EACH = [
    *(
        getattr(grade.sentences, name)
        for name in ("grade", "period", "pathway", "project_scores", "progress", "improvements")
    ),
    *(
        getattr(targets.sentences, name)
        for name in ("readings", "work_plan", "departments", "counties", "facilities", "equality", "pending")
    ),
]
PART = {"status": "proposed", "source": {"zh": "甲", "en": "a"}, "name": {"zh": "乙", "en": "b"}}
LITTLE = dict.fromkeys(("completion", "equality", "progress"), PART | {"points": 1})
LITTLE |= {"public_evaluation": PART | {"points": 97}}
each = pytest.mark.parametrize("told", EACH, ids=lambda told: told.__name__)


@each
def test_a_round_without_an_assessment_says_none_of_it(city_report, told):
    assert told(city_report()).data == ""


@each
@pytest.mark.parametrize(("city", "year"), [("330300", 2012), (HUZHOU, 2012), ("330600", 2008)])
def test_english_says_it_in_english(told, city, year):
    text = re.sub(r"[三四]\(.\)", "", told(assessed_report(city, year, "en")).data)  # the plan's clauses
    assert text
    assert re.findall("[\u3000-\u9fff\uff00-\uffef]", text) == []
    assert "nan" not in text


def test_the_grade_is_told_with_what_lowered_it():
    text = grade.sentences.grade(vetoed()).data
    assert "改为“不合格”，依据：" in text
    assert "一票否决（the reason of V1）" in text
    assert "只降低等次，不改变得分" in text


def test_a_grade_that_nothing_lowers_says_so():
    text = grade.sentences.grade(under(gates={"project": None}, quota=None)).data
    assert "没有规则降低等次" in text


def test_a_city_that_is_not_rated_reads_well():
    text = grade.sentences.grade(unrated()).data
    assert "不具备评分条件" in text
    assert "至少 100%" in text
    assert "第" not in text.split("计划第")[0]
    assert "首先要补报" in grade.sentences.improvements(unrated()).data


def test_a_veto_stands_where_there_is_no_rating():
    report = under(event("V1", region=HUZHOU, veto=True), valid_share={"least": 1.0}, city=HUZHOU)
    assert "等次由“不予评定”改为“不合格”" in grade.sentences.grade(report).data


def test_parts_that_are_dropped_are_named_with_the_factor():
    assert "公众评价；其余部分的分值同乘 1.1111" in grade.sentences.grade(assessed_report(year=2008)).data


def undeclared(*figures, year=2012):
    """The report of a round that names no figure for some of its rules."""
    study = assessed_report().study
    design = study.round.assessment.model_copy(update=dict.fromkeys(figures))
    round_ = study.round.model_copy(update={"assessment": design})
    return replace(assessed_report(year=year), study=replace(study, round=round_))


def test_a_rule_without_a_declared_figure_is_no_rule_passed_and_lacks_no_data():
    report = undeclared("earmark")
    text = grade.sentences.grade(report).data
    assert "方案没有声明用以检验的数据，因而未检验：新增财力三分之二。未检验不等于通过" in text
    assert "因缺数据" not in text
    row = grade.tables.gates(report).set_index("规则").loc["新增财力三分之二"]
    assert (row["实际"], row["结果"]) == ("方案未声明数据", "方案未声明数据，未检验")
    whole = RoundReport(report.study, report.result, 2012, "zh")
    assert "方案没有声明用以检验“新增财力三分之二”的数据" in province_grades.sentences.grades(whole).data
    reasons = province_grades.tables.grades(whole)["等次与档次不同的原因、未检验的规则"]
    assert reasons[0] == "未检验（本轮未纳入数据）：新增财力三分之二"


def test_a_rule_whose_figure_is_missing_could_not_be_tested(monkeypatch):
    report = assessed_report()
    gone = report.assessed.reasons.assign(outcome="not_tested", rule="earmark")
    monkeypatch.setitem(report.__dict__, "assessed", replace(report.assessed, reasons=gone))
    assert "因缺数据未能检验：新增财力三分之二" in grade.sentences.grade(report).data


def test_a_part_without_a_declared_figure_is_told_so():
    assert "公众评价（方案未声明数据）；其余" in grade.sentences.grade(undeclared("public_evaluation")).data


def test_what_no_indicator_can_reach_is_told_with_its_reason():
    assert "原因：优秀名额" in grade.sentences.improvements(assessed_report("331100")).data
    assert "原因：得分仍不到" in grade.sentences.improvements(under(parts=LITTLE, city="331100")).data


def test_a_city_with_nothing_left_to_raise_is_told_of_no_table_of_steps():
    report = replace(assessed_report("331000"))
    report.__dict__["improvements"] = assessed_report("331000").improvements.iloc[:0]
    text = grade.sentences.improvements(report).data
    assert "没有可提高的指标：得分 93.32 分，等次仍为“良好”，达不到“优秀”。原因：" in text
    assert "0 步" not in text


def test_the_way_up_is_told_as_far_as_it_goes():
    assert grade.sentences.improvements(best()).data == ""
    assert "一票否决事项" in grade.sentences.improvements(vetoed()).data
    report = assessed_report("330300")
    assert re.search(r"完成 \d+ 步，得分可到 [\d.]+ 分", grade.sentences.improvements(report).data)


def best():
    """The city with the best grade of 2012."""
    grades = assessed_report().study.assessed.assessment.results.grade.xs(2012, level="year")
    return assessed_report(grades[grades == "excellent"].index[0])
