from decimal import Decimal

import pytest

from tests.reporting.conftest import declaring
from tests.reporting.printed import tables

KNOWN = ["exp_education", "exp_health"]


@pytest.fixture(scope="module")
def amounts(figures):
    """What each city put in and what came out in 2012, from the printed figures."""
    year = figures.xs(2012, level="year").dropna(subset=KNOWN)
    teachers = year.teachers_primary + year.teachers_secondary
    return year.assign(spending=year[KNOWN].sum(axis=1), teachers=teachers)[["spending", "teachers", "physicians"]]


def test_the_smallest_city_is_on_the_frontier_alone(city_report):
    row = tables.frontier(city_report("330900")).iloc[0]
    assert (row["效率得分"], row["超效率得分"], row["规模"]) == (Decimal("1.000"), "无可比市", "规模偏小")
    assert row["规模报酬不变得分"] == row["规模效率"] < Decimal("0.6")


def test_money_per_head_stands_beside_the_score(city_report, figures):
    row = tables.frontier(city_report("330300")).iloc[0]
    year = figures.xs(2012, level="year").dropna(subset=KNOWN)
    per_head = year[KNOWN].sum(axis=1) / year.pop_resident
    assert row["人均投入（元）"] == round(Decimal(per_head["330300"]))
    assert row["投入位次"] == per_head.rank(ascending=False)["330300"] == 11


def test_targets_are_those_of_the_peers_named(city_report, amounts):
    """Jiaxing's peers, in the shares printed, spend no more and have what the table shows."""
    report = city_report("330400")
    named = dict(cell.rstrip(" %)").split(" (") for cell in tables.frontier(report)["参照市（权重）"][0].split("、"))
    codes = {report.region(code): code for code in amounts.index}
    mix = sum(int(share) / 100 * amounts.loc[codes[name]] for name, share in named.items())
    found = tables.frontier_targets(report)
    assert list(found["参照市所示水平"].astype(float)) == pytest.approx(list(mix), rel=0.01)
    assert list(found["数值"].astype(float)) == list(amounts.loc["330400"])
    assert float(found["差额"][0]) <= 0 < float(found["差额"][1])


@pytest.mark.parametrize("city", ["330100", "330300", "330800", "330900"])
def test_a_city_on_the_frontier_has_nothing_to_reach(city_report, city):
    assert tables.frontier_targets(city_report(city)).shape == (0, 4)


@pytest.mark.parametrize("city", ["330300", "330900"])
def test_growth_is_that_of_the_printed_figures(city_report, figures, city):
    table = tables.fiscal_effort(city_report(city)).set_index("年份")
    own = figures.loc[city].loc[2008:2012]
    growth = 100 * own.fiscal_expenditure.pct_change()
    assert [float(table.at[year, "支出增速（%）"]) for year in range(2009, 2013)] == pytest.approx(
        list(growth.loc[2009:]), abs=0.05001
    )
    mean = 100 * ((own.fiscal_revenue[2012] / own.fiscal_revenue[2008]) ** 0.25 - 1)
    assert float(table["本级收入增速（%）"].iloc[-1]) == pytest.approx(mean, abs=0.05001)
    assert table.at[2012, "人均支出（元）"] == round(Decimal(own.fiscal_expenditure[2012] / own.pop_resident[2012]))


@pytest.mark.parametrize("city", ["330300", "330900"])
def test_shares_of_growth_are_those_of_the_printed_figures(city_report, figures, city):
    table = tables.fiscal_effort(city_report(city)).set_index("年份")
    own = figures.loc[city].loc[2008:2012]
    known, spending = own[KNOWN].sum(axis=1), own.fiscal_expenditure
    by_year = 100 * (known.diff() / spending.diff()).loc[2009:]
    whole = 100 * (known[2012] - known[2008]) / (spending[2012] - spending[2008])
    found = table["支出增量中所列功能占比（%）"].iloc[1:].astype(float)
    assert list(found) == pytest.approx([*by_year, whole], abs=0.05001)


def test_growth_and_its_difference_add_up_as_printed(city_report):
    table = tables.fiscal_effort(city_report()).iloc[1:]
    difference = table["支出增速（%）"] - table["本级收入增速（%）"]
    assert list(difference) == [Decimal(cell) for cell in table["支出增速减收入增速（百分点）"]]


def test_the_first_year_has_no_growth(city_report):
    table = tables.fiscal_effort(city_report(year=2008))
    assert len(table) == 1
    assert list(table.iloc[0, 4:]) == ["—"] * 5


def test_years_after_the_report_s_own_are_not_shown(city_report):
    years = tables.fiscal_effort(city_report(year=2010))["年份"]
    assert list(years) == [2008, 2009, 2010, "2008—2010（增速为年均，占比为累计）"]


@pytest.mark.parametrize("name", ["frontier", "frontier_targets", "fiscal_effort"])
def test_what_is_not_declared_is_an_empty_table(city_report, name):
    report = declaring(city_report(), efficiency=None, fiscal=None)
    assert getattr(tables, name)(report).shape == (0, getattr(tables, name)(city_report()).shape[1])
