from evalkit.reporting.chapters import lagging
from tests.reporting.cities import assessed_report, of_the_city, under

JIAXING, HANGZHOU = "330400", "330100"


def test_projects_are_counted_and_those_below_their_floor_named():
    report = assessed_report()
    lit = of_the_city(report, "lamps").drop("F-01").value_counts()  # of no project
    text = lagging.sentences.projects(report).data
    assert f"完成当年目标 {lit['met']} 项" in text
    assert f"未完成 {lit['behind']} 项，缺数或有争议、不能评价的 {lit['no_data']} 项" in text
    assert "各工程的位次在 11 个市中排列，含不予评定的市。" in text
    assert "得分低于 60 分底线的工程：**社会福利工程**。" in text
    assert "底线" not in lagging.sentences.projects(assessed_report(HANGZHOU)).data
    assert "底线" not in lagging.sentences.projects(under(gates={"project": None})).data


def test_a_round_without_an_assessment_says_nothing(city_report):
    assert lagging.sentences.projects(city_report()).data == ""
    assert lagging.sentences.plan_targets(city_report()).data == ""


def test_targets_that_are_laid_down_are_counted_and_those_missed_named():
    assert lagging.sentences.plan_targets(assessed_report()).data == "本轮文件写明的目标 7 项，完成 7 项。"
    missed = lagging.sentences.plan_targets(assessed_report(JIAXING)).data
    assert missed.startswith("本轮文件写明的目标 7 项，完成 1 项。未完成 6 项：文化馆面积达 1500 平方米以上")
    assert "达到当年进度" in lagging.sentences.plan_targets(assessed_report(year=2010)).data


def test_small_misses_are_told_apart_from_others(city_report):
    text = lagging.sentences.others_behind(assessed_report()).data
    assert "差距较大的有 8 项，按完成度由低到高排列；" in text
    assert "差距微小、完成度已在 95% 以上的 5 项" in text
    assert "[附件](#pace)" not in text
    more = lagging.sentences.others_behind(assessed_report(JIAXING)).data
    assert "差距较大的有 57 项，按完成度由低到高排列，下表列前 10 项，其余 47 项见[附件](#pace)；" in more
    assert "差距微小" not in more
    assert lagging.sentences.others_behind(city_report()).data == ""


def test_nothing_is_said_of_what_lags_where_nothing_does(monkeypatch):
    report = assessed_report()
    monkeypatch.setattr(lagging.sentences, "others", lambda report: [])
    monkeypatch.setattr(lagging.sentences, "small_misses", lambda report: [])
    assert lagging.sentences.others_behind(report).data == ""


def test_of_a_round_without_documents_nothing_is_said_of_them(monkeypatch):
    monkeypatch.setattr(lagging.sentences, "of_the_plan", lambda report: [])
    assert lagging.sentences.plan_targets(assessed_report()).data == ""
