import re
from collections import Counter

import pytest

from tests.reporting.departments import cells, department_report, with_cities, without_data
from tests.reporting.printed import department

NAMES = (
    "summary",
    "standing",
    "behind",
    "province",
    "lamps",
    "effects_of_cities",
    "path",
    "facilities",
    "unreported",
    "limits",
)


def said(report, name):
    return getattr(department.sentences, name)(report).data


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", ["culture", "environment", "finance"])
def test_every_section_reads_in_the_first_year(code, language):
    texts = [said(department_report(code, 2008, language), name) for name in NAMES]
    assert not any(re.search(r"\bnan\b|\bNone\b|\{|_", text) for text in texts)


def test_the_summary_has_the_counts_of_the_scorecard():
    report = department_report()
    text, counts = said(report, "summary"), Counter(cells(report, "lamps").values())
    assert "对 **14** 项目标负责：牵头 7 项，配合 7 项" in text
    assert f"● 已达标 {counts['met']}、" in text
    assert f"▼ 滞后 {counts['behind']}、" in text
    assert f"平均完成度 **{department.tables.scorecard(report)['平均完成度（%）'].iloc[0]}%**" in text


def test_what_is_open_is_said_beside_the_mean():
    report = department_report("labour")
    counts = Counter(cells(report, "lamps").values())
    n = counts["no_data"] + counts["disputed"]
    asked = sum(counts.values()) - counts["not_applicable"]
    assert n
    assert f"另有 {n} 个判断因缺数据或有争议而没有结论，占应判断的 {100 * n / asked:.1f}%" in said(report, "summary")


def test_the_status_of_the_targets_is_counted():
    text = said(department_report("environment"), "summary")
    assert "目标值的性质：本体系提出 1（只有“文件确认”的由本轮文件写明数字）" in text


def test_without_data_there_is_no_mean_and_it_is_not_called_a_zero():
    text = said(without_data(department_report("environment")), "summary")
    assert "平均完成度不能计算，也不按 0 计" in text
    assert "比上年" not in text
    assert "另有 11 个判断因缺数据或有争议而没有结论，占应判断的 100.0%" in text


def test_the_first_year_has_no_change():
    assert "比上年" not in said(department_report("culture", 2008), "summary")
    assert "平均比上年 " in said(department_report(), "summary")


def test_cities_that_pull_down_are_named_with_what_they_take():
    report = department_report()
    city, row = report.effects_of_cities.index[0], report.effects_of_cities.iloc[0]
    assert f"拉低最多的是{report.region(city)}（{row.effect:+.2f}）" in said(report, "effects_of_cities")
    assert said(without_data(report), "effects_of_cities").startswith("没有市拉低平均完成度")


def test_where_nobody_is_behind_it_is_said():
    assert said(department_report(), "behind") == ""
    assert said(with_cities(department_report(), lamps="met"), "behind") == "2012 年没有判定为滞后的市。"


def test_facilities_are_counted_and_the_rest_is_said():
    report = department_report()
    found, listed = report.facilities, len(department.follow_up.facilities(report))
    text = said(report, "facilities")
    assert f"未达门槛 {(found.state == 'below').sum()} 个、数据未明 {(found.state == 'unknown').sum()} 个" in text
    assert f"下表列出 {listed} 个" in text
    assert f"其余 {len(found) - listed} 个见附表" in text


def test_no_list_of_facilities_is_not_taken_for_all_of_them_reaching_it():
    assert "达标与否都不能说" in said(without_data(department_report()), "facilities")
    assert said(department_report("environment"), "facilities") == ""


def test_that_every_facility_reaches_its_threshold_is_said():
    units = department_report().achieved.units
    units = units.assign(failing=[()] * len(units), unclear=[()] * len(units))
    assert "全部达到" in said(with_cities(department_report(), units=units), "facilities")


def test_totals_are_explained_where_there_are_any():
    assert said(department_report("environment"), "province") == ""
    assert "只要有一个市未报" in said(department_report(), "province")


def test_the_key_has_every_sign():
    assert all(sign in said(department_report(), "lamps") for sign in "●◐▼…?/")


def test_no_points_are_given_to_a_department():
    assert "不给部门打分、排名或定等次" in said(department_report(), "limits")
    assert "为推断" in said(department_report(), "limits")


def test_the_heading_says_under_which_names_and_rules():
    text = said(department_report("labour"), "heading")
    assert "各年名称：省劳动保障厅（2008 年）、省人力资源和社会保障厅（2009–2012 年）；责任依据：推断" in text
    assert f"评价规则：年度评价规则（建议稿） {department_report('labour').study.rules.version}" in text
    assert "各年名称" not in said(department_report(), "heading")
