from evalkit.reporting.chapters import basis, province_targets
from tests.mutations.edit import TARGET


def test_an_average_without_a_weight_is_told_to_have_no_total(small):
    told = basis.sentences.basis(small(lambda edit: edit.averaged())).data
    assert "各市合计没有以下计分指标的数：比重。" in told
    assert "各市合计因此没有得分的有：总。" in told
    most = {"method": {"min_weight": 0.5}, "alternatives": [], "uncertainty": None}
    told = basis.sentences.basis(small(lambda edit: edit.averaged(), lambda edit: edit.study(**most))).data
    assert "各市合计的得分只按其余指标计算。" in told
    assert "各市合计没有" not in basis.sentences.basis(small(lambda edit: edit.averaged(weight="people"))).data


def test_a_total_that_is_blank_is_told_with_the_reason(small):
    zeros = {(code, year): 0 for code in ("0100", "0200", "0300") for year in (2011, 2012)}

    def told(staff):
        weighed = small(lambda edit: edit.variable("staff", staff), lambda edit: edit.averaged(weight="staff"))
        return basis.sentences.basis(weighed).data

    assert "2012 年各市合计没有以下计分指标的数，括号内为原因：比重（staff合计为 0）。" in told(zeros)
    assert "比重（乙市无staff）。各市合计因此没有得分的有：总。" in told(zeros | {("0200", 2012): None})
    assert "各市合计没有" not in told(dict.fromkeys(zeros, 1))


def mixed(edit):
    """A ratio of an average to a count."""
    edit.averaged(weight="people")
    terms = {"variable": None, "numerator": "share", "denominator": "people", "per": 1, "population_base": "resident"}
    edit.indicator("mixed", **terms, target=TARGET | {"assessed": ["province"]})


def test_a_ratio_of_an_average_to_a_count_is_not_said_to_lack_a_weight(small):
    told = basis.sentences.basis(small(mixed)).data
    assert "各市合计没有以下计分指标的数：mixed。它们的一项是平均数或比率，另一项是数量" in told
    assert "没有声明以什么为权" not in told
    assert (
        "mixed的一项是平均数或比率"
        in province_targets.sentences.totals(small(lambda edit: edit.assessed(), mixed, whole=True)).data
    )
