import re
from dataclasses import replace

import pytest

from evalkit.reporting import RoundReport, narrative
from evalkit.scoring.uncertainty_sources import WeightNoise
from tests.reporting.printed import tables

CITIES = ["330800", "330100", "330900", "331000"]


def said(report, name):
    return getattr(narrative, name)(report).data


def numbers(text):
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)]


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_summary_has_the_numbers_of_the_tables(city_report, city, language):
    report = city_report(city, 2012, language)
    score, _, rank, span, *_ = tables.headline(report).iloc[0]
    ends = [int(end) for end in span.split("–")]
    listed = [len(tables.strengths(report)), len(tables.shortfalls(report))]
    cities, covered = [len(tables.ranking(report))], [10, 2] if language == "zh" else [2, 10]
    named = [*covered, float(score)] if language == "zh" else [float(score), *covered]
    order = [2012, *named, *cities, rank] if language == "zh" else [2012, *named, rank, *cities]
    assert numbers(said(report, "summary")) == [*order, *ends, *listed]


def test_the_summary_in_words(city_report):
    assert said(city_report(), "summary").startswith(
        "衢州市 2012 年公共统计服务指数（涵盖 10 项工程中的 2 项）为 **79.24 分**，"
    )
    assert "位次范围为第 3–8 位" in said(city_report(), "summary")
    assert "位次范围为第 10 位" in said(city_report("330700"), "summary")


def test_the_summary_in_english(city_report):
    assert said(city_report(language="en"), "summary") == (
        "In 2012 Quzhou scores **79.24** on the Public-statistics service index over 2 of 10 projects, "
        "**rank 4** of 11. Its range of ranks over all the ways of scoring listed below is 3–8. Results on "
        "which it is first or second: 2; last or next to last: 8. This edition awards no grade."
    )


def test_the_basis_counts_what_the_composition_shows(city_report):
    composition = tables.composition(city_report())
    scored = (composition["状态"] == "计分").sum()
    assert f"展示指标 {len(composition)} 项，其中**计分 {scored} 项**，其余 {33 - scored} 项" in said(
        city_report(), "basis"
    )
    assert "指数涵盖 10 项工程中的 2 项，**不是**计划的完成度。计划的 14 项目标中可用所列指标核验的有 0 项。" in said(
        city_report(), "basis"
    )


@pytest.mark.parametrize(
    ("language", "closing"), [("zh", "换用户籍人口的结果见“总体情况”一节。"), ("en", "per registered inhabitant.")]
)
def test_the_basis_ends_with_the_notes_of_the_round(city_report, language, closing):
    assert said(city_report(language=language), "basis").endswith(closing)


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("year", [2010, 2012])
def test_the_position_has_the_numbers_of_the_tables(city_report, city, year):
    row, text = tables.headline(city_report(city, year)).iloc[0], said(city_report(city, year), "position")
    path = tables.path(city_report(city, year)).set_index("年份")["位次"]
    moved = (
        f"由第 {path[year - 1]} 位变为第 {path[year]} 位" if path[year - 1] != path[year] else f"仍为第 {path[year]} 位"
    )
    assert text.startswith(f"得分比上年 {row['比上年']} 分，位次{moved}。")
    above, below = ([*cell.rstrip(")").split(" ("), ""][:2] for cell in row[["上一位（相差）", "下一位（相差）"]])
    assert ("距上一位" in text, "领先下一位" in text) == (above[0] != "—", below[0] != "—")
    assert all(f"位{name} {points} 分。" in text for name, points in (above, below) if points)


@pytest.mark.parametrize("city", CITIES)
def test_the_position_names_the_ways_that_move_the_rank(city_report, city):
    table = tables.alternatives(city_report(city))
    own, *others = table[["评价方案", "位次"]].itertuples(index=False, name=None)
    moved = [f"“{way}”时第 {rank} 位" for way, rank in others if rank != own[1]]
    end = f"**位次取决于方法的选择**：{'、'.join(moved)}。" if moved else "换用所列任何一种方案，位次都不变。"
    assert said(city_report(city), "position").endswith(end)


def test_the_position_in_english(city_report):
    assert said(city_report(language="en"), "position") == (
        "The score changes by +5.98 on the year before; the rank stays 4. Lishui, next above, is 5.61 points ahead. "
        "Huzhou, next below, is 3.88 points behind. **The rank depends on the choice of method**: "
        "3 (min–max over all cities and years); 3 (without the cap); 8 (per registered inhabitant)."
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh", "2008 年为基年，不与以前年份比较。"),
        ("en", "2008 is the base year, and is not held against any before it. "),
    ],
)
def test_the_base_year_says_that_it_is(city_report, language, sentence):
    assert said(city_report(year=2008, language=language), "position").startswith(sentence)
    assert sentence.strip() not in said(city_report(language=language), "position")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_shortfalls_are_counted(city_report, language):
    table = tables.shortfalls(city_report(language=language))
    scored = table.iloc[:, -2].isin(["计分", "scored"]).sum()
    assert numbers(said(city_report(language=language), "shortfalls")) == [len(table), scored] == [8, 1]


@pytest.mark.parametrize("city", CITIES)
def test_resources_have_the_ranks_of_the_table(city_report, city):
    ranks = tables.resources(city_report(city)).set_index("指标")["位次"]
    text = said(city_report(city), "resources")
    assert numbers(text) == [ranks["人均一般预算支出"], ranks["公共统计服务指数"]]
    assert "不能据此推断因果" in text


def test_counties_are_counted(city_report):
    assert numbers(said(city_report(), "counties")) == [2010, len(tables.counties(city_report())) - 1, 2012]
    assert "counties of the city (in number: 6)" in said(city_report(language="en"), "counties")


def test_doubts_are_counted(city_report):
    assert numbers(said(city_report(), "quality")) == [len(tables.quality(city_report()))]


def test_the_round_names_the_city_with_the_widest_range(city_report):
    coverage, choices = narrative.of_the_round(city_report())
    spans = (
        tables.ranking(city_report()).set_index("城市")["位次范围"].map(lambda cell: [int(n) for n in cell.split("–")])
    )
    widest = spans.map(lambda ends: ends[-1] - ends[0]).idxmax()
    assert f"范围最宽的是{widest}（第 {spans[widest][0]}–{spans[widest][1]} 位）。" in choices
    assert "公共统计服务指数（涵盖 10 项工程中的 2 项）" in coverage
    assert "不是计划的完成度，也不评定等次" in coverage


@pytest.mark.parametrize("name", ["summary", "basis", "position", "resources", "shortfalls", "counties", "quality"])
@pytest.mark.parametrize("year", [2008, 2012])
def test_english_sentences_are_english_and_complete(city_report, name, year):
    text = said(city_report(year=year, language="en"), name)
    assert not re.search("[\u3000-\u9fff\uff00-\uffef]", re.sub("[三四]（[三五]）", "", text))
    assert not re.search(r"[{}]|nan|None", text)


def test_only_the_sources_that_are_drawn_are_said_to_vary(study):
    drawn = study.uncertainty.model_copy(update={"sources": {"weights": WeightNoise(spread=0.1)}})
    alone = replace(study, round=study.round.model_copy(update={"uncertainty": drawn}))
    said = [narrative.robustness(RoundReport(own, own.evaluate(), 2012, "zh")).data for own in (study, alone)]
    assert "同时变动：权数、标准化方法、合成方法、是否封顶、去掉一项指标。" in said[0]
    assert "同时变动：权数。" in said[1]
