import pytest

from evalkit.reporting.chapters.data_quality import sentences
from tests.conftest import DEMO
from tests.mutations.edit import METADATA
from tests.readings.planted import at, times
from tests.reporting.chapters.data_quality.reports import faulty, whole


def test_the_message_comes_first_with_what_to_ask_first():
    said = sentences.summary(faulty(times(10_000, "gdp", "330800", 2010))).data
    assert said.startswith("- **需要回核 ")
    assert "要求更正的 1 件" in said
    assert "首先问衢州市的地区生产总值" in said


def test_what_is_found_of_what_is_declared_is_told_with_what_is_raised_beyond():
    assert "断裂和存疑有 17 处，检验没有看过这些声明，找到其中 15 处，漏 2 处" in sentences.summary(whole()).data
    assert "finds 18 and misses 4" in sentences.summary(whole("en", "zhejiang-public-2015")).data


def test_missing_figures_are_told_with_the_variables_that_miss_most():
    assert "**缺 1390 个**（2.1%）" in sentences.summary(whole(name=DEMO)).data
    assert "应报的 2493 个数没有缺的" in sentences.summary(whole()).data


def test_chance_is_told_beside_the_flags():
    assert "一切正常时，仅凭偶然也会提示约 13 处（变动服从正态分布）到 73 处" in sentences.summary(whole()).data


def test_the_list_leads_to_the_rest_of_it():
    assert "其余 61 项见[附表](#list)" in sentences.first_asks(whole()).data
    assert sentences.listed_asks(whole()).data == ""
    assert "其余 1842 件见同名的工作表" in sentences.listed_asks(whole(name=DEMO)).data


def test_who_is_asked_most_is_named():
    assert "最多的是**丽水市**" in sentences.whom(whole(name=DEMO)).data


@pytest.mark.parametrize("name", ["coverage", "by_chance", "contradictions", "digits", "known", "undated", "bounds"])
def test_each_part_says_what_it_rests_on(name):
    for language in ("zh", "en"):
        assert getattr(sentences, name)(whole(language)).data


def test_what_is_too_small_for_digits_is_counted(small):
    report = small(whole=True)
    assert "够检验末位的 0 组，太少的 3 组不作检验" in sentences.digits(report).data
    assert "Preece" not in sentences.digits(report).data


def undeclared(edit):
    edit.yaml(METADATA, lambda data: [variable.update(breaks=[]) for variable in data["variables"].values()])


def test_a_small_study_with_nothing_declared_has_its_say(small):
    said = sentences.summary(small(undeclared, whole=True)).data
    assert said.startswith("- **没有需要回核的数。**")
    assert "数据集注明年份" not in said
    assert sentences.first_asks(small(undeclared, whole=True)).data == "按所列界限，没有需要回核的数。"
    assert "哪些数相加应等于哪个数没有声明" in sentences.contradictions(small(whole=True)).data


def heaped(table):
    rows = at(table, "pop_census")
    return table.assign(value=table.value.where(~rows, (table.value / 5).round() * 5))


def test_uneven_digits_are_told_where_there_are_some():
    assert "不匀的 1 组（普查常住人口）" in sentences.summary(faulty(heaped)).data
    assert "能够检验的数据 8 组，都看不出不匀" in sentences.summary(whole()).data
