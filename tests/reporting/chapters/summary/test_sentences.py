import re
from dataclasses import replace

import pandas as pd
import pytest

from tests.reporting.plain import numbers
from tests.reporting.printed import indicators, position, summary

CITIES = ["330800", "330100", "330900", "331000"]


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_summary_has_the_numbers_of_the_tables(city_report, city, language):
    report = city_report(city, 2012, language)
    score, _, rank, span, *_ = summary.tables.headline(report).iloc[0]
    ends = [int(end) for end in re.split("[—–]", span)]
    listed = [len(indicators.tables.strengths(report)), len(indicators.tables.shortfalls(report))]
    cities, covered = [len(position.tables.ranking(report))], [10, 2] if language == "zh" else [2, 10]
    named = [*covered, float(score)] if language == "zh" else [float(score), *covered]
    order = [2012, *named, *cities, rank] if language == "zh" else [2012, *named, rank, *cities]
    assert numbers(summary.sentences.summary(report).data) == [*order, *ends, *listed]


def test_the_summary_in_words(city_report):
    assert summary.sentences.summary(city_report()).data.startswith(
        "衢州市 2012 年公共统计服务指数（涵盖 10 项工程中的 2 项）为 **79.24 分**，"
    )
    assert "位次范围为第 3—8 位" in summary.sentences.summary(city_report()).data
    assert "位次范围为第 10 位" in summary.sentences.summary(city_report("330700")).data


def test_the_summary_in_english(city_report):
    assert summary.sentences.summary(city_report(language="en")).data == (
        "In 2012 Quzhou scores **79.24** on the Public-statistics service index over 2 of 10 projects, "
        "**rank 4** of 11. Its range of ranks over all the ways of scoring that the study declares is 3–8. Results on "
        "which it is first or second: 2; last or next to last: 8. This edition awards no grade."
    )


def test_the_round_names_the_city_with_the_widest_range(city_report):
    coverage, choices = summary.sentences.of_the_round(city_report())
    spans = (
        position.tables.ranking(city_report())
        .set_index("城市")["位次范围"]
        .map(lambda cell: [int(n) for n in cell.split("—")])
    )
    widest = spans.map(lambda ends: ends[-1] - ends[0]).idxmax()
    assert f"范围最宽的是{widest}（第 {spans[widest][0]}—{spans[widest][1]} 位）。" in choices
    assert "公共统计服务指数（涵盖 10 项工程中的 2 项）" in coverage
    assert "不是计划的完成度，也不评定等次" in coverage


@pytest.mark.parametrize(("groups", "more"), [(10, ""), (12, "等共 12 组")])
def test_of_many_groups_of_scores_printed_alike_ten_are_named(city_report, groups, more):
    report = replace(city_report())
    found = pd.DataFrame({"year": report.year, "regions": [("330800", "330100")] * groups})
    report.__dict__["result"] = result = replace(report.result)
    result.__dict__["blurred"] = lambda: found
    said = summary.sentences.of_the_round(report)[-1]
    assert said.count("衢州市、杭州市") == 10
    assert ("等共" in said) == bool(more)
    assert more in said
