import pytest

from evalkit.reporting import CityReport
from evalkit.reporting.narrative import leadership
from tests.reporting.cities import HUZHOU, assessed_report


def test_a_round_without_an_assessment_has_no_annex(study, result):
    report = CityReport(study, result, "330800", 2012, "zh")
    assert (leadership.opening(report).data, leadership.method(report).data) == ("", "")


def test_nothing_is_summed_into_a_league():
    assert "不相加，也不合成总名次" in leadership.opening(assessed_report()).data


def test_the_distance_to_both_edges_is_that_of_the_score():
    report = assessed_report()
    score = report.assessed.result.score
    text = leadership.method(report).data
    assert f"得分高出所在档下限 {score - 90:.2f} 分，再低即为“良好”档" in text
    assert "距“" not in text


def test_a_rank_that_depends_on_the_method_is_told_as_a_range():
    report = assessed_report()
    low, high = report.rank_range.loc[report.city, ["best", "worst"]].astype(int)
    assert f"为第 {low}–{high} 名" in leadership.method(report).data


def test_a_city_without_a_score_is_neither_zero_nor_last():
    text = leadership.method(assessed_report(HUZHOU)).data
    assert "不得视为零分或末位" in text
    assert "下限" not in text


@pytest.mark.parametrize("told", ["未作回归调整：只有 11 个市", "县（市、区）领导班子不适用本页", "不是考核结论"])
def test_what_the_page_leaves_out_is_said(told):
    assert told in leadership.method(assessed_report()).data
