import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
import pytest

from tests.reporting.conftest import GOALPOSTS, PER_HEAD
from tests.reporting.narrative.test_composition import under
from tests.reporting.printed import tables
from tests.reporting.public import OF_A_PUBLIC_CITY

CITIES = ["330800", "330100"]
CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]+")
# what an English table says in Chinese: the plan's clauses and the number of a document
CLAUSE = re.compile("[一二三四五六七八九十]+（[一二三四五六七八九十]+）")
DOCUMENTS = ("国办发〔2001〕74号",)


def printed(number):
    return Decimal(str(round(number, 9))).quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.fixture(scope="session")
def scores(points):
    """The index in plain pandas: index (city, year), as printed."""
    return points.mean(axis=1).map(printed)


@pytest.fixture(scope="session")
def ways(figures, uncapped, points):
    """The index of 2012 under every alternative, in plain pandas: one row a city."""
    registered = figures.eval(f"physicians / {PER_HEAD} * 1000".replace("resident", "registered")).to_frame(
        "P04-physicians"
    )
    registered["P04-beds"] = figures.eval(f"hospital_beds / {PER_HEAD} * 1000".replace("resident", "registered"))
    posts = GOALPOSTS[list(registered)]
    other = (100 * (registered - posts.loc["worst"]) / (posts.loc["best"] - posts.loc["worst"])).clip(0, 100)
    table = {
        "main": points.mean(axis=1),
        "equal": points.mean(axis=1),
        "geometric": np.exp(np.log(points).mean(axis=1)),
        "min-max": (100 * (uncapped - uncapped.min()) / (uncapped.max() - uncapped.min())).mean(axis=1),
        "uncapped": uncapped.mean(axis=1),
        "registered": points.assign(**other.loc[points.index]).mean(axis=1),
    }
    return pd.DataFrame(table).xs(2012, level="year").map(printed)


def every_table(report):
    made = {name: table(report) for name, table in (OF_A_PUBLIC_CITY | tables.OF_THE_ROUND).items()}
    return {name: table.printed for name, table in made.items() if table is not None}  # before the first census


def test_every_name_is_there():
    assert [name for name in tables.__all__ if not hasattr(tables, name)] == []
    functions = {name for name in tables.__all__ if callable(getattr(tables, name))}
    assert {*OF_A_PUBLIC_CITY, *tables.OF_THE_ROUND} == functions - {"cover", "imputed", "city_imputed"}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("year", [2008, 2012])
def test_cells_are_text_or_numbers(city_report, language, year):
    for name, table in every_table(city_report(year=year, language=language)).items():
        assert all(isinstance(cell, str | int | Decimal | date) for cell in table.to_numpy().ravel()), name
        assert table.columns.is_unique, name


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("year", [2008, 2012])
def test_english_tables_are_english(city_report, city, year):
    report = city_report(city, year, "en")
    for name, table in (every_table(report) | {"cover": tables.cover(report)}).items():
        text = CLAUSE.sub("", "\n".join(map(str, [*table.columns, *table.to_numpy().ravel()])))
        for document in DOCUMENTS:
            text = text.replace(document, "")
        assert CHINESE.findall(text) == [], name


def test_both_languages_have_the_same_numbers(city_report):
    chinese, english = (every_table(city_report(language=language)) for language in ("zh", "en"))
    assert {name: numbers(table) for name, table in chinese.items()} == {
        name: numbers(table) for name, table in english.items()
    }


def numbers(table):
    return [[cell if not isinstance(cell, str) else None for cell in row] for row in table.to_numpy()]


def test_the_cover_says_what_it_is_and_is_to_be_signed(city_report):
    cover = tables.cover(city_report()).set_index("项目").数值
    assert cover["城市"] == "衢州市 (330800)"
    assert cover["总指标"] == "公共统计服务指数（涵盖 10 项工程中的 2 项）"
    assert (cover["版本"], cover["指标体系版本"], cover["状态"]) == ("公开统计版", "zhejiang-public 1.0", "初评")
    assert set(cover[["制表", "复核", "审定"]]) == {"（签名）"}


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("year", [2009, 2012])
def test_the_headline_is_that_of_plain_pandas(city_report, scores, city, year):
    row = tables.headline(city_report(city, year)).iloc[0]
    in_year = scores.xs(year, level="year")
    assert row["得分"] == in_year[city]
    assert row["比上年"] == f"{in_year[city] - scores[city, year - 1]:+}"
    assert row["位次"] == 1 + (in_year > in_year[city]).sum()


def test_the_headline_names_the_neighbours(city_report, scores):
    row = tables.headline(city_report()).iloc[0]
    in_2012 = scores.xs(2012, level="year").sort_values()
    assert list(in_2012.index[-5:]) == ["330500", "330800", "331100", "330100", "330900"]
    assert row["上一位（相差）"] == f"丽水市 ({in_2012['331100'] - in_2012['330800']})"
    assert row["下一位（相差）"] == f"湖州市 ({in_2012['330800'] - in_2012['330500']})"


def test_the_first_and_the_last_have_one_neighbour(city_report):
    assert tables.headline(city_report("330900")).iloc[0]["上一位（相差）"] == "—"
    assert tables.headline(city_report("331000")).iloc[0]["下一位（相差）"] == "—"


def test_the_base_year_has_no_change(city_report):
    report = city_report(year=2008)
    assert tables.headline(report).at[0, "比上年"] == "—"
    assert set(tables.ranking(report)["比上年"]) == {"—"}
    assert set(tables.projects(report)["比上年"]) == {"—"}


