from dataclasses import replace

import pytest

from evalkit import evaluate
from evalkit.reporting.narrative import city, composition, province
from tests.mutations.edit import FIGURES, REGIONS
from tests.reporting.assessed import demo

QUZHOU, HANGZHOU = "330800", "330100"


def under(report, *blank, limits=None, **method):
    """The same report with figures of 2012 taken out, and other choices of the round."""
    states, values = (getattr(report.result.panel, name).copy() for name in ("states", "values"))
    for region, code in blank:
        values.loc[(region, 2012), code], states.loc[(region, 2012), code] = float("nan"), "missing"
    panel = replace(report.result.panel, values=values, states=states)
    declared = report.study.round.composition.model_copy(update=limits or {})
    study = replace(report.study, round=report.study.round.model_copy(update={"composition": declared}))
    return replace(report, study=study, result=evaluate(panel, study.system, study.method.but(**method)))


CARRIED = {"imputation": {"kind": "carry_forward", "limit": 2}}
BEDS = (QUZHOU, "P04-beds")


def test_the_limits_in_force_are_those_that_are_declared(round_report):
    text = composition.limits(round_report()).data
    assert "各市各年都有公布的数" in text
    assert "不超过 1.6 倍" in text
    assert "2012 年达到最优值的不超过三分之一城市" in text
    text = composition.limits(under(round_report(language="en"), limits={"jump": 2.0, "at_cap": 0.4})).data
    assert "a factor of 2 on" in text
    assert "no more than 40 % of the cities" in text
    assert composition.limits(demo()).data == ""


@pytest.mark.parametrize(
    ("method", "limits", "said"),
    [
        (CARRIED, {}, "公布的数加上插补的数，各市各年齐全；"),
        ({"min_weight": 0.5}, {}, "至少有一个数；"),
        ({"min_weight": 0.5}, {"missing": 0.2}, "至少有一个数，没有公布数的不超过 20%；"),
    ],
)
def test_how_complete_figures_have_to_be(round_report, method, limits, said):
    assert f"数据：{said}" in composition.limits(under(round_report(), limits=limits, **method)).data


def test_whose_score_rests_on_part_of_the_weight_is_named(round_report, city_report):
    assert composition.partial(round_report()).data == ""
    report = under(round_report(), BEDS, (HANGZHOU, "P03-primary"), (HANGZHOU, "P04-beds"), min_weight=0.5)
    text = composition.partial(report).data
    assert "有效数据的权数不足 50% 的，不予计分。这一界限逐级适用" in text
    assert "也可能没有总分。2012 年只按部分权数计分的：杭州市（50.0%）、衢州市（75.0%）" in text
    assert "2012 年不予计分" not in text
    own = composition.partial(under(city_report(), BEDS, min_weight=0.5)).data
    assert "2012 年只按部分权数计分的：衢州市（75.0%）（括号内为有效数据的权数）。" in own
    assert own.endswith("其得分、位次是与按全部权数计分的市放在一起比较的。")


def test_a_score_on_part_of_the_weight_is_said_wherever_its_rank_is(round_report, city_report):
    of_city, of_round = (under(report(), BEDS, min_weight=0.5) for report in (city_report, round_report))
    whole = [*city.of_the_round(of_round), province.summary(of_round).data]
    for text in (city.summary(of_city).data, city.position(of_city).data, "".join(whole)):
        assert "衢州市（75.0%）（括号内为有效数据的权数）。其得分、位次是与按全部权数计分的市" in text
    assert "部分权数" not in city.summary(under(city_report(HANGZHOU), BEDS, min_weight=0.5)).data


def test_no_city_is_said_to_be_compared_with_others_on_all_where_none_is(round_report):
    every = [(city, "P04-beds") for city in round_report().study.regions.index]
    text = composition.partial(under(round_report(), *every, min_weight=0.5)).data
    assert text.endswith("（括号内为有效数据的权数）。")


def test_who_has_no_score_is_named(round_report):
    text = composition.partial(under(round_report(), BEDS, min_weight=0.8)).data
    assert text.endswith("也可能没有总分。2012 年不予计分、没有位次的：衢州市。")
    assert composition.partial(under(round_report(), min_weight=0.8)).data.endswith("也可能没有总分。")


def test_imputed_figures_are_counted_in_the_round_and_in_the_city(round_report, city_report):
    text = composition.imputed(under(round_report(), BEDS, **CARRIED)).data
    assert text.startswith("计分指标共 220 个数，其中**插补 1 个**（0.5%），取该市以前年份的公布数（最多沿用 2 年）；")
    own = composition.imputed(under(city_report(language="en"), BEDS, **CARRIED)).data
    assert own.startswith("Figures of scored indicators: 20, of which **imputed: 1** (5.0 %), by the city's last")
    assert composition.imputed(under(city_report(HANGZHOU), BEDS, **CARRIED)).data == ""


@pytest.mark.parametrize(
    ("imputation", "said"),
    [
        ({"kind": "peer_group", "statistic": "median"}, "同组市当年公布数的中位数"),
        ({"kind": "nearest_neighbours", "k": 3}, "最相近的 3 组"),
    ],
)
def test_the_imputation_is_told_with_its_options(round_report, imputation, said):
    assert said in composition.imputed(under(round_report(), BEDS, imputation=imputation)).data


def test_a_median_of_one_city_is_called_that_city_s_figure(small):
    def filled(edit):
        edit.missing("share", 2012)
        edit.figures("share", {})
        text = (edit.small.root / FIGURES).read_text("utf-8")
        published = text.replace("share,0100,2012,,missing", "share,0100,2012,32,value")
        edit.small.write(FIGURES, published.replace("share,0300,2012,,missing", "share,0300,2012,90,value"))
        edit.study(method={"imputation": {"kind": "peer_group", "statistic": "median"}})

    alone = "只有一个市有公布数，中位数就是那一个市的数：乙市 2012 年比重。"
    assert composition.imputed(small(filled, whole=True)).data.endswith(alone)
    together = small(filled, lambda edit: edit.yaml(REGIONS, lambda found: found["regions"][2].update(group="north")))
    assert "就是那一个市的数" not in composition.imputed(replace(together, city="0200")).data
    assert composition.imputed(replace(together, city="0200")).data != ""
