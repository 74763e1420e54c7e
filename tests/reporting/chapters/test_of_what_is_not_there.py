"""That something is not there, or is the first, is said where it is so, and the reason is the true one."""

import re
from dataclasses import replace

import pytest

from tests.mutations.edit import FIGURES
from tests.reporting.printed import basis, efficiency, gaps, inequality, position, province_targets, robustness

DOCTORS, SHARE = {"services": ["doctors-per-head"]}, {"services": ["share"]}


def reading(**readings):
    return lambda edit: edit.study(readings={"draws": 100, **readings})


def without(variable, year):
    def change(edit):
        edit.missing(variable, year)
        edit.without("uncertainty")

    return change


def weighed(edit):
    edit.averaged(weight="people")


def amount(code):
    text = {"zh": code, "en": code}
    return {"code": code, "name": text, "unit": text, "variables": [code]}


FRONTIER = {"efficiency": {"inputs": [amount("people")], "outputs": [amount("doctors")]}}


def test_a_service_of_this_year_is_held_against_all_cities_together_where_both_have_it(small):
    gone = small(reading(**DOCTORS), without("doctors", 2012))
    assert "各市合计相比" not in gaps.sentences.among_cities(gone).data
    assert gaps.sentences.shortages(gone).data == ""
    assert "相比的 1 项服务中" in gaps.sentences.among_cities(small(reading(**DOCTORS))).data


def test_a_count_is_not_held_against_its_sum(small):
    assert "各市合计相比" not in gaps.sentences.among_cities(small(reading(**SHARE))).data


def test_a_sum_of_things_has_no_score_on_the_scale_of_a_city(small):
    found = small()
    assert "各市相加之和不能用一个市的标尺计分：比重" in basis.sentences.basis(found).data
    assert found.study.province.scores["share"].isna().all()
    assert found.study.province.panel.values["share"].notna().all()
    assert "标尺计分" not in basis.sentences.basis(small(weighed)).data


def test_a_city_without_a_score_is_in_no_draw(small):
    def silent(edit):
        text = (edit.small.root / FIGURES).read_text("utf-8")
        edit.small.write(FIGURES, re.sub(r"(share,0100,2012),[\d.]+,value", r"\1,,missing", text))

    own = small(silent)
    assert "没有得分的市不参加抽样：甲市。" in robustness.sentences.robustness(own).data
    assert robustness.sentences.draws(own).data == ""
    assert robustness.tables.rank_chances(own) is None
    assert "不参加抽样" not in robustness.sentences.robustness(small()).data


def test_an_average_is_held_against_its_mean_and_what_it_lacks_is_no_number(small):
    behind = small(reading(**SHARE), weighed)
    assert "落后的有 1 项：**比重**" in gaps.sentences.among_cities(behind).data
    assert "比重的各市合计按声明的权数加权" in gaps.sentences.among_cities(behind).data
    assert gaps.sentences.shortages(behind).data.startswith("比重落后于各市合计，但不是两个数之比")
    ahead = replace(behind, city="0300")
    assert gaps.sentences.shortages(ahead).data == ""


def test_shortages_that_are_not_declared_are_not_called_none(small):
    assert gaps.sentences.shortages(small()).data == ""


def test_what_is_near_its_end_is_told_where_something_is(small, round_report):
    assert gaps.sentences.ceilings(small(whole=True)).data == ""
    assert "所比的服务没有上限" in gaps.sentences.ceilings(round_report()).data
    unlimited = small(
        lambda edit: edit.small.edit("params/index/small.yaml", "valid: [0, 100]", "decimals: 1"), whole=True
    )
    assert gaps.sentences.ceilings(unlimited).data == ""


def test_inequality_is_spoken_of_where_it_is_read(small):
    silent = small(whole=True)
    assert [
        read(silent).data
        for read in (inequality.sentences.inequality, inequality.sentences.changes, inequality.sentences.contributions)
    ] == [""] * 3


def test_a_change_is_told_where_both_years_have_it(small, round_report):
    told = inequality.sentences.changes(small(reading(**DOCTORS), without("doctors", 2011), whole=True)).data
    assert told == ""
    assert "**扩大**" in inequality.sentences.changes(round_report()).data


@pytest.mark.parametrize("tell", [efficiency.sentences.ranks, efficiency.sentences.frontier])
def test_a_missing_amount_is_no_missing_declaration(small, tell):
    def told(*changes):
        return tell(small(*changes, whole=tell is not efficiency.sentences.frontier)).data

    assert told() == ""
    lacking = told(reading(**FRONTIER), without("doctors", 2012))
    assert lacking == "2012 年缺以下投入产出数据，不作效率分析：doctors（甲市、乙市、丙市）。"
    assert told(reading(**FRONTIER), lambda edit: edit.one_city()).startswith("2012 年市数太少")
    assert "不作效率分析" not in told(reading(**FRONTIER))


def test_why_there_is_no_frontier_is_said_once(small):
    lacking = small(reading(**FRONTIER), without("doctors", 2012), whole=True)
    assert [tell(lacking).data for tell in (efficiency.sentences.scores, efficiency.sentences.productivity)] == ["", ""]


def test_services_without_a_gap_between_groups_are_named(small):
    both = {"services": [*DOCTORS["services"], *SHARE["services"]]}
    told = gaps.sentences.gaps(small(lambda edit: edit.cities(4), reading(**both), whole=True)).data
    assert "不作组间比较的：比重。" in told
    assert (
        "不作组间比较的"
        not in gaps.sentences.gaps(small(lambda edit: edit.cities(4), reading(**DOCTORS), whole=True)).data
    )


def test_a_later_year_is_not_called_the_first(small):
    later = small(reading(**FRONTIER), without("doctors", 2011), whole=True)
    assert efficiency.sentences.productivity(later).data == "2011—2012 年投入产出的数据有缺，不计算生产率变动。"
    first = replace(small(reading(**FRONTIER), whole=True), year=2011)
    assert efficiency.sentences.productivity(first).data.startswith("2011 年是评价期首年")


def test_another_way_of_scoring_that_gives_no_score_moves_the_rank(small):
    whole = [{"code": "whole", "name": {"zh": "全", "en": "all"}, "method": {"min_weight": 1}}]
    partly = lambda edit: edit.study(method={"min_weight": 0.5}, alternatives=whole)  # noqa: E731
    assert "“全”时因缺数不予计分" in position.sentences.position(small(partly, without("share", 2012))).data
    assert "不予计分" not in position.sentences.position(small(partly)).data


def test_a_target_of_the_province_is_told_where_there_is_one(small):
    assert province_targets.sentences.totals(small(lambda edit: edit.assessed(), whole=True)).data == ""
