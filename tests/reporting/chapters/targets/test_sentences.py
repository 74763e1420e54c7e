import re

from tests.reporting.cities import HUZHOU, assessed_report, of_the_city
from tests.reporting.printed import targets


def test_the_four_readings_are_kept_apart():
    report = assessed_report()
    text, lamps = targets.sentences.readings(report).data, of_the_city(report, "lamps")
    assert [name for name in ("目标完成", "服务水平", "均等", "资源") if f"**{name}**" not in text] == []
    assert f"已达标 {(lamps == 'met').sum()} 项" in text
    assert f"{report.score(report.result.root):.2f} 分" in text


def test_departments_are_counted_by_what_is_behind():
    report = assessed_report()
    text = targets.sentences.departments(report).data
    counts = [int(n) for n in re.findall(r"[厅局联委会] (\d+) 项", text)]
    assert sum(counts) == (of_the_city(report, "lamps") == "behind").sum()
    assert counts == sorted(counts, reverse=True)


def test_what_waits_for_data_is_counted():
    lamps = of_the_city(assessed_report(HUZHOU), "lamps").value_counts()
    text = targets.sentences.pending(assessed_report(HUZHOU)).data
    assert f"数据缺失 {lamps['no_data']} 项，有争议 {lamps['disputed']} 项，" in text


def test_what_only_lacks_a_baseline_is_not_said_to_be_beyond_judgement():
    report = assessed_report("330700")  # both of its missing states are judged: only the base year's figure lacks
    assert set(of_the_city(report, "lamps")) & {"no_data"} == set()
    assert "数据缺失 0 项，有争议 0 项；能够判定、只缺基期数的 2 项，" in targets.sentences.pending(report).data