def test_all_cities_together_are_ratios_of_sums(city_report, figures):
    cities = figures.loc[figures.fiscal_expenditure.notna()].xs(2012, level="year").sum()
    ratios = {
        "P03-primary": cities.pupils_primary * 1e4 / cities.teachers_primary,
        "P03-secondary": cities.pupils_secondary * 1e4 / cities.teachers_secondary,
        "P04-physicians": cities.physicians / cities.pop_resident / 10,
        "P04-beds": cities.hospital_beds / cities.pop_resident / 10,
    }
    share = (pd.Series(ratios) - GOALPOSTS.loc["worst"]) / (GOALPOSTS.loc["best"] - GOALPOSTS.loc["worst"])
    assert tables.headline(city_report()).at[0, "各市合计得分"] == printed(100 * share.clip(0, 1).mean())


@pytest.mark.parametrize("city", CITIES)
def test_the_path_is_that_of_plain_pandas(city_report, scores, uncapped, city):
    path = tables.path(city_report(city, 2012))
    assert list(path["年份"]) == [2008, 2009, 2010, 2011, 2012]
    assert list(path["得分"]) == list(scores[city])
    assert list(path["未封顶得分"]) == list(uncapped.loc[city].mean(axis=1).map(printed))


@pytest.mark.parametrize("city", CITIES)
def test_alternatives_are_those_of_plain_pandas(city_report, ways, city):
    table = tables.alternatives(city_report(city))
    assert list(table["得分"]) == list(ways.loc[city])
    assert list(table["位次"]) == list((ways > ways.loc[city]).sum() + 1)


def test_the_ranking_is_that_of_plain_pandas(city_report, scores, ways):
    ranking = tables.ranking(city_report())
    in_2012 = scores.xs(2012, level="year").sort_values(ascending=False)
    ranks = ways.rank(ascending=False, method="min").astype(int)
    assert list(ranking["代码"]) == list(in_2012.index)
    assert list(ranking["得分"]) == list(in_2012)
    assert list(ranking["位次"]) == list(ranks.main[in_2012.index])
    spans = [f"{a}–{b}" if a != b else str(a) for a, b in zip(ranks.min(axis=1), ranks.max(axis=1), strict=True)]
    assert list(ranking["位次范围"]) == list(pd.Series(spans, index=ranks.index)[in_2012.index])


def test_changes_of_the_ranking_are_those_of_the_printed_scores(city_report, scores):
    ranking = tables.ranking(city_report()).set_index("代码")
    assert {code: Decimal(change) for code, change in ranking["比上年"].items()} == {
        code: scores[code, 2012] - scores[code, 2011] for code in ranking.index
    }


def test_the_ranking_gives_the_weight_that_scores_rest_on_where_any_rests_on_part(city_report):
    assert "计分所据权数（%）" not in tables.ranking(city_report())
    quzhou = ("330800", "P04-beds"), ("330800", "P04-physicians"), ("330800", "P03-primary")
    ranking = tables.ranking(under(city_report(), *quzhou, min_weight=0.2)).set_index("代码")
    assert ranking["计分所据权数（%）"].value_counts().to_dict() == {Decimal("100.0"): 10, Decimal("25.0"): 1}
    assert ranking.at["330800", "计分所据权数（%）"] == Decimal("25.0")
    own = under(city_report(), *quzhou, min_weight=0.2)
    assert tables.headline(own).at[0, "计分所据权数（%）"] == Decimal("25.0")


def test_all_ten_projects_and_the_fiscal_guarantee_are_listed(city_report):
    table = tables.projects(city_report())
    assert len(table) == 11
    assert list(table["工程"])[-1] == "财政保障"
    assert all(name.endswith("工程") for name in table["工程"][:10])
    assert list(table["领域"][:10]) == ["社会保障体系"] * 5 + ["社会事业体系"] * 3 + ["公用设施体系"] * 2


def test_projects_without_data_say_so(city_report):
    table = tables.projects(city_report())
    empty = table[table["展示指标数"] == 0]
    assert set(empty["工程"]) == {"社会福利工程", "民工关爱工程", "社区服务工程"}
    assert set(empty["状态"]) == {"无公开数据"}
    assert (table["状态"] == "无公开数据").sum() == 3


def test_only_scored_projects_have_scores(city_report):
    table = tables.projects(city_report()).set_index("工程")
    scored = table.index[table["得分"] != "—"]
    assert list(scored) == list(table.index[table["状态"] == "计分"]) == ["教育公平工程", "全民健康工程"]
    assert set(table.drop(scored)["状态"]) == {"无公开数据", "无符合计分条件的指标，仅展示", "投入"}
    assert table["权数"].sum() == 100
    assert table.loc["财政保障", ["权数", "得分", "状态"]].tolist() == [0, "—", "投入"]


@pytest.mark.parametrize("city", CITIES)
def test_projects_score_the_mean_of_their_indicators(city_report, points, city):
    table = tables.projects(city_report(city)).set_index("工程")
    education = points[["P03-primary", "P03-secondary"]].mean(axis=1).map(printed)
    in_2012 = education.xs(2012, level="year")
    row = table.loc["教育公平工程"]
    assert (row["得分"], row["位次"]) == (in_2012[city], 1 + (in_2012 > in_2012[city]).sum())
    assert Decimal(row["比上年"]) == education[city, 2012] - education[city, 2011]
