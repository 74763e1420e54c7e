from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from evalkit.index import Group
from tests.indicators import GOALPOSTS, PER_HEAD
from tests.reporting.cities import WENZHOU, assessed_report
from tests.reporting.plain import printed
from tests.reporting.printed import position, summary
from tests.reporting.whatif import under

CITIES = ["330800", "330100"]


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


def test_the_base_year_has_no_change(city_report):
    report = city_report(year=2008)
    assert summary.tables.headline(report).at[0, "比上年"] == "—"
    assert set(position.tables.ranking(report)["比上年"]) == {"—"}
    assert set(position.tables.projects(report)["比上年"]) == {"—"}


@pytest.mark.parametrize("city", CITIES)
def test_the_path_is_that_of_plain_pandas(city_report, scores, uncapped, city):
    path = position.tables.path(city_report(city, 2012))
    assert list(path["年份"]) == [2008, 2009, 2010, 2011, 2012]
    assert list(path["得分"]) == list(scores[city])
    assert list(path["未封顶得分"]) == list(uncapped.loc[city].mean(axis=1).map(printed))


@pytest.mark.parametrize("city", CITIES)
def test_alternatives_are_those_of_plain_pandas(city_report, ways, city):
    table = position.tables.alternatives(city_report(city))
    assert list(table["得分"]) == list(ways.loc[city])
    assert list(table["位次"]) == list((ways > ways.loc[city]).sum() + 1)


def test_the_ranking_is_that_of_plain_pandas(city_report, scores, ways):
    ranking = position.tables.ranking(city_report())
    in_2012 = scores.xs(2012, level="year").sort_values(ascending=False)
    ranks = ways.rank(ascending=False, method="min").astype(int)
    assert list(ranking["代码"]) == list(in_2012.index)
    assert list(ranking["得分"]) == list(in_2012)
    assert list(ranking["位次"]) == list(ranks.main[in_2012.index])
    spans = [f"{a}—{b}" if a != b else str(a) for a, b in zip(ranks.min(axis=1), ranks.max(axis=1), strict=True)]
    assert list(ranking["位次范围"]) == list(pd.Series(spans, index=ranks.index)[in_2012.index])


def test_changes_of_the_ranking_are_those_of_the_printed_scores(city_report, scores):
    ranking = position.tables.ranking(city_report()).set_index("代码")
    assert {code: Decimal(change) for code, change in ranking["比上年"].items()} == {
        code: scores[code, 2012] - scores[code, 2011] for code in ranking.index
    }


def test_the_ranking_gives_the_weight_that_scores_rest_on_where_any_rests_on_part(city_report):
    assert "计分所据权数（%）" not in position.tables.ranking(city_report())
    quzhou = ("330800", "P04-beds"), ("330800", "P04-physicians"), ("330800", "P03-primary")
    ranking = position.tables.ranking(under(city_report(), *quzhou, min_weight=0.2)).set_index("代码")
    assert ranking["计分所据权数（%）"].value_counts().to_dict() == {Decimal("100.0"): 10, Decimal("25.0"): 1}
    assert ranking.at["330800", "计分所据权数（%）"] == Decimal("25.0")
    own = under(city_report(), *quzhou, min_weight=0.2)
    assert summary.tables.headline(own).at[0, "计分所据权数（%）"] == Decimal("25.0")


def test_all_ten_projects_and_the_fiscal_guarantee_are_listed(city_report):
    table = position.tables.projects(city_report())
    assert len(table) == 11
    assert list(table["工程"])[-1] == "财政保障"
    assert all(name.endswith("工程") for name in table["工程"][:10])
    assert list(table["领域"][:10]) == ["社会保障体系"] * 5 + ["社会事业体系"] * 3 + ["公用设施体系"] * 2


def test_projects_without_data_say_so(city_report):
    table = position.tables.projects(city_report())
    empty = table[table["展示指标数"] == 0]
    assert set(empty["工程"]) == {"社会福利工程", "民工关爱工程", "社区服务工程"}
    assert set(empty["状态"]) == {"无公开数据"}
    assert (table["状态"] == "无公开数据").sum() == 3


def test_only_scored_projects_have_scores(city_report):
    table = position.tables.projects(city_report()).set_index("工程")
    scored = table.index[table["服务水平得分"] != "—"]
    assert list(scored) == list(table.index[table["状态"] == "计分"]) == ["教育公平工程", "全民健康工程"]
    assert set(table.drop(scored)["状态"]) == {"无公开数据", "无符合计分条件的指标，仅展示", "投入"}
    assert table["权数"].sum() == 100
    assert table.loc["财政保障", ["权数", "服务水平得分", "状态"]].tolist() == [0, "—", "投入"]


@pytest.mark.parametrize("city", CITIES)
def test_projects_score_the_mean_of_their_indicators(city_report, points, city):
    table = position.tables.projects(city_report(city)).set_index("工程")
    education = points[["P03-primary", "P03-secondary"]].mean(axis=1).map(printed)
    in_2012 = education.xs(2012, level="year")
    row = table.loc["教育公平工程"]
    assert (row["服务水平得分"], row["位次"]) == (in_2012[city], 1 + (in_2012 > in_2012[city]).sum())
    assert Decimal(row["比上年"]) == education[city, 2012] - education[city, 2011]


def test_a_project_that_lacks_a_figure_is_scored_on_the_others_and_says_on_how_many():
    report = assessed_report(WENZHOU, 2012)
    own = position.tables.projects(report).set_index("工程").loc["社区服务工程"]
    result, known = report.result, ["P07-01", "P07-02", "P07-03"]  # of four
    assert own["服务水平得分"] == printed(result.normalised.loc[(WENZHOU, 2012), known].mean())
    assert own["计分所据指标数"] == "3/4"
    headline = summary.tables.headline(report).iloc[0]
    assert (headline["计分所据指标数"], headline["得分"]) == ("62/64", printed(result.scores["index"][WENZHOU, 2012]))


def test_the_change_on_the_year_before_is_that_of_the_indicators_known_in_both():
    report = assessed_report(WENZHOU, 2012)
    both = report.result.normalised.loc[[(WENZHOU, 2011), (WENZHOU, 2012)]].dropna(axis="columns")
    assert both.shape[1] < 64
    before, now = (printed(_mean_of_means(report.system.tree, own)) for _, own in both.iterrows())
    assert Decimal(summary.tables.headline(report).at[0, "比上年"]) == now - before


def _mean_of_means(node, known):
    """The score of a node; what has no figure leaves its own group alone."""
    if not isinstance(node, Group):
        return known.get(node.code)
    parts = {child: _mean_of_means(child, known) for child in node.scored_children}
    parts = {child: score for child, score in parts.items() if score is not None}
    return np.average(list(parts.values()), weights=[child.weight for child in parts]) if parts else None
