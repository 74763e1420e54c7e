from dataclasses import replace
from datetime import date

import pytest

from evalkit.base.text import Text
from evalkit.reporting.cover import heading, signatures
from evalkit.reporting.report import RoundReport
from evalkit.round import SignOff
from evalkit.runs.kinds import KINDS
from tests.conftest import ROOT
from tests.reporting.cities import assessed_report
from tests.reporting.counties import county_report, public_county
from tests.reporting.departments import department_report, plan_study


def assessed_round():
    return RoundReport(plan_study(), plan_study().evaluate(), 2012, "zh")


def signed_off(report=None, **declared):
    report = report or assessed_report()
    round_ = report.study.round.model_copy(update={"sign_off": SignOff(**declared)})
    return replace(report, study=replace(report.study, round=round_))


def lines(report):
    return heading(report).data.split("\n\n")


DECLARED = {"office": Text(zh="某办", en="An office"), "number": "评办〔2013〕1 号", "issued": date(2013, 7, 31)}


def test_who_issues_a_report_stands_first_with_its_number_and_day():
    assert lines(signed_off(**DECLARED))[:2] == ["签发单位：某办", "文号：评办〔2013〕1 号　日期：2013 年 7 月 31 日"]
    english = signed_off(assessed_report(language="en"), **DECLARED)
    assert lines(english)[:2] == ["Issued by: An office", "Number: 评办〔2013〕1 号 · Date: 2013-07-31"]


@pytest.mark.parametrize("make", [assessed_report, county_report, department_report, assessed_round])
def test_every_report_has_room_for_who_issues_it(make):
    assert lines(signed_off(make()))[:2] == ["签发单位：＿＿＿＿＿", "文号：＿＿＿＿＿　日期：　　年　月　日"]
    assert lines(signed_off(make(), **DECLARED))[0] == "签发单位：某办"


def test_every_report_s_notebook_has_the_one_head_and_the_one_foot():
    for path in (ROOT / kind.path for kind in KINDS.values()):
        text = path.read_text("utf-8")
        assert [text.count(name) for name in ("cover.heading(report)", "cover.signatures(report)")] == [1, 1], path.name


def test_a_report_is_of_its_round_and_of_whom_it_is_made_for():
    assert lines(assessed_report())[2].endswith("年度评价（演示） · 城市：温州市（330300） · 初评")
    assert lines(county_report())[2].endswith(" · 县（市、区）：柯城区（330802）；城市：衢州市 · 初评")
    assert lines(assessed_round())[2].endswith("年度评价（演示） · 初评")


def test_a_department_has_its_names_where_it_bore_several():
    text = lines(department_report("labour"))[2]
    assert "各年名称：省劳动保障厅（2008 年）、省人力社保厅（2009—2012 年）；责任依据：推断" in text
    assert "各年名称" not in lines(department_report())[2]


def test_a_report_rests_on_an_index_by_its_name_and_on_rules_where_it_grades():
    study = assessed_report().study
    version = f"指标体系：行动计划评价指数（完整版） {study.system.version}"
    assert lines(assessed_round())[3].startswith(f"{version}；评价规则：年度评价规则（建议稿） {study.rules.version}")
    assert "评价规则：县（市、区）年度评价规则（建议稿）" in lines(county_report())[3]
    assert "评价规则" not in lines(public_county())[3]


def test_who_has_signed_is_named_and_the_others_have_room():
    assert signatures(signed_off(reviewed="李四")).data == "制表：＿＿＿＿＿；复核：李四；审定：＿＿＿＿＿"


def test_a_report_as_of_a_day_says_so_after_its_status():
    report = assessed_report()
    then = replace(report, study=replace(report.study, day=date(2013, 5, 20)))
    assert heading(then).data.split("\n\n")[2].endswith("初评 · 截至 2013 年 5 月 20 日")
    assert then.edition_line.endswith("初评 · 截至 2013 年 5 月 20 日")
    assert replace(then, language="en").status == "preliminary · as of 2013-05-20"
