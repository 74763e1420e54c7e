import re
from typing import get_args

from evalkit.analysis.least_squares import Effects
from evalkit.readings.study_readings import StudyReadings
from tests.conftest import anew
from tests.reporting.printed import regression


def said(report):
    return regression.sentences.determinants(report).data


def test_clear_coefficients_are_those_whose_interval_leaves_nothing_out(round_report):
    table = regression.tables.coefficients(round_report())
    ends = table["90% 区间"].str.strip("[]").str.split(", ", expand=True).astype(float)
    clear = table[(ends[0] > 0) | (ends[1] < 0)]
    text = said(round_report())
    assert f"90% 区间不含 0 的 {len(clear)} 个" in text
    for _, row in clear.iterrows():
        points = f"{row['变量']}高 {row['变量高出']}，得分相差 {row['得分相差（分）']:+} 分（区间 {row['90% 区间']}"
        assert points in text
    assert text.count("得分相差 +") + text.count("得分相差 -") == len(clear)


def test_a_comparison_in_which_nothing_is_clear_says_so(round_report):
    assert "**同一城市的各年之间**：各变量的区间都含 0，看不出与得分有关系。" in said(round_report())


def test_what_chance_gives_stands_beside_what_is_found(round_report):
    text = said(round_report())
    assert "共 12 个系数" in text
    assert "平均也会有约 1.2 个" in text


def test_no_coefficient_of_the_shipped_round_outlasts_every_city(round_report):
    table = regression.tables.coefficients(round_report())
    lasting = (table["去掉一市后最大 p 值"].astype(float) <= 0.1).sum()
    assert f"去掉任何一市后 p 仍不超过 0.10 的有 **{lasting} 个**" in said(round_report())
    assert lasting == 0


def test_the_denominator_of_both_sides_is_named(round_report):
    assert "年末常住人口既是计分指标的分母，又是变量的分母" in said(round_report())
    urban = tuple(r for r in round_report().readings.declared.regressors if r.code == "urban")
    alone = tuple(r.model_copy(update={"denominator": None, "numerator": "gdp", "log": True}) for r in urban)
    assert "又是变量的分母" not in said(round_report(regressors=alone))


def test_one_regressor_is_not_called_entangled(round_report):
    spending = tuple(r for r in round_report().readings.declared.regressors if r.code == "spending")
    assert "分不清" in said(round_report())
    assert "分不清" not in said(round_report(regressors=spending))


def test_what_cannot_be_estimated_is_named(round_report):
    text = said(round_report(years=(2012, 2012)))
    assert "不能估计的比较：同一城市的各年之间、同一城市的各年之间并扣除各市共同变化" in text
    assert "残差的相关" not in text


def test_no_cause_is_claimed_where_something_is_said(round_report, monkeypatch):
    assert "**以上只是相伴关系，不是因果**" in said(round_report(years=(2012, 2012)))
    monkeypatch.setattr(StudyReadings, "regressions", lambda self, until: dict.fromkeys(get_args(Effects)))
    assert said(anew(round_report())).startswith("- 不能估计的比较")
    assert "相伴关系" not in said(anew(round_report()))


def test_a_round_without_regressors_says_nothing(round_report):
    assert said(round_report(regressors=())) == ""


def test_english_sentences_are_english_and_complete(round_report):
    text = said(round_report(language="en"))
    assert not re.search("[\u3000-\u9fff\uff00-\uffef]", text)
    assert not re.search(r"[{}]|\b(nan|None)\b", text)
