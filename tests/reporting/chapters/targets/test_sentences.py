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
    states = of_the_city(assessed_report(HUZHOU), "states").value_counts()
    text = targets.sentences.pending(assessed_report(HUZHOU)).data
    assert f"数据缺失 {states['missing']} 项，有争议 {states['disputed']} 项" in text
