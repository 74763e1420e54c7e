from decimal import Decimal
from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from evalkit.reporting.report import RoundReport
from tests.reporting.conftest import declaring
from tests.reporting.printed import efficiency, fiscal

KNOWN = ["exp_education", "exp_health"]


@pytest.fixture(scope="module")
def report(study, result):
    return RoundReport(study, result, 2012, "zh")


@pytest.fixture(scope="module")
def amounts(figures):
    """What each city put in and what came out in 2012, from the printed figures."""
    year = figures.xs(2012, level="year").dropna(subset=["exp_education"])
    return pd.DataFrame(
        {
            "spending": year.exp_education + year.exp_health,
            "teachers": year.teachers_primary + year.teachers_secondary,
            "physicians": year.physicians,
            "people": year.pop_resident * 1e4,
        }
    )


def test_money_per_head_and_results_are_ranked_side_by_side(report, amounts):
    table = efficiency.tables.ranks(report).set_index("城市")
    per_head = amounts.spending * 1e4 / amounts.people
    assert table.at["宁波市", "人均投入（元）"] == round(Decimal(per_head["330200"]))
    assert table.at["宁波市", "投入位次"] == per_head.rank(ascending=False)["330200"]
    assert (table.at["宁波市", "结果位次"], table.at["宁波市", "位次差（投入−结果）"]) == (6, "-4")
    assert table.at["舟山市", "位次差（投入−结果）"] == "0"


def test_a_score_is_what_no_mix_of_cities_betters(report, amounts):
    """Jiaxing's outputs over its score are within reach of its peers at its spending, and of no pair by more."""
    score = float(efficiency.tables.scores(report).set_index("城市").at["嘉兴市", "效率得分"])
    own, others = amounts.loc["330400"], amounts.drop("330400")
    share = np.linspace(0, 1, 201)[:, None]
    mixed = [share * a + (1 - share) * b for a, b in permutations(others.to_numpy(), 2)]
    mixes = pd.DataFrame(np.concatenate(mixed), columns=others.columns).query("spending <= @own.spending")
    best = (mixes[["teachers", "physicians"]] / own[["teachers", "physicians"]]).min(axis=1).max()
    assert 1 / best == pytest.approx(score, abs=0.004)


def test_scores_of_few_cities_stand_without_intervals_that_would_not_hold(report):
    assert not [name for name in efficiency.tables.scores(report) if "区间" in name or "纠偏" in name]


def test_a_city_that_nothing_compares_with_is_said_to_be(report):
    table = efficiency.tables.scores(report).set_index("城市")
    assert table.at["舟山市", "超效率得分"] == "无可比市"
    assert table.at["嘉兴市", "超效率得分"] == table.at["嘉兴市", "效率得分"]
    assert set(table["规模"]) == {"规模偏大", "规模偏小", "最适规模"}


def test_targets_are_those_of_the_peers_in_their_shares(report, amounts):
    table = efficiency.tables.targets(report).set_index(["城市", "项目（单位）"])
    row = table.loc[("嘉兴市", "执业（助理）医师 (人)")]
    frontier = report.efficiency.frontier
    shares = frontier.peers[frontier.peers.unit == "330400"].set_index("peer").intensity
    assert float(row["参照市所示水平"]) == pytest.approx(shares @ amounts.physicians[shares.index], abs=0.5)
    assert row["数值"] == amounts.physicians["330400"]
    assert row["参照市（权重）"] == "衢州市 (59 %)、温州市 (41 %)"
    assert not {"杭州市", "温州市", "衢州市", "舟山市"} & set(table.index.get_level_values(0))


def test_productivity_is_the_product_of_its_parts_and_the_mean_stands_last(report):
    table = efficiency.tables.productivity(report)
    assert table["城市"].iloc[-1] == "几何平均"
    parts = table["效率变动"].astype(float) * table["前沿变动"].astype(float)
    assert parts.tolist() == pytest.approx(table["全要素生产率变动"].astype(float).tolist(), abs=0.002)


def test_the_first_year_has_no_change(study, result):
    assert efficiency.tables.productivity(RoundReport(study, result, 2008, "en")).empty


def test_a_round_that_reads_no_efficiency_has_empty_tables(project):
    text = project.path("study").read_text("utf-8").partition("# What is read beside the score")[0]
    project.path("study").write_text(text, encoding="utf-8")
    study = project.load()
    report = RoundReport(study, study.evaluate(), 2012, "zh")
    for table in (
        efficiency.tables.ranks,
        efficiency.tables.scores,
        efficiency.tables.targets,
        efficiency.tables.productivity,
    ):
        assert table(report).empty


def test_the_smallest_city_is_on_the_frontier_alone(city_report):
    row = efficiency.tables.frontier(city_report("330900")).iloc[0]
    assert (row["效率得分"], row["超效率得分"], row["规模"]) == (Decimal("1.000"), "无可比市", "规模偏小")
    assert row["规模报酬不变得分"] == row["规模效率"] < Decimal("0.6")


def test_money_per_head_stands_beside_the_score(city_report, figures):
    row = efficiency.tables.frontier(city_report("330300")).iloc[0]
    year = figures.xs(2012, level="year").dropna(subset=KNOWN)
    per_head = year[KNOWN].sum(axis=1) / year.pop_resident
    assert row["人均投入（元）"] == round(Decimal(per_head["330300"]))
    assert row["投入位次"] == per_head.rank(ascending=False)["330300"] == 11


def test_targets_are_those_of_the_peers_named(city_report, amounts):
    """Jiaxing's peers, in the shares printed, spend no more and have what the table shows."""
    report = city_report("330400")
    named = dict(
        cell.rstrip(" %)").split(" (") for cell in efficiency.tables.frontier(report)["参照市（权重）"][0].split("、")
    )
    codes = {report.region(code): code for code in amounts.index}
    own = amounts[["spending", "teachers", "physicians"]]
    mix = sum(int(share) / 100 * own.loc[codes[name]] for name, share in named.items())
    found = efficiency.tables.frontier_targets(report)
    assert list(found["参照市所示水平"].astype(float)) == pytest.approx(list(mix), rel=0.01)
    assert list(found["数值"].astype(float)) == list(own.loc["330400"])
    assert float(found["差额"][0]) <= 0 < float(found["差额"][1])


@pytest.mark.parametrize("city", ["330100", "330300", "330800", "330900"])
def test_a_city_on_the_frontier_has_nothing_to_reach(city_report, city):
    assert efficiency.tables.frontier_targets(city_report(city)).shape == (0, 4)


@pytest.mark.parametrize(
    "make", [efficiency.tables.frontier, efficiency.tables.frontier_targets, fiscal.tables.fiscal_effort]
)
def test_what_is_not_declared_is_an_empty_table(city_report, make):
    report = declaring(city_report(), efficiency=None, fiscal=None)
    assert make(report).shape == (0, make(city_report()).shape[1])
