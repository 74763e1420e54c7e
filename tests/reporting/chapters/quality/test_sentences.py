from dataclasses import replace

import pytest

from tests.mutations.edit import FIGURES, REGIONS
from tests.reporting.plain import numbers
from tests.reporting.printed import quality
from tests.reporting.whatif import BEDS, CARRIED, HANGZHOU, under


def test_doubts_are_counted(city_report):
    assert numbers(quality.sentences.quality(city_report()).data) == [len(quality.tables.quality(city_report()))]


def test_whose_score_rests_on_part_of_the_weight_is_named(round_report, city_report):
    assert quality.sentences.partial(round_report()).data == ""
    report = under(round_report(), BEDS, (HANGZHOU, "P03-primary"), (HANGZHOU, "P04-beds"), min_weight=0.5)
    text = quality.sentences.partial(report).data
    assert "有效数据的权数不足 50% 的，不予计分。这一界限逐级适用" in text
    assert "也可能没有总分。2012 年计分指标共 4 项" in text
    assert text.split("：")[-1].startswith("杭州市（2 项、50.0%）、衢州市（3 项、75.0%）。")
    assert "2012 年不予计分" not in text
    own = quality.sentences.partial(under(city_report(), BEDS, min_weight=0.5)).data
    assert "（括号内为有数的项数和所占权数）：衢州市（3 项、75.0%）。" in own
    assert own.endswith("其得分、位次是与按全部指标计分的市放在一起比较的。")


def test_no_city_is_said_to_be_compared_with_others_on_all_where_none_is(round_report):
    every = [(city, "P04-beds") for city in round_report().study.regions.index]
    text = quality.sentences.partial(under(round_report(), *every, min_weight=0.5)).data
    assert text.endswith("丽水市（3 项、75.0%）。")


def test_who_has_no_score_is_named(round_report):
    text = quality.sentences.partial(under(round_report(), BEDS, min_weight=0.8)).data
    assert text.endswith("也可能没有总分。2012 年不予计分、没有位次的：衢州市。")
    assert quality.sentences.partial(under(round_report(), min_weight=0.8)).data.endswith("也可能没有总分。")


def test_imputed_figures_are_counted_in_the_round_and_in_the_city(round_report, city_report):
    text = quality.sentences.imputed(under(round_report(), BEDS, **CARRIED)).data
    assert text.startswith("计分指标共 220 个数，其中**插补 1 个**（0.5%），取该市以前年份的公布数（最多沿用 2 年）；")
    own = quality.sentences.imputed(under(city_report(language="en"), BEDS, **CARRIED)).data
    assert own.startswith("Figures of scored indicators: 20, of which **imputed: 1** (5.0 %), by the city's last")
    assert quality.sentences.imputed(under(city_report(HANGZHOU), BEDS, **CARRIED)).data == ""


@pytest.mark.parametrize(
    ("imputation", "said"),
    [
        ({"kind": "peer_group", "statistic": "median"}, "同组市当年公布数的中位数"),
        ({"kind": "nearest_neighbours", "k": 3}, "最相近的 3 组"),
    ],
)
def test_the_imputation_is_told_with_its_options(round_report, imputation, said):
    assert said in quality.sentences.imputed(under(round_report(), BEDS, imputation=imputation)).data


def test_a_median_of_one_city_is_called_that_city_s_figure(small):
    def filled(edit):
        edit.missing("share", 2012)
        edit.figures("share", {})
        text = (edit.small.root / FIGURES).read_text("utf-8")
        published = text.replace("share,0100,2012,,missing", "share,0100,2012,32,value")
        edit.small.write(FIGURES, published.replace("share,0300,2012,,missing", "share,0300,2012,90,value"))
        edit.study(method={"imputation": {"kind": "peer_group", "statistic": "median"}})

    alone = "只有一个市有公布数，中位数就是那一个市的数：乙市 2012 年比重。"
    assert quality.sentences.imputed(small(filled, whole=True)).data.endswith(alone)
    together = small(filled, lambda edit: edit.yaml(REGIONS, lambda found: found["regions"][2].update(group="north")))
    assert "就是那一个市的数" not in quality.sentences.imputed(replace(together, city="0200")).data
    assert quality.sentences.imputed(replace(together, city="0200")).data != ""
