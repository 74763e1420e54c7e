from evalkit.reporting.chapters.overview import selection
from tests.reporting.cities import assessed_report, of_the_city
from tests.reporting.second import second_city


def test_gaps_of_an_assessed_city_are_its_targets_that_lag_most():
    report = assessed_report()
    completion = of_the_city(report, "completion")[of_the_city(report, "lamps") == "behind"].nsmallest(3)
    told = selection.gaps(report)
    assert [text.rpartition("完成度 ")[2] for text in told] == [f"{value:.1f}%）" for value in completion]
    assert told[0].startswith("农村五保和城镇“三无”对象集中供养率 75.8%（目标 95")


def test_gaps_of_a_scored_city_are_where_it_is_last(city_report):
    assert selection.gaps(city_report("330300"))[0] == "人均住房建筑面积（2010 年） 31.2 平方米（全省倒数第 1 位）"
    assert len(selection.gaps(city_report("330300"))) == 3


def test_a_place_that_many_share_is_no_strength(monkeypatch, city_report):
    report = city_report("330300")
    values = report.result.panel.values.xs(2012, level="year")
    told = selection.strengths(report)
    assert told[0].startswith("每百名城镇单位从业人员对应的登记失业人员 2.27")
    unemployment = values["P01-unemployment"]
    assert (unemployment == unemployment["330300"]).sum() == 1
    monkeypatch.setattr(selection, "SHARING", 0)
    assert selection.strengths(report) == []


def test_a_target_of_which_no_way_is_known_is_told_without_it(monkeypatch):
    report = assessed_report()
    found = report.judged.loc[["P06-01"]].assign(completion=float("nan"))
    monkeypatch.setattr(selection, "lagging", lambda report: found)
    assert selection.gaps(report) == ["每百名老年人社会养老床位数 2.48 张（目标 3）"]


def test_a_pure_number_has_no_unit():
    told = selection.strengths(assessed_report("330600"))
    assert "县际每万人公共文化设施面积变异系数 0.25（全省第 2 位）" in told


def test_a_figure_of_a_census_before_the_round_is_a_strength_with_its_year():
    assert "住房内有厕所的家庭户比重（2010 年） 92.8%（全省第 1 位）" in selection.strengths(second_city("330100"))


def test_a_fraction_follows_its_value_as_it_is_spoken():
    [told] = [text for text in selection.gaps(assessed_report("330400")) if text.startswith("孕产妇")]
    assert told.startswith("孕产妇死亡率 18.0/10万（目标 10，")


def test_a_city_that_leads_in_nothing_is_told_what_it_has_met():
    told = selection.strengths(assessed_report("330400"))
    assert told[-1] == "新增财力用于社会事业和民生改善的比例 72.01%（目标 66.67，已完成）"
    assert len(told) == 2
