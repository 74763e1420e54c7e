import re
from dataclasses import replace

import pytest

from evalkit.reporting.report import RoundReport
from tests.reporting.conftest import declaring
from tests.reporting.printed import efficiency, fiscal


@pytest.fixture
def said(study, result):
    return lambda about, year=2012, language="zh": about(RoundReport(study, result, year, language)).data


def test_cities_far_above_and_below_their_means_are_named(said):
    text = said(efficiency.sentences.ranks)
    assert "3 位及以上的：温州市、湖州市；低 3 位及以上的：宁波市、金华市" in text


def test_the_rule_the_frontier_and_the_lowest_city_are_told(said):
    text = said(efficiency.sentences.scores, language="en")
    assert "compares cities: 11. The rule of thumb asks for 9 units at least, which is met" in text
    assert "Cities that score 1: 4 (" in text
    assert "the lowest is Jiaxing with 0.715" in text
    assert "Nothing in this section enters a grade" in text


def test_a_city_without_compare_is_neither_praised_nor_blamed(said):
    assert "舟山市得 1 分，只因没有别的市或其组合可与之相比" in said(efficiency.sentences.scores)


def test_the_frontier_s_change_is_no_technical_regress(said):
    text = said(efficiency.sentences.productivity)
    assert "2008—2012 年逐年几何平均，n=11 个市" in text
    assert "不能读作技术退步" in text


def test_the_first_year_has_no_change(said):
    assert "2008 年是评价期首年" in said(efficiency.sentences.productivity, year=2008)


def test_a_round_that_reads_no_efficiency_says_nothing_of_it(project):
    text = project.path("study").read_text("utf-8").partition("# What is read beside the score")[0]
    project.path("study").write_text(text, encoding="utf-8")
    study = project.load()
    assert efficiency.sentences.ranks(RoundReport(study, study.evaluate(), 2012, "zh")).data == ""


def test_a_score_that_size_alone_gives_is_said_to_be_so(city_report):
    text = efficiency.sentences.frontier(city_report("330900")).data
    assert "舟山市得 1 分，只因没有别的市或其组合可与之相比" in text
    assert "这一得分不能读作管理不善" in text
    assert "为各市最低" not in text


def test_the_city_that_spends_least_is_told_so(city_report):
    text = efficiency.sentences.frontier(city_report("330300")).data
    assert "本市人均教育与医疗卫生支出为各市最低：得分高首先说明花得少" in text
    assert "居各市之端：中小学专任教师（最多）" in text
    assert "规模报酬不变的假定，得分为 1.000" in text


@pytest.mark.parametrize(
    ("city", "ends"),
    [("330100", ["执业（助理）医师（最多）"]), ("330800", []), ("330900", ["教育与医疗卫生支出（最少）"])],
)
def test_the_ends_at_which_a_city_lies_are_named(city_report, city, ends):
    assert efficiency.sentences.ends(city_report(city)) == ends


def test_a_city_below_the_frontier_has_the_score_and_the_peers_of_the_table(city_report):
    row, text = (
        efficiency.tables.frontier(city_report("330400")).iloc[0],
        efficiency.sentences.frontier(city_report("330400")).data,
    )
    assert f"本市得分 **{row['效率得分']}**" in text
    assert f"参照市组合（{row['参照市（权重）']}）" in text
    assert f"只有其 {100 * row['效率得分']:.1f}%" in text
    assert "本市在前沿上" not in text


def test_an_input_oriented_design_speaks_of_inputs(city_report):
    design = city_report().study.round.readings.efficiency.model_copy(update={"orientation": "input"})
    text = efficiency.sentences.frontier(declaring(city_report("330400"), efficiency=design)).data
    assert re.search(r"用本市投入的 [\d.]+% 即有不少于本市的产出", text)


def test_no_end_gives_a_score_under_constant_returns(city_report):
    design = city_report().study.round.readings.efficiency.model_copy(update={"returns": "constant"})
    assert "居各市之端" not in efficiency.sentences.frontier(declaring(city_report("330300"), efficiency=design)).data


@pytest.mark.parametrize("city", ["330100", "330400", "330900"])
def test_every_city_reads_the_warnings(city_report, city):
    text = efficiency.sentences.frontier(city_report(city)).data
    assert "经验规则要求至少 9 个市，已经达到" in text
    assert "**本节不用于评定等次。**" in text


@pytest.mark.parametrize("make", [efficiency.sentences.frontier, fiscal.sentences.fiscal_effort])
@pytest.mark.parametrize(("city", "year"), [("330300", 2012), ("330400", 2008), ("330900", 2010)])
def test_english_sentences_are_english_and_complete(city_report, make, city, year):
    text = make(city_report(city, year, "en")).data
    assert not re.search("[\u3000-\u9fff\uff00-\uffef]", text)
    assert not re.search(r"[{}]|nan|None", text)


@pytest.mark.parametrize("make", [efficiency.sentences.frontier, fiscal.sentences.fiscal_effort])
def test_what_is_not_declared_is_not_spoken_of(city_report, make):
    assert make(declaring(city_report(), efficiency=None, fiscal=None)).data == ""


def test_constant_returns_are_not_held_against_themselves(city_report):
    city = "330900"
    design = city_report(city).study.round.readings.efficiency
    constant = declaring(city_report(city), efficiency=design.model_copy(update={"returns": "constant"}))
    whole = replace(constant, city=constant.efficiency.frontier.scores.idxmax())
    assert "前沿上" in efficiency.sentences.frontier(whole).data
    assert "换成规模报酬不变" not in efficiency.sentences.frontier(whole).data
