import pytest

from tests.reporting.assessed import demo
from tests.reporting.cities import assessed_report
from tests.reporting.printed import basis
from tests.reporting.whatif import CARRIED, under


def test_the_basis_counts_what_the_composition_shows(city_report, declared):
    composition, text = basis.tables.composition(city_report()), basis.sentences.basis(city_report()).data
    scored = (composition["状态"] == "计分").sum()
    assert f"展示指标 {len(declared)} 项，其中**计分 {scored} 项**，其余 {len(declared) - scored} 项" in text
    assert "指数涵盖 10 项工程中的 2 项，**不是**计划的完成度。计划的 14 项目标中可用所列指标核验的有 0 项。" in text


@pytest.mark.parametrize(
    ("language", "closing"),
    [("zh", "换用户籍人口的结果见城市报告附件“总体情况”一节。"), ("en", "per registered inhabitant.")],
)
def test_the_basis_ends_with_the_notes_of_the_round(city_report, language, closing):
    assert basis.sentences.basis(city_report(language=language)).data.endswith(closing)


def test_the_limits_in_force_are_those_that_are_declared(round_report):
    text = basis.sentences.limits(round_report()).data
    assert "各市各年都有公布的数" in text
    assert "不超过 1.6 倍" in text
    assert "2012 年达到最优值的不超过三分之一城市" in text
    text = basis.sentences.limits(under(round_report(language="en"), limits={"jump": 2.0, "at_cap": 0.4})).data
    assert "a factor of 2 on" in text
    assert "no more than 40 % of the cities" in text
    assert basis.sentences.limits(demo()).data == ""


@pytest.mark.parametrize(
    ("method", "limits", "said"),
    [
        (CARRIED, {}, "公布的数加上插补的数，各市各年齐全；"),
        ({"min_weight": 0.5}, {}, "至少有一个数；"),
        ({"min_weight": 0.5}, {"missing": 0.2}, "至少有一个数，没有公布数的不超过 20%；"),
    ],
)
def test_how_complete_figures_have_to_be(round_report, method, limits, said):
    assert f"数据：{said}" in basis.sentences.limits(under(round_report(), limits=limits, **method)).data


def test_scores_are_said_to_rest_on_the_same_indicators_only_where_they_do(city_report):
    assert "声明计分的指标在 2008—2012 年各市各年相同" in basis.sentences.basis(city_report()).data
    text = basis.sentences.basis(assessed_report()).data
    assert "各市各年所据的指标不尽相同" in text
    assert "各市各年相同" not in text
