import pytest

from evalkit.reporting.chapters import province_targets
from tests.reporting.assessed import demo

NAMES = ("totals", "split", "projects", "weakest", "departments")


@pytest.mark.parametrize("name", NAMES)
def test_a_round_without_an_assessment_says_nothing(round_report, name):
    assert getattr(province_targets.sentences, name)(round_report()).data == ""


@pytest.mark.parametrize(("year", "language"), [(2012, "zh"), (2012, "en"), (2008, "en")])
@pytest.mark.parametrize("name", NAMES)
def test_every_chapter_says_something(name, year, language):
    text = getattr(province_targets.sentences, name)(demo(year, language)).data
    assert text.strip()
    assert "{" not in text
    assert "nan" not in text


def test_what_a_short_table_leaves_out_is_counted_and_led_to():
    behind = (demo().study.assessed.cities.lamps.xs(2012, level="year") == "behind").any().sum()
    assert f"其余 {behind - 10} 项见[附表](#targets)" in province_targets.sentences.weakest(demo()).data
    assert "其余 9 个部门见[附表](#departments)" in province_targets.sentences.departments_in_brief(demo()).data
    assert province_targets.sentences.lost(demo()).data == "2011 年达到目标或时序进度、2012 年未完成的 7 项次。"
    assert province_targets.sentences.lost(demo(2008)).data == ""
    assert "本轮文件写明数字的市级目标 7 项" in province_targets.sentences.documented(demo()).data


def test_parts_are_said_to_be_inferred_and_by_what():
    text = province_targets.sentences.split(demo()).data
    assert "各市的分解数是推算的，不是下达的任务" in text
    assert text.count("本项目提出，计划未定分解办法") == 3


def test_all_verdicts_are_counted():
    text, lamps = (
        province_targets.sentences.projects(demo()).data,
        demo().study.assessed.cities.lamps.xs(2012, level="year"),
    )
    missed = (lamps == "behind").sum().sum()
    assert f"分市共 715 项次：完成 293 项次、未完成 {missed} 项次、缺数据 33 项次、有争议 4 项次。" in text


def test_the_change_rests_on_what_is_known_in_both_years():
    completion = demo().study.assessed.cities.completion
    both = completion.xs(2012, level="year") - completion.xs(2011, level="year")
    assert f"都有数据的 {both.notna().sum().sum()} 项次" in province_targets.sentences.projects(demo()).data
    assert "2008 年是首年" in province_targets.sentences.projects(demo(2008)).data
