import re
from collections import Counter

import pytest

from evalkit.reporting.chapters.department import brief, follow_up
from tests.reporting.departments import cells, department_report, plan_study, with_cities, without_data
from tests.reporting.printed import department

NAMES = (
    "summary",
    "heat",
    "pressed",
    "wanted",
    "due",
    "standing",
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


def test_the_summary_counts_what_the_department_leads_and_how_cities_stand_on_it():
    report = department_report()
    lead = [code for code in report.first if report.system.departments_of(code)[0] == "culture"]
    counts = Counter(lamp for (_, code), lamp in cells(report, "lamps").items() if code in lead)
    text = said(report, "summary")
    assert len(lead) == 7
    assert "牵头目标 **7** 项（目标值属“文件确认”的 4 项）。另配合 7 项，列于附件。" in text
    assert (
        f"11 个市共 77 项次：完成 {counts['met']} 项次、未完成 {counts['behind']} 项次、缺数据 {counts['no_data']} 项次"
        in text
    )


def test_a_department_that_leads_nothing_is_told_of_what_it_joins_in():
    report = department_report("rural-office")
    assert "没有牵头的目标，以下为配合的 6 项" in said(report, "summary")
    assert set(report.first) == set(report.scorecard.index)


def test_a_department_that_only_reports_figures_is_told_so():
    assert "不主管事务，只报送数据的 2 项如下" in said(department_report("statistics"), "summary")


def test_what_the_province_misses_is_told_with_what_was_asked():
    done = plan_study().assessed.province.values.loc[("zhejiang", 2012), "P05-04"]
    text = said(department_report(), "summary")
    assert "以全省合计考核的 1 项：未完成 1 项。" in text
    assert f"年度补助建设的村文化活动室数（实际 {done:.0f}，应达到 1000）" in text
    assert "以全省合计考核" not in said(department_report("environment"), "summary")


def test_judgements_gained_and_lost_are_counted():
    now, before = (cells(department_report("labour"), "lamps", year) for year in (2012, 2011))
    kept = ("met", "on_schedule")
    gained = sum(now[key] in kept and before[key] == "behind" for key in now)
    lost = [key for key in now if now[key] == "behind" and before[key] in kept]
    text = said(department_report("labour"), "summary")
    assert f"新完成 {gained} 项次（上年未完成、当年达到目标或时序进度），由完成转为未完成 {len(lost)} 项次；" in text
    assert "转为未完成的有：衢州市（拖欠农民工工资案件按期结案率）" in text
    assert "上年" not in said(department_report("culture", 2008), "summary")


def test_without_data_nobody_is_pressed():
    text = said(without_data("environment"), "summary")
    assert "缺数据 11 项" in text
    assert "重点督促" not in text
    assert said(without_data("environment"), "pressed") == ""


def test_a_total_that_the_province_misses_names_those_who_lack_most():
    assessed = plan_study().assessed
    lacks = 1000 - assessed.province.values.loc[("zhejiang", 2012), "P05-04"]
    gaps = assessed.cities.gaps["P05-04"].xs(2012, level="year").sort_values(ascending=False)
    text = said(department_report(), "pressed")
    assert f"年度补助建设的村文化活动室数全省当年尚缺 {lacks:.0f}；各市缺口" in text
    assert f"（年度任务的含以前年度所欠）较大的：嘉兴市（{gaps.iloc[0]:.0f}）、" in text


def test_figures_that_are_wanted_are_counted_and_the_rest_lies_in_the_annex():
    states = [state for (_, code), state in cells(department_report("labour"), "states").items()]
    n = sum(state in ("missing", "disputed") for state in states)
    text = said(department_report("labour"), "wanted")
    base = [key for key, reason in cells(department_report("labour"), "reasons").items() if reason == "no_baseline"]
    assert f"有 {n} 项次缺报或有争议（其中 {len(base)} 项次能够判定，只缺基期数）" in text
    assert ("其余" in text) == (len(follow_up.unreported(department_report("labour"))) > brief.WANTED)
    assert said(with_cities(department_report(), states="value"), "wanted") == ""


def test_items_under_its_lead_are_counted():
    lists = plan_study().consequences.rectification
    counts = [(getattr(lists, name)(2012)["lead"] == "culture").sum() for name in ("closing", "new", "closed")]
    assert "未销号的整改事项 {} 项，涉及 10 个市；当年新增 {} 项，销号 {} 项。".format(*counts) in said(
        department_report(), "due"
    )
    assert said(department_report("rural-office"), "due") == ""


def test_cities_that_pull_down_are_named_with_what_they_take():
    report = department_report()
    city, row = report.effects_of_cities.index[0], report.effects_of_cities.iloc[0]
    assert f"影响为负最多的是{report.region(city)}（{row.effect:+.2f}）" in said(report, "effects_of_cities")
    assert said(without_data(), "effects_of_cities") == ""


def test_facilities_are_counted_and_the_rest_is_said():
    report = department_report()
    found, listed = report.facilities, len(department.follow_up.facilities(report))
    text = said(report, "facilities")
    assert f"未达门槛 {(found.state == 'below').sum()} 个、数据未明 {(found.state == 'unknown').sum()} 个" in text
    assert f"下表列出 {listed} 个" in text
    assert f"其余 {len(found) - listed} 个见附表" in text


def test_no_list_of_facilities_is_not_taken_for_all_of_them_reaching_it():
    assert "能否达标无法判定" in said(without_data(), "facilities")
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
    assert "取未达到的市的中位数" in said(department_report(), "limits")
    assert len(said(department_report(), "limits").splitlines()) == 4
    assert "为推断" in said(department_report(), "duties_read")


def test_the_key_to_the_table_of_cities_has_the_signs_that_stand_in_it():
    text = said(department_report(), "heat")
    assert text.endswith("● 完成、▼ 未达到当年要求（数字为完成度，%）、… 缺数据。")
    assert "◐ 按进度" in said(department_report(year=2010), "heat")
