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


def test_the_targets_of_the_province_stand_under_their_lamp():
    lines = province_targets.sentences.totals(demo()).data.split("\n- ")[1:]
    names = [name for line in lines for name in line.rstrip("。").partition("：")[2].split("、")]
    asked = [i for i in demo().system.indicators if i.target and "province" in i.target.assessed]
    assert sorted(names) == sorted(i.name.zh for i in asked)


def test_parts_are_said_to_be_inferred_and_by_what():
    text = province_targets.sentences.split(demo()).data
    assert "各市的分解数是推算的，不是下达的任务" in text
    assert text.count("本项目提出，计划未定分解办法") == 3


def test_all_verdicts_are_counted():
    text, lamps = (
        province_targets.sentences.projects(demo()).data,
        demo().study.assessed.cities.lamps.xs(2012, level="year"),
    )
    assert f"滞后 {(lamps == 'behind').sum().sum()}，" in text


def test_the_change_rests_on_what_is_known_in_both_years():
    completion = demo().study.assessed.cities.completion
    both = completion.xs(2012, level="year") - completion.xs(2011, level="year")
    assert f"都有数据的 {both.notna().sum().sum()} 个判定" in province_targets.sentences.projects(demo()).data
    assert "2008 年是首年" in province_targets.sentences.projects(demo(2008)).data
