from dataclasses import replace

import pytest

from tests.reporting.printed import fiscal


@pytest.mark.parametrize("city", ["330300", "330900"])
def test_growth_and_shares_are_those_of_the_table(city_report, city):
    table, text = fiscal.tables.fiscal_effort(city_report(city)), fiscal.sentences.fiscal_effort(city_report(city)).data
    shares = table["支出增量中所列功能占比（%）"].iloc[1:]
    assert (
        f"年均增长 {table['支出增速（%）'].iloc[-1]}%，本级收入年均增长 {table['本级收入增速（%）'].iloc[-1]}%" in text
    )
    assert f"支出增量的 {shares.iloc[-1]}% 用于" in text
    assert f"逐年最低 {shares.iloc[:-1].min()}%，最高 {shares.iloc[:-1].max()}%" in text


def test_the_rule_is_not_tested(city_report):
    for year in (2008, 2012):
        assert (
            "既不是民生支出占比的上限，也不是下限，不是达标检验"
            in fiscal.sentences.fiscal_effort(city_report(year=year)).data
        )
    assert fiscal.sentences.fiscal_effort(city_report(year=2008)).data.startswith("- 2008 年为基年")


def test_a_share_outside_its_range_is_explained(city_report):
    report = replace(city_report())
    shares = {since: table.copy() for since, table in report.shares_of_growth.items()}
    shares[None].loc[("330800", 2010), ["share", "falling"]] = [-0.1, "known"]
    report.__dict__["shares_of_growth"] = shares
    assert "2010 年的占比低于 0 或高于 100%" in fiscal.sentences.fiscal_effort(report).data
    assert "占比低于 0" not in fiscal.sentences.fiscal_effort(city_report()).data


def test_spending_and_growth_are_those_of_the_table(round_report):
    whole = fiscal.tables.effort(round_report()).set_index("城市").loc["各市合计"]
    text = fiscal.sentences.fiscal(round_report()).data
    assert f"各市合计 {whole.iloc[0]} 元" in text
    assert f"支出年均增长 {whole.iloc[2]}%，本级收入年均增长 {whole.iloc[3]}%" in text
    assert f"增量的 {whole.iloc[5]}% 用于" in text
    assert f"累计为 {whole.iloc[6]}%" in text


def test_cities_are_counted_by_which_grew_faster(round_report):
    differences = fiscal.tables.effort(round_report()).set_index("城市").drop("各市合计").iloc[:, 4]
    counts = [sum(cell.startswith(sign) for cell in differences) for sign in "+-"]
    assert f"支出增速高于收入的市 {counts[0]} 个，低于的 {counts[1]} 个" in fiscal.sentences.fiscal(round_report()).data


def test_the_rule_is_said_to_be_untested_with_the_list_it_would_need(round_report):
    text = fiscal.sentences.fiscal(round_report()).data
    assert "**“新增财力三分之二以上用于社会事业和民生改善”未作检验**。新增财力没有公开数据" in text
    assert "版本 1.0，建议值（待审定））计入 5 类功能，有分市公开数据的只有 2 类（教育、医疗卫生）" in text
    assert "既不是民生支出占比的上限，也不是下限，不是达标检验" in text


def test_a_list_with_all_its_data_is_still_no_test(round_report, monkeypatch):
    report = round_report(year=2011)
    monkeypatch.setattr(type(report.study.livelihood), "unknown", ())
    text = fiscal.sentences.fiscal(report).data
    assert "计入的 5 类功能都有分市数据" in text
    assert "不是达标检验" in text


def test_no_rule_is_called_untested_where_none_is_declared(round_report):
    report = round_report()
    bare = report.study.livelihood.model_copy(update={"rule": None, "notes": ()})
    text = fiscal.sentences.fiscal(replace(report, study=replace(report.study, livelihood=bare))).data
    assert "未作检验" not in text
    assert "有分市公开数据的只有 2 类" in text


def test_a_rule_that_an_earmark_tests_is_not_called_untested(round_report, monkeypatch):
    monkeypatch.setattr("evalkit.reporting.chapters.fiscal.sentences.earmarked", lambda report: True)
    assert "未作检验" not in fiscal.sentences.fiscal(round_report()).data


def test_the_base_year_has_no_growth_to_tell(round_report):
    text = fiscal.sentences.fiscal(round_report(year=2008)).data
    assert "2008 年为基年" in text
    assert "增量的" not in text


def test_a_share_below_nothing_is_explained(round_report, monkeypatch):
    report = round_report(year=2010)
    shares = report.readings.share_of_growth()
    assert "占比低于 0" not in fiscal.sentences.fiscal(report).data
    shares.loc[("330900", 2010), "falling"] = "known"
    monkeypatch.setattr(type(report.readings), "share_of_growth", lambda *_, **__: shares)
    assert "舟山市的占比低于 0 或高于 100%" in fiscal.sentences.fiscal(report).data
