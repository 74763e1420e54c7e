import pandas as pd
import pytest

from tests.assessment.small import event, rows
from tests.reporting.assessed import CITIES, by_hand, demo
from tests.reporting.printed import province_grades

assessment = province_grades.tables
NAMES = ("grades", "period", "data_by_city", "data_by_department", "disputed")


@pytest.mark.parametrize("name", NAMES)
def test_a_round_without_an_assessment_has_no_such_table(round_report, name):
    assert getattr(assessment, name)(round_report()) is None


@pytest.mark.parametrize(("year", "language"), [(2012, "en"), (2008, "zh")])
def test_tables_have_no_blank_cell(year, language):
    made = [getattr(assessment, name)(demo(year, language)) for name in NAMES]
    found = [table for table in made if table is not None]
    assert len(found) == (4 if year == 2008 else 5)
    assert not any((table.isna() | (table == "")).any(axis=None) for table in found)


def test_the_quota_lowers_all_but_the_first_and_says_why():
    table = assessment.grades(by_hand(95, 99, 80, 92))
    assert list(table["城市"]) == ["宁波市", "杭州市", "嘉兴市", "温州市"]
    assert list(table["等次"]) == ["优秀", "良好", "良好", "良好"]
    # 0.3 × 4 cities, rounded down, is one place
    assert list(table["等次与档次不同的原因、未检验的规则"][1:3]) == [
        f"未检验（无数据）：新增财力三分之二；优秀名额 1 个，在可列优秀的市中列第 {place} 名" for place in (2, 3)
    ]


def test_cities_that_tie_across_the_quota_are_told_the_place_that_they_share():
    table = assessment.grades(by_hand(97, 97, 97, 80))  # one place, by 0.3 × 4
    assert list(table["等次"][:3]) == ["良好"] * 3
    reasons = table["等次与档次不同的原因、未检验的规则"][:3]
    assert all(text.endswith("优秀名额 1 个，3 个市同分并列第 1 名，越过名额的并列者都不列入") for text in reasons)


def test_who_is_not_rated_stands_last_with_the_reason():
    row = assessment.grades(by_hand(None, 70)).iloc[-1]
    assert (row["城市"], row["考核位次"], row["考核得分"], row["等次"]) == ("杭州市", "—", "—", "不予评定")
    assert row["等次与档次不同的原因、未检验的规则"] == "有效数据权重 0.00%，低于 80%"


def test_a_veto_is_told_by_its_reason():
    report = by_hand(50, projects=("P03",), events=[event(region=CITIES[0], veto=True)])
    assert (
        "一票否决：the reason of E1"
        in assessment.reasons(report).apply(lambda reason: assessment.reason_in_words(report, reason), axis=1).tolist()
    )


def test_a_project_is_told_by_its_name():
    reason = pd.Series({"rule": "project", "about": "P03", "found": 32.84, "bound": 60.0, "outcome": "lowers"})
    assert assessment.reason_in_words(demo(), reason) == "教育公平工程目标完成 32.84 分，低于 60 分"
    assert (
        assessment.reason_in_words(demo(), reason.replace("lowers", "not_tested"))
        == "未检验（无数据）：单项工程底线 教育公平工程"
    )


def test_parts_without_data_are_named():
    survey = pd.Series([80.0, None], index=rows(CITIES[:2]))
    assert list(assessment.grades(by_hand(70, 60, public_evaluation=survey))["未计入的部分"]) == [
        "均等化差距、年度进步",
        "均等化差距、年度进步、公众评价",
    ]


def test_the_rank_of_the_year_before_stands_beside():
    report = by_hand(70, 90, 80, 60, None, 95, years=(2011, 2012))
    table = assessment.grades(report).set_index("城市")
    assert table["考核位次"].to_dict() == {"温州市": 1, "杭州市": 2, "宁波市": 3}
    assert table["上年位次"].to_dict() == {"温州市": "无得分", "杭州市": 2, "宁波市": 1}


def test_the_period_is_half_the_mean_of_earlier_years_and_half_the_last():
    report = by_hand(60, 80, 90, 50, None, 70, years=(2010, 2011, 2012))
    table = assessment.period(report).set_index("城市")
    assert [float(table.loc["杭州市", name]) for name in ("以前各年平均得分", "2012 年得分", "期间得分")] == [
        70,
        90,
        80,
    ]
    assert [float(table.loc["宁波市", name]) for name in ("以前各年平均得分", "期间得分")] == [50, 60]
    assert list(table["无得分的年份"]) == ["无", "2011"]


def test_states_are_counted_once_by_city_and_once_by_department():
    by_city, by_lead = (table(demo()) for table in (assessment.data_by_city, assessment.data_by_department))
    names = ["有数据", "… 数据缺失", "… 缺基期数", "/ 不适用", "○ 未到期", "? 有争议"]
    targets = [i for i in demo().system.indicators if i.target and "city" in i.target.assessed]
    assert set(by_city[names].sum(axis=1)) == {len(targets)}
    assert by_city[names].sum().tolist() == by_lead[names].iloc[-1].tolist() == by_lead[names].iloc[:-1].sum().tolist()


def test_what_only_lacks_a_baseline_is_counted_apart_from_what_cannot_be_judged():
    made, cities = assessment.data_by_city(demo()), demo().study.assessed.cities
    year = {name: getattr(cities, name).xs(2012, level="year") for name in ("states", "lamps", "reasons")}
    base = year["lamps"].isin(["met", "on_schedule", "behind"]) & (year["reasons"] == "no_baseline")
    assert made["… 缺基期数"].sum() == base.to_numpy().sum() > 0
    assert made["… 数据缺失"].sum() == (year["states"] == "missing").to_numpy().sum() - base.to_numpy().sum()


def test_disputed_figures_are_those_of_the_tables_that_were_submitted():
    report = demo()
    table, given = assessment.disputed(report), report.study.dataset.table
    years = given[(given.state == "disputed") & given.region.isin(report.study.regions.index)].year.astype(int)
    assert len(table) > 0
    assert set(table["年份"].astype(int)) <= set(years)
