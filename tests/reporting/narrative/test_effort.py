import re
from dataclasses import replace

import pytest

from evalkit.reporting.narrative import effort
from tests.reporting.conftest import declaring
from tests.reporting.printed import tables


def said(report, name):
    return getattr(effort, name)(report).data


def test_a_score_that_size_alone_gives_is_said_to_be_so(city_report):
    text = said(city_report("330900"), "frontier")
    assert "舟山市得 1 分，只因没有别的市或其组合可与之相比" in text
    assert "这一得分不能读作管理不善" in text
    assert "为各市最低" not in text


def test_the_city_that_spends_least_is_told_so(city_report):
    text = said(city_report("330300"), "frontier")
    assert "本市人均教育与医疗卫生支出为各市最低：得分高首先说明花得少" in text
    assert "居各市之端：中小学专任教师（最多）" in text
    assert "规模报酬不变的假定，得分为 1.000" in text


@pytest.mark.parametrize(
    ("city", "ends"),
    [("330100", ["执业（助理）医师（最多）"]), ("330800", []), ("330900", ["教育与医疗卫生支出（最少）"])],
)
def test_the_ends_at_which_a_city_lies_are_named(city_report, city, ends):
    assert effort.ends(city_report(city)) == ends


def test_a_city_below_the_frontier_has_the_score_and_the_peers_of_the_table(city_report):
    row, text = tables.frontier(city_report("330400")).iloc[0], said(city_report("330400"), "frontier")
    assert f"本市得分 **{row['效率得分']}**" in text
    assert f"参照市组合（{row['参照市（权重）']}）" in text
    assert f"只有其 {100 * row['效率得分']:.1f}%" in text
    assert "本市在前沿上" not in text


def test_an_input_oriented_design_speaks_of_inputs(city_report):
    design = city_report().study.round.readings.efficiency.model_copy(update={"orientation": "input"})
    text = said(declaring(city_report("330400"), efficiency=design), "frontier")
    assert re.search(r"用本市投入的 [\d.]+% 即有不少于本市的产出", text)


def test_no_end_gives_a_score_under_constant_returns(city_report):
    design = city_report().study.round.readings.efficiency.model_copy(update={"returns": "constant"})
    assert "居各市之端" not in said(declaring(city_report("330300"), efficiency=design), "frontier")


@pytest.mark.parametrize("city", ["330100", "330400", "330900"])
def test_every_city_reads_the_warnings(city_report, city):
    text = said(city_report(city), "frontier")
    assert "经验规则要求至少 9 个市，已经达到" in text
    assert "**本节不用于评定等次。**" in text


@pytest.mark.parametrize("city", ["330300", "330900"])
def test_growth_and_shares_are_those_of_the_table(city_report, city):
    table, text = tables.fiscal_effort(city_report(city)), said(city_report(city), "fiscal_effort")
    shares = table["支出增量中所列功能占比（%）"].iloc[1:]
    assert (
        f"年均增长 {table['支出增速（%）'].iloc[-1]}%，本级收入年均增长 {table['本级收入增速（%）'].iloc[-1]}%" in text
    )
    assert f"支出增量的 {shares.iloc[-1]}% 用于" in text
    assert f"逐年最低 {shares.iloc[:-1].min()}%，最高 {shares.iloc[:-1].max()}%" in text


def test_the_rule_is_not_tested(city_report):
    for year in (2008, 2012):
        assert "既不是民生支出占比的上限，也不是下限，不是达标检验" in said(city_report(year=year), "fiscal_effort")
    assert said(city_report(year=2008), "fiscal_effort").startswith("- 2008 年为基年")


def test_a_share_outside_its_range_is_explained(city_report):
    report = replace(city_report())
    shares = {since: table.copy() for since, table in report.shares_of_growth.items()}
    shares[None].loc[("330800", 2010), ["share", "falling"]] = [-0.1, "known"]
    report.__dict__["shares_of_growth"] = shares
    assert "2010 年的占比低于 0 或高于 100%" in said(report, "fiscal_effort")
    assert "占比低于 0" not in said(city_report(), "fiscal_effort")


@pytest.mark.parametrize("name", ["frontier", "fiscal_effort"])
@pytest.mark.parametrize(("city", "year"), [("330300", 2012), ("330400", 2008), ("330900", 2010)])
def test_english_sentences_are_english_and_complete(city_report, name, city, year):
    text = said(city_report(city, year, "en"), name)
    assert not re.search("[\u3000-\u9fff\uff00-\uffef]", text)
    assert not re.search(r"[{}]|nan|None", text)


@pytest.mark.parametrize(
    ("name", "start"), [("frontier", "本轮评价未声明投入产出"), ("fiscal_effort", "本轮没有声明财政收支")]
)
def test_what_is_not_declared_is_one_sentence(city_report, name, start):
    text = said(declaring(city_report(), efficiency=None, fiscal=None), name)
    assert text.startswith(start)
    assert text.count("。") == 1


def test_constant_returns_are_not_held_against_themselves(city_report):
    city = "330900"
    design = city_report(city).study.round.readings.efficiency
    constant = declaring(city_report(city), efficiency=design.model_copy(update={"returns": "constant"}))
    whole = replace(constant, city=constant.yields.frontier.scores.idxmax())
    assert "前沿上" in effort.frontier(whole).data
    assert "换成规模报酬不变" not in effort.frontier(whole).data
