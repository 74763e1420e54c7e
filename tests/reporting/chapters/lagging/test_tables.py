import pytest

from evalkit.reporting.chapters.lagging.tables import SHOWN
from tests.reporting.cities import HUZHOU, WENZHOU, assessed_report, of_the_city
from tests.reporting.printed import lagging

JIAXING = "330400"
EACH = [
    lagging.tables.project_status,
    lagging.tables.plan_targets,
    lagging.tables.others_behind,
    lagging.tables.every_pace,
]


@pytest.mark.parametrize("table", EACH, ids=lambda table: table.__name__)
def test_a_round_without_an_assessment_shows_none_of_it(city_report, table):
    assert table(city_report()) is None


def test_projects_have_their_targets_counted_their_score_and_its_rank():
    report = assessed_report()
    table = lagging.tables.project_status(report).set_index("工程")
    lit = of_the_city(report, "lamps")
    welfare = lit[[code for code in lit.index if code.startswith("P06")]]
    row = table.loc["社会福利工程"]
    assert row["未完成"] == (welfare == "behind").sum() == 5
    assert row["完成"] == welfare.isin(["met", "on_schedule"]).sum() == 0
    scores = report.study.assessed.assessment.projects["P06"]
    assert row["完成得分位次"] == 1 + (scores.xs(2012, level="year") > scores[WENZHOU, 2012]).sum()
    assert float(row["完成得分比上年"]) == pytest.approx(scores[WENZHOU, 2012] - scores[WENZHOU, 2011], abs=0.0051)
    judged = lit.drop("F-01")[lit != "not_applicable"]  # F-01 is of no project
    assert table[["完成", "未完成", "缺数或有争议"]].to_numpy().sum() == len(judged)


def test_the_first_year_has_no_change():
    assert set(lagging.tables.project_status(assessed_report(year=2008))["完成得分比上年"]) == {"—"}


def test_targets_that_are_laid_down_stand_one_by_one_with_the_pace_where_one_is_missed():
    own = lagging.tables.plan_targets(assessed_report())
    assert set(own["状态"]) == {"● 完成"}
    assert list(own) == ["指标", "目标值", "当年数值", "上年数值", "状态"]
    other = lagging.tables.plan_targets(assessed_report(JIAXING))
    assert (other["状态"] == "▼ 未完成").sum() == 6
    assert list(other)[-1] == "按目前速度还需"
    assert "当年进度目标" in lagging.tables.plan_targets(assessed_report(year=2010))


def test_others_are_the_furthest_behind_that_miss_by_more_than_little():
    report = assessed_report(HUZHOU)
    lamps, completion = of_the_city(report, "lamps"), of_the_city(report, "completion")
    own = {one.code for one in report.system.indicators if one.target_status == "confirmed"}
    serious = completion[(lamps == "behind") & ~(completion >= 95)].drop(own, errors="ignore").sort_values()
    table = lagging.tables.others_behind(report)
    assert len(table) == SHOWN < len(serious)
    assert [float(cell) for cell in table["完成度（%）"]] == pytest.approx(list(serious)[:SHOWN], abs=0.051)


def test_the_annex_has_all_that_lags():
    report = assessed_report()
    assert len(lagging.tables.every_pace(report)) == (of_the_city(report, "lamps") == "behind").sum() == 13
