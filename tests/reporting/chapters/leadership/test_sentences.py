import pytest

from evalkit.reporting.chapters import leadership
from evalkit.reporting.city import CityReport
from tests.reporting.cities import HUZHOU, WENZHOU, assessed_report

SHAOXING = "330600"


def test_a_round_without_an_assessment_has_no_annex(study, result):
    report = CityReport(study, result, "330800", 2012, "zh")
    assert (leadership.sentences.opening(report).data, leadership.sentences.method(report).data) == ("", "")


def test_nothing_is_summed_into_a_league():
    assert "不相加，也不合成总名次" in leadership.sentences.opening(assessed_report()).data


@pytest.mark.parametrize("city", ["330100", WENZHOU, SHAOXING])
def test_the_distance_to_the_edges_is_that_of_the_score(city):
    report = assessed_report(city)
    score, text = report.assessed.result.score, leadership.sentences.method(report).data
    above = [edge for edge in (60, 80, 90) if edge > score]
    down = score - max(edge for edge in (0, 60, 80, 90) if edge <= score)
    assert f"高出本档下限 {down:.2f} 分" in text
    assert (f"下限差 {above[0] - score:.2f} 分" in text) if above else ("下限差" not in text)


def test_a_grade_that_a_rule_lowered_is_told_with_the_rule():
    assert (
        "等次为“不合格”；只按得分应为“良好”。改变的依据：一票否决"
        in leadership.sentences.method(assessed_report(SHAOXING)).data
    )
    text = leadership.sentences.method(assessed_report("331100", 2011)).data
    assert "等次为“不合格”；只按得分应为“不予评定”" in text
    assert "当年没有考核得分" in text


def test_a_grade_that_is_that_of_its_score_needs_no_rule():
    report = assessed_report("331100")
    assert report.assessed.result.grade == report.assessed.result.band
    assert "只按得分应为" not in leadership.sentences.method(report).data


def test_the_targets_that_the_plan_states_are_counted():
    report = assessed_report()
    aimed = [i.target.status for i in report.system.indicators if i.target and "city" in i.target.assessed]
    told = f"在市一级考核的 {len(aimed)} 项目标中，目标值由本轮文件写明的 {aimed.count('confirmed')} 项"
    assert told in leadership.sentences.method(report).data


def test_a_rank_that_depends_on_the_method_is_told_as_a_range():
    report = assessed_report()
    low, high = report.rank_range.loc[report.city, ["best", "worst"]].astype(int)
    assert f"为第 {low}—{high} 名" in leadership.sentences.method(report).data


def test_a_city_without_a_score_is_neither_zero_nor_last():
    text = leadership.sentences.method(assessed_report(HUZHOU)).data
    assert "不得视为零分或末位" in text
    assert "下限" not in text


@pytest.mark.parametrize("told", ["未作回归调整：11 个市之间", "县（市、区）领导班子不适用本页", "不是考核结论"])
def test_what_the_page_leaves_out_is_said(told):
    assert told in leadership.sentences.method(assessed_report()).data


def test_the_group_is_named():
    assert "同组为浙西南各市" in leadership.sentences.opening(assessed_report()).data


def test_a_part_that_only_one_of_two_scores_has_is_named(monkeypatch):
    report = assessed_report("330400")
    assert "只有一年计入的部分" not in leadership.sentences.method(report).data
    bases = {2011: {"completion": frozenset("a")}, 2012: {"completion": frozenset("a"), "progress": frozenset("a")}}
    monkeypatch.setattr(type(report.assessment), "base", lambda self, region, year: bases[year])
    assert "（两年相同的 1 项，只有一年计入的部分：年度进步）" in leadership.sentences.method(report).data
