import pytest

from tests.reporting.printed import position, summary

CITIES = ["330800", "330100", "330900", "331000"]


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("year", [2010, 2012])
def test_the_position_has_the_numbers_of_the_tables(city_report, city, year):
    row, text = (
        summary.tables.headline(city_report(city, year)).iloc[0],
        position.sentences.position(city_report(city, year)).data,
    )
    path = position.tables.path(city_report(city, year)).set_index("年份")["位次"]
    moved = (
        f"由第 {path[year - 1]} 位变为第 {path[year]} 位" if path[year - 1] != path[year] else f"仍为第 {path[year]} 位"
    )
    assert text.startswith(f"得分比上年 {row['比上年']} 分，位次{moved}。")
    above, below = ([*cell.rstrip(")").split(" ("), ""][:2] for cell in row[["上一位（相差）", "下一位（相差）"]])
    assert ("距上一位" in text, "领先下一位" in text) == (above[0] != "—", below[0] != "—")
    assert all(f"位{make} {points} 分。" in text for make, points in (above, below) if points)


@pytest.mark.parametrize("city", CITIES)
def test_the_position_names_the_ways_that_move_the_rank(city_report, city):
    table = position.tables.alternatives(city_report(city))
    own, *others = table[["评价方案", "位次"]].itertuples(index=False, name=None)
    moved = [f"“{way}”时第 {rank} 位" for way, rank in others if rank != own[1]]
    end = f"**位次取决于方法的选择**：{'、'.join(moved)}。" if moved else "换用所列任何一种方案，位次都不变。"
    assert position.sentences.position(city_report(city)).data.endswith(end)


def test_the_position_in_english(city_report):
    assert position.sentences.position(city_report(language="en")).data == (
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
    assert position.sentences.position(city_report(year=2008, language=language)).data.startswith(sentence)
    assert sentence.strip() not in position.sentences.position(city_report(language=language)).data
