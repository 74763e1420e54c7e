from dataclasses import replace
from datetime import date

from evalkit.reporting.chapters import objections
from evalkit.round import SignOff
from tests.reporting.cities import HUZHOU, assessed_report


def issued(report, **issue):
    study = replace(report.study, round=report.study.round.model_copy(update={"sign_off": SignOff(**issue)}))
    return replace(report, study=study)


def test_objections_have_a_day_or_a_blank_for_it(city_report):
    assert "签发单位规定的期限" in objections.sentences.objections(city_report()).data
    dated = issued(city_report(), objections_until=date(2013, 7, 31))
    assert objections.sentences.objections(dated).data.startswith(
        "对数据有异议的，请于 **2013 年 7 月 31 日**前书面提出"
    )


def test_what_is_missing_is_counted_and_so_is_what_is_not_listed():
    text = objections.sentences.objections(assessed_report()).data
    assert text.startswith("有 **2 项**目标的数据须补报或核定（数据缺失 2 项，有争议 0 项），")
    assert "[附件](#pending-data)" not in text
    assert "其余 13 项见[附件](#pending-data)。" in objections.sentences.objections(assessed_report(HUZHOU)).data
    assert "各项目标的数据齐全" in objections.sentences.objections(assessed_report("330400")).data


def test_the_method_is_told_in_five_lines(city_report):
    told = objections.sentences.method(assessed_report()).data
    assert told.count("\n- ") == 4
    assert "百分制：目标完成 60 分、均等化差距 20 分、年度进步 10 分、公众评价 10 分" in told
    assert "有效数据占权重不足 80% 的，不予评定。" in told
    assert "展示指标 33 项，计分 4 项" in objections.sentences.method(city_report()).data
    assert "6 种评价方案" in objections.sentences.method(city_report()).data


def test_a_round_without_other_ways_of_scoring_has_no_range(small):
    assert (
        "评价方案"
        not in objections.sentences.method(small(lambda edit: edit.without("alternatives", "uncertainty"))).data
    )
