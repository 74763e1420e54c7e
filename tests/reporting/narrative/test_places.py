import re

import pytest

from evalkit.reporting.narrative import places
from tests.reporting.conftest import declaring

SENTENCES = ("among_cities", "shortages", "county_gaps", "county_change")


def said(report, name):
    return getattr(places, name)(report).data


def test_the_services_in_which_the_city_is_behind_are_named(city_report):
    text = said(city_report("330300"), "among_cities")
    assert (
        "可与各市合计相比的 4 项服务中，本市落后的有 2 项：**每千常住人口执业（助理）医师数、每千常住人口医院" in text
    )
    assert "4 项服务，本市均不落后" in said(city_report("330900"), "among_cities")


def test_a_city_that_is_nowhere_behind_has_no_shortage(city_report):
    assert said(city_report("330900"), "shortages").startswith("可与各市合计相比的 4 项服务没有一项落后")
    assert "不是规定的目标" in said(city_report("330300"), "shortages")


def test_few_counties_carry_no_inference(city_report):
    assert "2010 年 4 个、2020 年 4 个。只列差距，不作统计推断。" in said(city_report("330900"), "county_gaps")


def test_each_census_has_the_reference_that_it_can_have(city_report):
    text = said(city_report(), "county_gaps")
    assert "- 2010 年的参照值是全市普查值" in text
    assert "- 数据中没有 2020 年的全市普查值，以各县按普查人口加权的平均数" in text
    assert "2020 年在评价期末（2012 年）之后 8 年" in text


def test_the_zone_without_a_code_is_told_in_its_city_alone(city_report):
    assert "249343 人" in said(city_report("330300"), "county_gaps")
    assert "249343" not in said(city_report("330900"), "county_gaps")


def test_counties_that_cannot_be_compared_are_named_with_the_reason(city_report):
    text = said(city_report("330200"), "county_change")
    assert "11 个县（市、区）中，有 8 个到 2020 年区域相同" in text
    assert "海曙区（2016 年接收原鄞州区部分镇街）、江东区（已撤销，没有可比的后继）、鄞州区（" in text
    assert "不可比的有" not in said(city_report("330900"), "county_change")
    assert "洞头县（2015 年并入原属龙湾区的灵昆街道）" in said(city_report("330300"), "county_change")


@pytest.mark.parametrize("name", SENTENCES)
@pytest.mark.parametrize("city", ["330200", "330300", "330900"])
def test_english_sentences_are_english_and_complete(city_report, city, name):
    text = said(city_report(city, 2010, "en"), name)
    assert not re.search("[\u3000-\u9fff\uff00-\uffef]", text)
    assert not re.search(r"[{}]|\bnan\b|None", text)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("among_cities", "本轮没有声明要读其均等的服务"),
        ("county_gaps", "到 2012 年没有可按人口加权的分县普查数据"),
        ("county_change", "到 2012 年没有可按人口加权的分县普查数据"),
    ],
)
def test_what_is_not_declared_is_one_sentence(city_report, name, start):
    text = said(declaring(city_report(), services=(), county_population=None), name)
    assert text.startswith(start)
    assert text.count("。") == 1
