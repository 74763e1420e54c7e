from decimal import Decimal

import pandas as pd
import pytest

from tests.conftest import anew
from tests.reporting.printed import fiscal

KNOWN = ["exp_education", "exp_health"]
MONEY = ["fiscal_expenditure", "fiscal_revenue", "exp_education", "exp_health"]


@pytest.mark.parametrize("city", ["330300", "330900"])
def test_growth_is_that_of_the_printed_figures(city_report, figures, city):
    table = fiscal.tables.fiscal_effort(city_report(city)).set_index("年份")
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
    table = fiscal.tables.fiscal_effort(city_report(city)).set_index("年份")
    own = figures.loc[city].loc[2008:2012]
    known, spending = own[KNOWN].sum(axis=1), own.fiscal_expenditure
    by_year = 100 * (known.diff() / spending.diff()).loc[2009:]
    whole = 100 * (known[2012] - known[2008]) / (spending[2012] - spending[2008])
    found = table["支出增量中所列功能占比（%）"].iloc[1:].astype(float)
    assert list(found) == pytest.approx([*by_year, whole], abs=0.05001)


def test_growth_and_its_difference_add_up_as_printed(city_report):
    table = fiscal.tables.fiscal_effort(city_report()).iloc[1:]
    difference = table["支出增速（%）"] - table["本级收入增速（%）"]
    assert list(difference) == [Decimal(cell) for cell in table["支出增速减收入增速（百分点）"]]


def test_the_first_year_of_a_city_has_no_growth(city_report):
    table = fiscal.tables.fiscal_effort(city_report(year=2008))
    assert len(table) == 1
    assert list(table.iloc[0, 4:]) == ["—"] * 5


def test_years_after_the_report_s_own_are_not_shown(city_report):
    years = fiscal.tables.fiscal_effort(city_report(year=2010))["年份"]
    assert list(years) == [2008, 2009, 2010, "2008—2010（增速为年均，占比为累计）"]


@pytest.fixture(scope="module")
def report(round_report):
    return round_report()


@pytest.fixture(scope="module")
def amounts(figures):
    """The printed figures of the cities by year, and their sums as the region `sum`."""
    own = figures[[*MONEY, "pop_resident"]].dropna().drop(index="zhejiang", level="region", errors="ignore")
    return pd.concat([own, pd.concat({"sum": own.groupby("year").sum()}, names=["region", "year"])])


@pytest.fixture(scope="module")
def table(report):
    return fiscal.tables.effort(report).set_index("城市")


def test_cities_stand_by_spending_per_head_and_all_of_them_last(table, amounts):
    year = amounts.xs(2012, level="year")
    per_head = year.fiscal_expenditure / year.pop_resident
    assert list(table.iloc[:, 0].astype(float)) == [*per_head.drop("sum").sort_values()[::-1].round(), 6813]
    assert list(table["支出位次"]) == [*range(1, 12), "—"]


@pytest.mark.parametrize(("code", "name"), [("330800", "衢州市"), ("sum", "各市合计")])
def test_growth_is_compound_and_its_difference_that_of_the_printed_rates(table, amounts, code, name):
    growth = (amounts.loc[(code, 2012)] / amounts.loc[(code, 2008)]) ** (1 / 4) - 1
    spending, revenue, difference = table.loc[name].iloc[2:5]
    assert float(spending) == pytest.approx(100 * growth.fiscal_expenditure, abs=0.05)
    assert float(revenue) == pytest.approx(100 * growth.fiscal_revenue, abs=0.05)
    assert difference == f"{spending - revenue:+}"


@pytest.mark.parametrize(("code", "name"), [("330900", "舟山市"), ("sum", "各市合计")])
def test_shares_are_of_the_growth_in_the_year_since_the_first_and_of_the_level(table, amounts, code, name):
    own = amounts.loc[code].assign(known=lambda a: a.exp_education + a.exp_health)
    rises = [own.loc[2012] - own.loc[2011], own.loc[2012] - own.loc[2008], own.loc[2012]]
    shares = [100 * rise.known / rise.fiscal_expenditure for rise in rises]
    assert list(table.loc[name].iloc[5:].astype(float)) == pytest.approx(shares, abs=0.05)


@pytest.mark.parametrize("year", [2009, 2010, 2011])
def test_a_report_reads_nothing_after_its_year(round_report, amounts, year):
    table = fiscal.tables.effort(round_report(year=year)).set_index("城市")
    own = amounts.loc["sum"].fiscal_expenditure
    growth = 100 * ((own[year] / own[2008]) ** (1 / (year - 2008)) - 1)
    assert float(table.loc["各市合计"].iloc[2]) == pytest.approx(growth, abs=0.05)


def test_the_first_year_has_no_growth(round_report):
    table = fiscal.tables.effort(round_report(year=2008))
    assert {cell for row in table.iloc[:, 3:8].to_numpy() for cell in row} == {"—"}
    assert (table.iloc[:, 8] != "—").all()


def test_a_share_of_what_did_not_grow_is_not_printed_and_a_missing_one_is_said(report, monkeypatch):
    shares = report.readings.share_of_growth()
    shares.loc[("330100", 2012), ["share", "state"]] = [float("nan"), "not applicable"]
    shares.loc[("330200", 2012), ["share", "state"]] = [float("nan"), "missing"]
    monkeypatch.setattr(type(report.readings), "share_of_growth", lambda *_, **__: shares)
    table = fiscal.tables.effort(anew(report)).set_index("城市")
    assert (table.loc["杭州市"].iloc[5], table.loc["宁波市"].iloc[5]) == ("—", "…")


def test_functions_say_whether_they_count_and_whether_there_are_data(report):
    table = fiscal.tables.functions(report)
    counted = table[table["是否计入民生"] == "计入"]
    assert list(counted["代码"]) == ["205", "207", "208", "210", "221"]
    assert list(counted["公开数据"]) == ["教育支出", *["无公开数据"] * 2, "医疗卫生支出", "无公开数据"]


def test_a_round_that_declares_no_money_has_empty_tables_with_their_columns(round_report):
    assert fiscal.tables.effort(round_report(fiscal=None)).shape == (0, 9)
    assert fiscal.tables.functions(round_report(fiscal=None)).shape == (0, 5)
