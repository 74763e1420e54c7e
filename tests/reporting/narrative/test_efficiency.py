import pytest

from evalkit.reporting import RoundReport
from evalkit.reporting.narrative import efficiency


@pytest.fixture
def said(study, result):
    return lambda about, year=2012, language="zh": about(RoundReport(study, result, year, language)).data


def test_cities_far_above_and_below_their_means_are_named(said):
    text = said(efficiency.ranks)
    assert "3 位及以上的：温州市、湖州市；低 3 位及以上的：宁波市、金华市" in text


def test_the_rule_the_frontier_and_the_lowest_city_are_told(said):
    text = said(efficiency.scores, language="en")
    assert "compares cities: 11. The rule of thumb asks for 9 units at least, which is met" in text
    assert "Cities that score 1: 4 (" in text
    assert "the lowest is Jiaxing with 0.715" in text
    assert "Nothing in this section enters a grade" in text


def test_a_city_without_compare_is_neither_praised_nor_blamed(said):
    assert "舟山市得 1 分，只因没有别的市或其组合可与之相比" in said(efficiency.scores)


def test_the_frontier_s_change_is_no_technical_regress(said):
    text = said(efficiency.productivity)
    assert "2008—2012 年逐年几何平均，n=11 个市" in text
    assert "不能读作技术退步" in text


def test_the_first_year_has_no_change(said):
    assert "2008 年是评价期首年" in said(efficiency.productivity, year=2008)


def test_a_round_that_reads_no_efficiency_says_so(project):
    text = project.path("study").read_text("utf-8").partition("# What is read beside the score")[0]
    project.path("study").write_text(text, encoding="utf-8")
    study = project.load()
    assert "未声明投入产出的数据" in efficiency.ranks(RoundReport(study, study.evaluate(), 2012, "zh")).data
