import re
from dataclasses import replace

import pytest

from evalkit.reporting.narrative import trends
from tests.reporting.printed import convergence, fiscal


def said(report, name):
    return getattr(trends, name)(report).data


def test_no_convergence_is_claimed_where_every_interval_holds_no_change(round_report):
    text = said(round_report(), "convergence")
    assert "**没有一个序列能证明各市差距缩小，也没有一个能证明差距扩大**" in text
    assert "11 个市、5 年的数据说明不了更多；说明不了，不等于差距没有变化。" in text
    assert "离散度倍数的区间共 9 个" in text
    assert "约 0.9 个显得有变化" in text


def test_what_leaves_no_change_out_is_named_with_its_sense(round_report):
    """At 60 % the interval of the primary schools' ratio (p = 0.107) leaves 1 out, upwards."""
    text = said(round_report(level=0.6), "convergence")
    assert "没有一个序列" not in text
    assert re.search("倍数的区间不含 1 的序列：\\*\\*小学生师比（学生/专任教师）（拉开）", text)
    assert "人均医疗卫生支出（落后者增长较快）" in text


def test_the_movers_are_those_of_the_table(round_report):
    table = convergence.series(round_report()).set_index("序列")["位次变动最大的市"]
    text = said(round_report(), "convergence")
    assert f"位次变动最大的市：{table['公共统计服务指数（不封顶）']}。" in text
    assert f"“每千常住人口执业（助理）医师数”：{table['每千常住人口执业（助理）医师数']}。" in text


def test_series_that_cannot_be_read_are_named(round_report):
    text = said(round_report(years=(2012, 2012)), "convergence")
    assert text.startswith("- 不能分析的序列：小学生师比（学生/专任教师）、")
    assert text.count("\n") == 0


def test_spending_and_growth_are_those_of_the_table(round_report):
    whole = fiscal.effort(round_report()).set_index("城市").loc["各市合计"]
    text = said(round_report(), "fiscal")
    assert f"各市合计 {whole.iloc[0]} 元" in text
    assert f"支出年均增长 {whole.iloc[2]}%，本级收入年均增长 {whole.iloc[3]}%" in text
    assert f"增量的 {whole.iloc[5]}% 用于" in text
    assert f"累计为 {whole.iloc[6]}%" in text


def test_cities_are_counted_by_which_grew_faster(round_report):
    differences = fiscal.effort(round_report()).set_index("城市").drop("各市合计").iloc[:, 4]
    counts = [sum(cell.startswith(sign) for cell in differences) for sign in "+-"]
    assert f"支出增速高于收入的市 {counts[0]} 个，低于的 {counts[1]} 个" in said(round_report(), "fiscal")


def test_the_rule_is_said_to_be_untested_with_the_list_it_would_need(round_report):
    text = said(round_report(), "fiscal")
    assert "**“新增财力三分之二以上用于社会事业和民生改善”未作检验**。新增财力没有公开数据" in text
    assert "版本 1.0，本体系提出）计入 5 类功能，有分市公开数据的只有 2 类（教育、医疗卫生）" in text
    assert "既不是民生支出占比的上限，也不是下限，不是达标检验" in text


def test_a_list_with_all_its_data_is_still_no_test(round_report, monkeypatch):
    report = round_report(year=2011)
    monkeypatch.setattr(type(report.study.livelihood), "unknown", ())
    text = said(report, "fiscal")
    assert "计入的 5 类功能都有分市数据" in text
    assert "不是达标检验" in text


def test_no_rule_is_called_untested_where_none_is_declared(round_report):
    report = round_report()
    bare = report.study.livelihood.model_copy(update={"rule": None, "notes": ()})
    text = said(replace(report, study=replace(report.study, livelihood=bare)), "fiscal")
    assert "未作检验" not in text
    assert "有分市公开数据的只有 2 类" in text


def test_a_rule_that_an_earmark_tests_is_not_called_untested(round_report, monkeypatch):
    monkeypatch.setattr(trends, "earmarked", lambda report: True)
    assert "未作检验" not in said(round_report(), "fiscal")


def test_the_base_year_has_no_growth_to_tell(round_report):
    text = said(round_report(year=2008), "fiscal")
    assert "2008 年为基年" in text
    assert "增量的" not in text


def test_a_share_below_nothing_is_explained(round_report, monkeypatch):
    report = round_report(year=2010)
    shares = report.findings.share_of_growth()
    assert "占比低于 0" not in said(report, "fiscal")
    shares.loc[("330900", 2010), "falling"] = "known"
    monkeypatch.setattr(type(report.findings), "share_of_growth", lambda *_, **__: shares)
    assert "舟山市的占比低于 0 或高于 100%" in said(report, "fiscal")


@pytest.mark.parametrize(
    ("name", "bare"), [("convergence", {"services": (), "money": ()}), ("fiscal", {"fiscal": None})]
)
def test_a_round_that_declares_nothing_says_so_in_one_sentence(round_report, name, bare):
    assert re.fullmatch("本轮没有声明[^。]*。", said(round_report(**bare), name))


@pytest.mark.parametrize("name", ["convergence", "fiscal"])
@pytest.mark.parametrize("year", [2008, 2009, 2012])
def test_english_sentences_are_english_and_complete(round_report, name, year):
    text = said(round_report(year=year, language="en"), name)
    assert not re.search("[\u3000-\u9fff\uff00-\uffef]", text.replace("四(三)", ""))
    assert not re.search(r"[{}]|\b(nan|None)\b", text)
