import pandas as pd

from evalkit.reporting.chapters import duties
from tests.reporting.cities import HUZHOU, WENZHOU, assessed_report

JIAXING = "330400"


def test_the_list_says_how_long_it_is_and_what_is_left_blank():
    text = duties.sentences.duties(assessed_report()).data
    assert text.startswith("未销号的整改事项 **16 项**，书面整改报告于 2013 年 9 月 30 日前报出。")
    assert "下表列差距较大的 11 项，其余 5 项见[附件](#rectification)。" in text
    assert "由市政府填写" in text


def test_a_city_with_nothing_open_is_told_nothing(monkeypatch, city_report):
    assert duties.sentences.duties(city_report()).data == ""
    monkeypatch.setattr(duties.sentences, "open_items", lambda report, region: pd.DataFrame())
    assert duties.sentences.duties(assessed_report()).data == ""


def test_a_list_that_is_whole_does_not_speak_of_more(monkeypatch):
    monkeypatch.setattr(duties.sentences, "SHOWN", 1000)
    monkeypatch.setattr(duties.sentences, "unit_unknown", lambda report: False)
    monkeypatch.setattr(duties.sentences, "_order", lambda report: [])
    text = duties.sentences.duties(assessed_report(JIAXING)).data
    assert text == "未销号的整改事项 **64 项**，书面整改报告于 2013 年 9 月 30 日前报出。"


def test_it_says_by_what_it_is_in_order_and_what_is_owed_only_where_that_is_seen():
    with_quota = duties.sentences.duties(assessed_report(HUZHOU)).data
    assert "按处理措施由重到轻排列，同一措施内文件写明的目标在前，再按完成度由低到高。" in with_quota
    assert "年度任务的差距和销号标准含以前年度所欠，不同于当年任务数。" in with_quota
    assert "没有可用数据的事项排在最后" not in with_quota
    without = duties.sentences.duties(assessed_report(WENZHOU)).data
    assert "2012 年没有可用数据的事项排在最后，差距为最近一年所见。" in without
    assert "以前年度所欠" not in without
