import re
from dataclasses import replace

from evalkit.reporting.chapters import overview
from tests.reporting.cities import HUZHOU, WENZHOU, assessed_report, of_the_city, vetoed

JIAXING, HANGZHOU, SHAOXING = "330400", "330100", "330600"
conclusion, changes = overview.sentences.conclusion, overview.sentences.changes


def test_the_grade_and_why_it_is_no_better_stand_first():
    text = conclusion(assessed_report()).data
    assert text.startswith(
        "- 温州市 2012 年等次为**良好**，考核得分 **91.66** 分，在 10 个参评市中列**第 6 位**，浙西南第 3 位。"
    )
    assert "得分在“优秀”档，因社会福利工程目标完成得分 35.12 分，低于单项工程底线 60.00 分，等次定为“良好”" in text
    assert "得分可到 95.49 分，等次可升为“优秀”" in text


def test_the_points_that_a_score_lacks_are_told_with_where_they_were_lost():
    report = assessed_report(JIAXING)
    text = conclusion(report).data
    assert "须得 80 分，还差 16.04 分；失分最多的是目标完成失 19.37 分、年度进步失 7.20 分" in text
    parts = report.assessed.parts
    assert round(parts.available["completion"] - parts.points["completion"], 2) == 19.37
    assert "等 25 项达到当年进度目标" in text


def test_the_best_grade_and_one_that_is_not_given_are_told_as_such():
    assert "已是最高等次。" in conclusion(assessed_report(HANGZHOU)).data
    unrated = conclusion(assessed_report(HUZHOU)).data
    assert unrated.startswith("- 湖州市**不予评定**：有效数据占权重的 60.86%，规则要求至少 80%")
    assert "为什么" not in unrated


def test_a_veto_is_lifted_by_no_target():
    text = conclusion(vetoed()).data
    assert "一票否决" in text
    assert "仅把当年未完成的目标补齐，等次还升不到" in text


def test_a_round_without_an_assessment_is_told_by_its_score(city_report):
    text = conclusion(city_report()).data
    assert "本版不评定等次" in text
    assert "等次为" not in text


def test_changes_are_told_from_year_to_year():
    report = assessed_report()
    results = report.study.assessed.assessment.results.xs(WENZHOU, level="region")
    text = changes(report).data
    assert f"得分比上年变动 {results.score[2012] - results.score[2011]:+.2f} 分" in text
    assert f"位次由第 {results['rank'][2011]:.0f} 位变为第 {results['rank'][2012]:.0f} 位" in text
    now, before = of_the_city(report, "lamps"), of_the_city(report, "lamps", 2011)
    kept = ["met", "on_schedule"]
    gained, lost = now.isin(kept) & (before == "behind"), (now == "behind") & before.isin(kept)
    assert f"新完成 {gained.sum()} 项（上年未完成、当年达到目标或时序进度），由完成转为未完成 {lost.sum()} 项" in text
    lists = report.study.consequences.rectification
    counts = [(found.region == WENZHOU).sum() for found in (lists.new(2012), lists.closed(2012), lists.closing(2012))]
    assert "整改事项新增 {} 项，销号 {} 项，年末未销号 {} 项".format(*counts) in text


def test_what_stayed_is_said_to_be_the_same():
    results = assessed_report().study.assessed.assessment.results
    for city in ("330300", JIAXING, SHAOXING, HANGZHOU):
        before, now = (results.loc[(city, year)] for year in (2011, 2012))
        text = changes(assessed_report(city)).data
        assert ("位次仍为" in text) == (before["rank"] == now["rank"]), city
        assert ("等次仍为" in text) == (before.grade == now.grade), city


def test_where_nothing_turned_that_is_said():
    text = changes(assessed_report(JIAXING)).data
    assert "没有新完成的目标，也没有由完成转为未完成的目标。" in text
    assert "转为未完成的有" not in text


def test_a_year_without_a_score_has_no_change_of_it(city_report):
    assert "位次由" not in changes(assessed_report(HUZHOU)).data
    assert changes(assessed_report(year=2008)).data == ""
    assert re.match("- 得分比上年", changes(city_report("330300")).data)


def test_a_round_without_accountability_has_no_items(small):
    report = small(lambda edit: edit.assessed())
    assert "整改" not in changes(report).data


def test_both_ends_are_told_where_there_are_any(monkeypatch):
    text = overview.sentences.both_ends(assessed_report()).data
    assert text.startswith("- **长处**：")
    assert "- **差距**：" in text
    for end in ("strengths", "gaps"):
        monkeypatch.setattr(overview.sentences, end, lambda report: [])
    assert overview.sentences.both_ends(assessed_report()).data == ""


def test_a_city_without_peers_has_no_place_among_them(monkeypatch):
    monkeypatch.setattr(overview.sentences, "has_peers", lambda report, city: False)
    assert "浙西南" not in conclusion(replace(assessed_report())).data


def test_a_rule_that_lowered_the_grade_says_what_it_found():
    ways = {
        "330900": "因新增财力三分之二：不足 2/3，等次定为“良好”",
        "331000": "因优秀名额只有 3 个，本市在可列优秀的市中列第 4 名，",
    }
    for city, told in ways.items():
        assert told in overview.sentences.conclusion(assessed_report(city)).data
