import pytest

from evalkit.reporting.explore import what_if
from evalkit.reporting.explore.sentences import reading
from tests.conftest import DEMO, shipped

HUZHOU = "330500"


def test_it_is_said_to_be_a_what_if_and_what_moves(study, result):
    score, project = (result.published.loc[(HUZHOU, 2012), node] for node in ("index", "P03"))
    ranks = (result.ranks.loc[(HUZHOU, 2012), node] for node in ("index", "P03"))
    text = reading(what_if(study, {"P03": 1, "P04": 0}, city=HUZHOU)).data
    assert text.startswith("**试算，不是评价结果**。")
    assert f"湖州市 2012 年：得分由 {score:.2f} 变为 {project:.2f}（{project - score:+.2f}）" in text
    assert "位次由第 {:.0f} 位变为第 {:.0f} 位".format(*ranks) in text
    assert text.index("贡献增加最多：普通中学生师比") < text.index("贡献减少最多：每千常住人口")


def test_where_no_weight_is_changed_it_says_so(study):
    text = reading(what_if(study, language="en")).data
    assert "No weight has been changed" in text
    assert "score moves" not in text


def test_a_rank_that_stays_is_said_to(study):
    text = reading(what_if(study, {"P03": 1, "P04": 1}, city=HUZHOU)).data
    assert "（0.00），位次仍为第 " in text
    assert "贡献增加最多" not in text


@pytest.mark.parametrize(("language", "mark"), [("zh", "演示数据"), ("en", "demonstration data")])
def test_made_up_data_are_marked_and_alternatives_take_the_place_of_draws(language, mark):
    text = reading(what_if(shipped(DEMO), {"A1": 1, "A2": 0, "A3": 0}, language=language)).data
    assert mark in text.lower()
    assert ("各种计分方法之下" if language == "zh" else "the best and the worst under the ways") in text


def test_an_interval_that_cannot_be_had_is_said_to_be_none(study):
    text = reading(what_if(study, {"P03": 1, "P04": 0, "P03-primary": 1, "P03-secondary": 0})).data
    assert "没有位次区间" in text
