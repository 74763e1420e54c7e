from dataclasses import replace

from evalkit.reporting.chapters import afterwards
from tests.reporting.second import second_city, second_round


def with_plan(report, **changes):
    """The report of a system whose plan says something else."""
    system = report.system.model_copy(update={"plan": report.system.plan.model_copy(update=changes)})
    return replace(report, study=replace(report.study, system=system))


def test_nothing_is_said_before_the_plan_has_ended(city_report, round_report):
    assert afterwards.sentences.city(city_report()).data == ""
    assert afterwards.sentences.province(round_report()).data == ""


def test_the_reader_learns_that_no_target_is_set_and_none_can_be_checked():
    said = afterwards.sentences.city(second_city()).data
    assert "（2008—2012）于 2012 年期满。指标体系中没有 2012 年以后的目标" in said
    assert "8 项量化目标均无公开数据可以检验" in said


def test_a_number_of_the_plan_that_can_be_checked_is_counted():
    first, *others = second_city().system.plan.targets
    checked = (first.model_copy(update={"indicator": "P04-beds"}), *others)
    said = afterwards.sentences.city(with_plan(second_city(), targets=checked)).data
    assert "8 项量化目标中，1 项有公开数据可以检验" in said


def test_what_got_better_and_worse_is_counted_and_the_worse_named():
    said = afterwards.sentences.city(second_city()).data  # Jinhua: see the table's tests
    assert "改善 6 项、持平 1 项、退步 1 项：小学生师比（学生/专任教师）。" in said
    assert "人均指标改按普查间常住人口计，则改善 7 项、持平 0 项、退步 1 项" in said


def test_the_target_of_another_plan_is_named_with_its_status():
    said = afterwards.sentences.city(second_city("330300")).data
    assert "“污水处理厂集中处理率”2012 年的目标（82%；性质：其他官方文件）：本市 2012 年未达到，2015 年达到。" in said


def test_the_province_says_what_was_kept_and_whether_cities_came_closer():
    said = afterwards.sentences.province(second_round()).data
    assert "各市均改善或持平的有 5 项：每百常住人口失业保险参保人数、" in said
    assert "多数市退步的：每千常住人口城镇登记失业人数。" in said
    assert "缩小的 8 项、扩大的 0 项；" in said
    assert "（82/85%；性质：其他官方文件）：11 个市中，2012 年 6 个达到，2015 年 9 个达到。" in said


def test_english_readers_are_told_the_same():
    said = afterwards.sentences.province(second_round(language="en")).data
    assert "of 11 cities 6 had reached it in 2012, 9 in 2015" in said
