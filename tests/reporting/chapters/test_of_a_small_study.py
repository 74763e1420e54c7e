"""What is said of a study without a plan, money, counties or other ways of scoring, and is not said of others."""

from dataclasses import replace

import pytest

from evalkit.reporting import conditions
from evalkit.reporting.chapters import joined
from evalkit.reporting.report import RoundReport
from evalkit.scoring.composition import Limits
from tests.mutations.edit import FIGURES, REGIONS, SYSTEM, Edit
from tests.reporting.cities import assessed_report
from tests.reporting.departments import plan_study
from tests.reporting.printed import (
    basis,
    census,
    gaps,
    grade,
    indicators,
    inequality,
    leadership,
    position,
    province,
    province_targets,
    robustness,
    summary,
    targets,
)

NO_CHOICES = ("alternatives", "uncertainty")


def in_a_plan(edit):
    edit.yaml(SYSTEM, lambda system: system.update(plan={"title": {"zh": "计划", "en": "plan"}}))
    edit.yaml(SYSTEM, lambda system: [node.update(level="project") for node in system["tree"]["children"][:1]])


def share_read(edit):
    """Two groups of cities, and a service that is no ratio of amounts."""
    edit.groups()
    edit.study(readings={"services": ["share"]})


def certain(edit):
    edit.without(*NO_CHOICES)


def test_goals_are_told_where_a_plan_has_them(small, city_report):
    assert "14 项目标中" in basis.sentences.basis(city_report()).data
    assert "项目标" not in basis.sentences.basis(small()).data
    assert summary.sentences.of_the_round(city_report())[0].endswith("可用所列指标核验的有 0 项。")
    assert summary.sentences.of_the_round(small())[0] == "本页按总排列，用 2 项指标计分，不评定等次。"


def test_of_a_plan_no_more_is_told_than_is_declared(small):
    report = small(in_a_plan)
    assert report.headline == "总（2 项工程）"
    assert "- 指数涵盖全部 2 项工程，**不是**计划的完成度。\n" in basis.sentences.basis(report).data
    assert "其余 0 项" not in basis.sentences.basis(report).data
    assert "领域" not in position.tables.projects(report)
    assert summary.sentences.of_the_round(report)[0].endswith("不是计划的完成度，也不评定等次。")
    assert indicators.sentences.shortfalls(report).data.endswith("只供参考。")


def test_no_edition_is_named_where_none_is_declared(small):
    assert small().edition_line == "总 · 试 1 · 初评"
    report = small(lambda edit: edit.yaml(SYSTEM, lambda system: system.pop("edition")))
    assert report.edition_line == "总 · 1 · 初评"
    assert report.system_version == "小 1"


def test_a_share_alone_has_no_gap_between_groups(small, round_report):
    assert gaps.sentences.gaps(small(share_read, whole=True)).data == ""
    assert gaps.sentences.gaps(round_report()).data


def test_a_population_that_is_not_drawn_is_named_where_there_is_another(small, city_report):
    assert "人口口径不在抽样之内" in robustness.sentences.draws(city_report()).data
    assert "人口口径" not in robustness.sentences.draws(small()).data


def test_chance_is_said_to_give_more_where_cities_are_few(round_report, monkeypatch):
    assert "只有 11 个市，区间偏短" in inequality.sentences.changes(round_report()).data
    monkeypatch.setattr(conditions, "FEW", 11)
    assert "区间偏短" not in inequality.sentences.changes(round_report()).data


def test_other_ways_of_scoring_are_spoken_of_where_there_are_some(small, round_report):
    assert "换用所列任何一种方案，位次都不变。" in position.sentences.position(small()).data
    assert "换用" not in position.sentences.position(small(certain)).data
    assert "位次变动最大的是" in province.sentences.summary(round_report()).data
    assert "换用所列各种评价方案" not in province.sentences.summary(small(certain, whole=True)).data


def without_scores(edit):
    edit.without("uncertainty")
    edit.study(composition={"missing": 1})
    edit.missing("doctors", 2012)


def test_few_cities_are_named_in_order_and_none_where_none_has_a_score(small, round_report):
    assert "居前三位的是" in province.sentences.summary(round_report()).data
    assert "由高到低为" in province.sentences.summary(small(whole=True)).data
    assert "没有一个市的数据足以计算总" in province.sentences.summary(small(without_scores, whole=True)).data


