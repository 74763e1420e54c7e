from decimal import Decimal

import pytest

from tests.reporting.printed import chapters
from tests.reporting.second import second_city, second_round, second_study

afterwards = chapters.afterwards


def test_a_city_has_both_years_and_the_change_between_them_as_printed():
    table = afterwards.tables.since_plan(second_city("330100")).set_index("指标")
    insured = table.loc["每百常住人口失业保险参保人数"]  # 34.06 and 38.75: the printed difference is 4.6, not 4.7
    assert list(insured[["2012 年", "2015 年", "变化", "与期满年相比"]]) == [
        Decimal("34.1"),
        Decimal("38.7"),
        "+4.6",
        "改善",
    ]
    pupils = table.loc["小学生师比（学生/专任教师）"]
    assert list(pupils[["2012 年", "2015 年", "变化", "与期满年相比"]]) == [
        Decimal("17.01"),
        Decimal("16.77"),
        "-0.24",
        "改善",
    ]


def test_less_is_better_where_it_is_so_and_no_change_is_level():
    table = afterwards.tables.since_plan(second_city("330700")).set_index("指标")
    assert table.loc["每千常住人口城镇登记失业人数", "与期满年相比"] == "持平"  # 4.85 in both years
    assert table.loc["小学生师比（学生/专任教师）", "与期满年相比"] == "退步"  # 22.77 → 22.80


def test_ranks_are_those_of_the_year():
    row = afterwards.tables.since_plan(second_city("330700")).set_index("指标").loc["每千常住人口执业（助理）医师数"]
    values = second_study().panel().values["P04-physicians"]
    for year in (2012, 2015):
        in_year = values.xs(year, level="year")
        assert row[f"{year} 年位次"] == 1 + (in_year > in_year["330700"]).sum()


@pytest.mark.parametrize(
    ("city", "target", "met"),
    [("330100", "85", ["达到", "达到"]), ("330200", "85", ["未达到", "未达到"]), ("330300", "82", ["未达到", "达到"])],
)
def test_a_target_of_the_plans_years_is_held_against_both(city, target, met):
    row = afterwards.tables.since_plan(second_city(city)).set_index("指标").loc["污水处理厂集中处理率"]
    assert [str(row["目标值"]), row["2012 年是否达到"], row["2015 年是否达到"]] == [target, *met]


def test_all_cities_are_counted_and_put_together():
    table = afterwards.tables.kept(second_round()).set_index("指标")
    sewage = table.loc["污水处理厂集中处理率"]  # reached by 6 cities in 2012, in 2015 by all but Ningbo and Zhoushan
    assert list(sewage[["改善或持平的市数", "2012 年达到目标的市数", "2015 年达到目标的市数"]]) == ["11（共 11）", 6, 9]
    physicians = table.loc["每千常住人口执业（助理）医师数"]
    assert [physicians["各市合计，2012 年"], physicians["各市合计，2015 年"]] == [Decimal("2.36"), Decimal("2.87")]
    assert table.loc["每千常住人口城镇登记失业人数", "改善或持平的市数"] == "5（共 11）"


def test_the_gini_coefficient_is_that_of_pairs_weighed_by_residents():
    values, people = second_study().panel().values["P04-beds"], second_study().panel().variables.pop_resident
    for year in (2012, 2015):
        x, w = values.xs(year, level="year"), people.xs(year, level="year")
        pairs = sum(w[a] * w[b] * abs(x[a] - x[b]) for a in x.index for b in x.index)
        gini = pairs / (2 * w.sum() * (w * x).sum())
        row = afterwards.tables.kept(second_round()).set_index("指标").loc["每千常住人口医院、卫生院床位数"]
        assert float(row[f"{year} 年基尼系数"]) == pytest.approx(gini, abs=5.1e-5)


def test_both_coefficients_are_of_the_cities_that_have_both_years(monkeypatch):
    report, asked = second_round(), []
    find = type(report.equality).inequality
    monkeypatch.setattr(
        type(report.equality), "inequality", lambda *of, **more: asked.append(more) or find(*of, **more)
    )
    afterwards.tables.ginis(report, report.system.node("P04-beds"))
    assert asked == [{"alike": (2012, 2015)}]


def test_a_city_without_a_figure_is_neither_kept_nor_missed():
    report = second_city("330800")
    assert afterwards.tables.standing(report, float("nan")) == "…"


def test_before_the_plan_ended_there_is_nothing_to_compare(city_report, round_report):
    assert afterwards.tables.since_plan(city_report()) is None
    assert afterwards.tables.kept(round_report()) is None
    assert afterwards.tables.kept(second_round(2012)) is None
    assert afterwards.tables.kept(second_round(2013)) is not None
