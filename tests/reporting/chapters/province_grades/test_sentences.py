import pandas as pd
import pytest

from evalkit.reporting.chapters import province_grades
from tests.assessment.small import event, rows
from tests.reporting.assessed import CITIES, by_hand, demo

NAMES = ("grades", "period", "data", "disputed", "rules")


@pytest.mark.parametrize("name", NAMES)
def test_a_round_without_an_assessment_says_nothing(round_report, name):
    assert getattr(province_grades.sentences, name)(round_report()).data == ""


@pytest.mark.parametrize(("year", "language"), [(2012, "zh"), (2012, "en"), (2008, "en")])
@pytest.mark.parametrize("name", NAMES)
def test_every_chapter_says_something(name, year, language):
    text = getattr(province_grades.sentences, name)(demo(year, language)).data
    assert text.strip()
    assert "{" not in text
    assert "nan" not in text


def test_those_that_the_quota_keeps_out_and_those_without_a_score_are_named():
    text = province_grades.sentences.grades(by_hand(95, 99, 80, None)).data
    assert "3 个市得到评定" in text
    assert "因名额列为良好的：宁波市、杭州市。" in text
    assert "**未得评分** 1 个" in text
    assert "嘉兴市（0.00%）" in text


def test_what_could_not_be_tested_and_what_had_no_effect_is_said():
    text = province_grades.sentences.grades(by_hand(99, 50, projects=("P03",))).data
    assert "“新增财力三分之二”因缺数据未检验、没有据此降等的：杭州市" in text
    assert "触及“单项工程底线”但不影响等次（按得分本已不高于此）的：宁波市（教育公平工程）" in text


def test_points_of_events_are_told():
    text = province_grades.sentences.grades(by_hand(70, 80, events=[event(region=CITIES[1], points=2)])).data
    assert "加减分（已计入得分）：宁波市（+2.00）" in text


def test_scores_that_rest_on_other_parts_are_said():
    survey = pd.Series([80.0, None], index=rows(CITIES[:2]))
    text = province_grades.sentences.grades(by_hand(70, 80, public_evaluation=survey)).data
    assert "宁波市没有“均等化差距、年度进步、公众评价”的数据，其余各部分的分值按 1.6667 倍放大" in text
    assert "当年各市都没有" in province_grades.sentences.grades(by_hand(70, 80)).data


def test_years_that_rest_on_other_parts_are_said():
    survey = pd.Series([None, 80.0], index=rows(CITIES[:1], (2011, 2012)))
    text = province_grades.sentences.period(by_hand(70, 80, years=(2011, 2012), public_evaluation=survey)).data
    assert "2011（均等化差距、年度进步、公众评价）、2012（均等化差距、年度进步）" in text
    assert "所含的部分不同" not in province_grades.sentences.period(by_hand(70, 80, years=(2011, 2012))).data


def test_a_part_that_some_cities_lack_in_a_year_is_told_of_them_alone():
    survey = pd.Series([None, 80.0, 80.0, 80.0], index=rows(CITIES[:2], (2011, 2012)))
    text = province_grades.sentences.period(by_hand(70, 80, 70, 80, years=(2011, 2012), public_evaluation=survey)).data
    assert "2011（杭州市无均等化差距、年度进步、公众评价；宁波市无均等化差距、年度进步）" in text


def test_who_has_no_score_of_the_period_is_said():
    text = province_grades.sentences.period(by_hand(70, None, 60, 50, years=(2011, 2012))).data
    assert "杭州市没有期间得分" in text
    assert province_grades.sentences.period(demo(2008)).data.startswith("2008 年是首年")


def test_where_nobody_is_rated_no_score_rests_on_other_parts():
    assert list(province_grades.sentences._bases(demo(), demo().study.assessed.assessment.results.iloc[:0])) == []