def test_money_is_told_where_an_input_stands_for_all(small):
    assert "**资源**" in targets.sentences.readings(assessed_report()).data
    told = targets.sentences.readings(small(lambda edit: edit.assessed())).data
    assert "**服务水平**" in told
    assert "**资源**" not in told


def test_targets_in_counties_are_told_where_there_are_counties(small):
    told = targets.sentences.counties(assessed_report()).data
    assert "未完成最多的是" in told
    assert "平均完成度为简单平均" in told
    of_none = small(lambda edit: edit.assessed(), lambda edit: edit.no_counties())
    assert targets.sentences.counties(of_none).data == ""
    ahead = small(lambda edit: edit.assessed())
    assert "未完成最多的是" not in targets.sentences.counties(ahead).data


def test_groups_without_services_are_not_spoken_of(small):
    study = plan_study()
    assert inequality.sentences.groups(RoundReport(study, study.evaluate(), 2012, "zh")).data == ""
    assert inequality.sentences.groups(small(whole=True)).data == ""


def test_a_city_that_is_unrated_for_want_of_a_baseline_is_told_so(small):
    told = grade.sentences.grade(small(lambda edit: edit.assessed())).data
    assert "有当年数据而没有基期数据、因此算不出完成度的目标 2 项：医师、比重。" in told
    assert "没有基期数据" not in grade.sentences.grade(assessed_report("330500")).data


def test_a_place_among_choices_a_group_and_equality_are_told_where_there_are_such(small, city_report):
    assert "位次范围为第" in summary.sentences.summary(city_report()).data
    assert "位次范围" not in summary.sentences.summary(small(certain)).data
    alone = small(lambda edit: edit.assessed(), lambda edit: edit.yaml("params/regions/small.yaml", ungrouped))
    for about in (grade.sentences.grade, targets.sentences.readings, leadership.sentences.opening):
        assert "—" not in about(alone).data.replace("“—”", "").replace("0—100", "")
    assert "在浙西南列第" in grade.sentences.grade(assessed_report()).data
    assert "**均等**" in targets.sentences.readings(assessed_report()).data
    assert "**均等**" not in targets.sentences.readings(alone).data
    assert "同组为" not in leadership.sentences.opening(alone).data
    assert targets.sentences.equality(alone).data == ""


def test_progress_is_explained_where_points_are_given_for_it(small):
    assert "进步度" in grade.sentences.progress(small(Edit.assessed)).data
    assert grade.sentences.progress(small(Edit.assessed, completion_alone)).data == ""


def completion_alone(edit):
    edit.yaml(
        "params/rules/zhejiang.yaml", lambda rules: rules.update(parts={"completion": rules["parts"]["completion"]})
    )
    edit.yaml("params/rules/zhejiang.yaml", lambda rules: rules["parts"]["completion"].update(points=100))


def ungrouped(regions):
    for region in regions["regions"]:
        region.pop("group", None)


def surveyed(*years, **options):
    return lambda edit: edit.census(*years, **options)


def test_a_census_of_the_city_is_told_wherever_it_lies(small):
    told = census.sentences.county_gaps(small(surveyed(2010, 2020))).data
    assert "- 2010、2020 年的参照值是全市普查值。" in told
    assert "数据中没有" not in told
    assert "2020 年在评价期末（2012 年）之后 8 年" in census.sentences.counties(small(surveyed(2020))).data
    assert "评价期末" not in census.sentences.counties(small(surveyed(2012))).data
    assert "2012 年没有可比的分县数据" in census.sentences.counties(small(surveyed(2010))).data


def test_an_indicator_without_a_census_value_of_the_city_is_named(small):
    told = census.sentences.county_gaps(small(surveyed(2010), another_share)).data
    assert "2010 年的参照值是全市普查值；beds没有全市普查值" in told


def another_share(edit):
    edit.variable("beds", {("0101", 2010): 1, ("0102", 2010): 2}, levels=["county"], years=[2010, 2010])
    edit.indicator("beds", unscored="snapshot")


def test_a_city_of_which_no_census_has_a_county_is_told_nothing_of_them(small):
    told = census.sentences.county_gaps(replace(small(surveyed(2010)), city="0200")).data
    assert told == ""


def test_one_census_alone_is_not_compared(small):
    assert census.sentences.county_change(small(surveyed(2010))).data == ""
    assert "最高与最低之差" in census.sentences.county_change(small(surveyed(2010, 2020))).data


