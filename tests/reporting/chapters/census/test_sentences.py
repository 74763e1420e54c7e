import re

import pytest

from evalkit.reporting.report import RoundReport
from tests.mutations.edit import FIGURES
from tests.reporting.conftest import declaring
from tests.reporting.plain import numbers
from tests.reporting.printed import census, gaps

SENTENCES = (
    gaps.sentences.among_cities,
    gaps.sentences.shortages,
    census.sentences.county_gaps,
    census.sentences.county_change,
)


def test_counties_are_counted(city_report):
    assert numbers(census.sentences.counties(city_report()).data) == [
        2010,
        len(census.tables.counties(city_report())) - 1,
        2012,
    ]
    assert "counties of the city (in number: 6)" in census.sentences.counties(city_report(language="en")).data


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request, study, result):
    return RoundReport(study, result, 2012, request.param)


def test_the_counties_after_the_plan_are_no_result_of_it(report):
    text = census.sentences.county_equality(report).data
    assert [number in text for number in ("82", "90", "2020", "8")] == [True] * 4
    narrowed, widened = text.split("\n")[1:3]
    assert report.node("P08-toilet") in narrowed
    assert report.node("P08-housing-area") in widened


def test_what_narrows_by_itself_is_named(report):
    apart, _, text = census.sentences.county_equality(report).data.split("\n\n")[1:4]
    assert report.node("P03-illiteracy") in apart
    assert report.node("P08-toilet") in text
    assert report.node("P09-tap-water") not in text  # what falls short of it grew more equal as well


def test_a_deviation_that_falls_while_the_gini_rises_is_named(small):
    def less(edit):
        edit.census(2011, 2012, regions=("0101", "0102", "0100"))
        text = (edit.small.root / FIGURES).read_text("utf-8")
        told = {"bath,0101,2012,10.1": "bath,0101,2012,0.1", "bath,0102,2012,10.2": last}
        for before, now in told.items():
            text = text.replace(before, now)
        edit.small.write(FIGURES, text)

    last = "bath,0102,2012,0.15"
    assert (
        "标准差与基尼系数一升一降的（括号内为全部县的基尼系数）：bath（0.0025→"
        in census.sentences.county_equality(small(less, whole=True)).data
    )
    last = "bath,0102,2012,10.4"
    text = census.sentences.county_equality(small(less, whole=True)).data
    assert "一升一降" not in text
    assert "列出 3 个市中有县级数据的 1 个市的县（市、区），2012 年共 2 个" in text


def test_few_counties_carry_no_inference(city_report):
    assert (
        "2010 年 4 个、2020 年 4 个。只列差距，不作统计推断。"
        in census.sentences.county_gaps(city_report("330900")).data
    )


def test_each_census_has_the_reference_that_it_can_have(city_report):
    text = census.sentences.county_gaps(city_report()).data
    assert "- 2010 年的参照值是全市普查值" in text
    assert "- 数据中没有 2020 年的全市普查值，以各县按普查人口加权的平均数" in text
    assert "2020 年在评价期末（2012 年）之后 8 年" in text


def test_the_zone_without_a_code_is_told_in_its_city_alone(city_report):
    assert "249343 人" in census.sentences.county_gaps(city_report("330300")).data
    assert "249343" not in census.sentences.county_gaps(city_report("330900")).data


def test_counties_that_cannot_be_compared_are_named_with_the_reason(city_report):
    text = census.sentences.county_change(city_report("330200")).data
    assert "11 个县（市、区）中，有 8 个到 2020 年区域相同" in text
    assert "海曙区（2016 年接收原鄞州区部分镇街）、江东区（已撤销，没有可比的后继）、鄞州区（" in text
    assert "不可比的有" not in census.sentences.county_change(city_report("330900")).data
    assert "洞头县（2015 年并入原属龙湾区的灵昆街道）" in census.sentences.county_change(city_report("330300")).data


@pytest.mark.parametrize("make", SENTENCES)
@pytest.mark.parametrize("city", ["330200", "330300", "330900"])
def test_english_sentences_are_english_and_complete(city_report, city, make):
    text = make(city_report(city, 2010, "en")).data
    assert not re.search("[\u3000-\u9fff\uff00-\uffef]", text)
    assert not re.search(r"[{}]|\bnan\b|None", text)


@pytest.mark.parametrize(
    "make", [gaps.sentences.among_cities, census.sentences.county_gaps, census.sentences.county_change]
)
def test_what_is_not_declared_is_not_spoken_of(city_report, make):
    assert make(declaring(city_report(), services=(), county_population=None)).data == ""
