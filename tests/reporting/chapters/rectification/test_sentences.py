import pytest

from evalkit.reporting.chapters import rectification
from evalkit.reporting.chapters.rectification.items import open_items
from tests.reporting.assessed import demo
from tests.reporting.cities import HUZHOU, assessed_report
from tests.reporting.departments import department_report


@pytest.mark.parametrize(
    "read", [rectification.sentences.balance, rectification.sentences.grave, rectification.sentences.rules]
)
def test_a_round_without_rules_of_accountability_says_nothing(read, round_report):
    assert read(round_report()).data == ""


def test_the_list_is_told_with_its_size_and_that_its_rules_are_proposed():
    found = open_items(demo())
    text = rectification.sentences.balance(demo()).data
    assert f"未销号事项 {len(found)} 项，涉及 11 个市：通报批评 {(found.step == 'criticism').sum()} 项" in text
    assert (
        "规则 13 条（一条在表中可占几行），"
        "按性质：建议值（待审定） 11、其他官方文件 2；除“文件确认”的以外，都须由签发单位确定。" in text
    )
    assert "规则经评价单位确定后方可用于问责。" in text


def test_a_table_that_is_cut_says_how_many_items_there_are():
    found = open_items(demo())
    text = rectification.sentences.grave(demo()).data
    assert f"{found.step.isin(['interview', 'criticism']).sum()} 项。全部未销号事项 {len(found)} 项" in text


def test_a_city_is_told_how_many_items_and_by_when_it_reports():
    report = assessed_report(HUZHOU)
    own = open_items(report, region=HUZHOU)
    text = rectification.sentences.city(report).data
    assert f"未销号整改事项 {len(own)} 项" in text
    assert "2013-09-30 前提交" in text
    assert f"{len(own)} 项中有 {(own.target_status != 'confirmed').sum()} 项所依据的目标不是本轮文件载明的" in text


def test_a_department_is_told_what_it_leads_and_joins():
    led, every = open_items(demo(), lead="culture"), open_items(demo())
    joined = sum("culture" in others for others in every.joint)
    assert (
        f"{len(led)} 项，涉及 {led.region.nunique()} 个市"
        in rectification.sentences.department(department_report()).data
    )
    assert f"另配合 {joined} 项" in rectification.sentences.department(department_report()).data


def test_the_bound_of_escalation_is_that_of_the_rules():
    assert "完成度低于 80% 的年份才计入升级年数" in rectification.sentences.rules(demo()).data