def test_what_lies_between_the_censuses_is_told_where_it_does(small):
    told = census.sentences.county_equality(small(surveyed(2012, 2020), whole=True)).data
    assert "2020 年在评价期末（2012 年）之后 8 年" in told
    assert "评价期内只有 2012 年一个时点" in told
    assert "各县普遍向最优端靠拢" not in told
    told = census.sentences.county_equality(small(surveyed(2000, 2010), whole=True)).data
    assert "评价期内没有普查" in told
    assert "之后 " not in told
    one_county = surveyed(2010, 2020, regions=("0101",))
    assert "低于平均值的可比县" not in census.sentences.county_equality(small(one_county, whole=True)).data
    assert census.sentences.county_equality(small(surveyed(2010), whole=True)).data == ""


def of_the_province(edit):
    edit.assessed()
    edit.yaml(SYSTEM, lambda system: system["tree"]["children"][-1]["target"].update(assessed=["province"]))


def test_a_target_of_the_province_that_cannot_be_added_up_is_named(small):
    told = province_targets.sentences.totals(small(of_the_province, lambda edit: edit.averaged(), whole=True)).data
    assert "比重是平均数或比率" in told
    assert "平均数" not in province_targets.sentences.totals(small(of_the_province, whole=True)).data


def test_nobody_claims_complete_figures_where_the_round_does_without(city_report):
    strict, report = city_report(), city_report()
    loose = report.study.round.model_copy(update={"composition": Limits(jump=9)})
    report = replace(report, study=replace(report.study, round=loose))
    assert "完整、未断裂" in summary.sentences.of_the_round(strict)[0]
    assert "完整、未断裂" not in summary.sentences.of_the_round(report)[0]


def test_a_rank_is_one_of_the_cities_that_have_a_score(small):
    assert "在 3 市中列" in summary.sentences.summary(small()).data
    assert "在 2 市中列" in summary.sentences.summary(small(one_without_a_score)).data


def one_without_a_score(edit):
    edit.without("uncertainty")
    edit.assessed()
    edit.small.edit(FIGURES, "doctors,0300,2012,62.0,value", "doctors,0300,2012,,missing")


def alone(edit):
    """Every city a group by itself."""
    groups = {code: {"zh": code, "en": code} for code in ("a", "b", "c")}
    edit.yaml(REGIONS, lambda found: found.update(groups=groups))
    edit.yaml(REGIONS, lambda found: [r.update(group=g) for r, g in zip(found["regions"], groups, strict=False)])


def without_groups(edit):
    edit.yaml(REGIONS, ungrouped)


@pytest.mark.parametrize("change", [alone, without_groups])
def test_no_table_has_a_place_in_a_group_where_no_group_has_two_cities(small, change):
    def labels(*changes):
        reports = small(*changes), small(*changes, whole=True)
        every = joined("OF_A_CITY"), joined("OF_THE_ROUND") | joined("OF_PROVINCE")
        made = [t(report) for report, own in zip(reports, every, strict=True) for t in own.values()]
        return {label for table in made if table is not None for label in table.labels}, reports

    found, (own, whole) = labels(Edit.assessed, share_read_as_it_is, change)
    assert not found & {label for label in labels(Edit.assessed, share_read_as_it_is)[0] if "组" in label} - {"指标组"}
    assert (
        "同组"
        not in leadership.sentences.opening(own).data
        + leadership.sentences.method(own).data
        + grade.sentences.grade(own).data
    )
    assert inequality.sentences.groups(whole).data == ""


def test_a_city_without_others_in_its_group_has_no_place_there(small):
    found = small(Edit.assessed, Edit.groups)
    other = replace(found, city="0300")
    assert set(leadership.tables.leadership(other)["同组位次"]) == {"—"}
    assert "同组为" not in leadership.sentences.opening(other).data
    assert "同组为北各市。" in leadership.sentences.opening(found).data


def test_counties_are_spoken_of_in_the_annex_where_there_are_some(small):
    assert "县级数据只覆盖" in leadership.sentences.method(small(Edit.assessed)).data
    assert "县" not in leadership.sentences.method(small(Edit.assessed, Edit.no_counties)).data


def share_read_as_it_is(edit):
    edit.study(readings={"services": ["share"]})
