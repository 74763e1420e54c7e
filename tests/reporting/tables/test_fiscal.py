import pandas as pd
import pytest

from tests.conftest import anew
from tests.reporting.printed import fiscal

MONEY = ["fiscal_expenditure", "fiscal_revenue", "exp_education", "exp_health"]


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
    return fiscal.effort(report).set_index("城市")


def test_cities_stand_by_spending_per_head_and_all_of_them_last(table, amounts):
    year = amounts.xs(2012, level="year")
    per_head = year.fiscal_expenditure / year.pop_resident
    assert list(table.iloc[:, 0].astype(float)) == [*per_head.drop("sum").sort_values()[::-1].round(), 6813]
    assert list(table["位次"]) == [*range(1, 12), "—"]


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
    table = fiscal.effort(round_report(year=year)).set_index("城市")
    own = amounts.loc["sum"].fiscal_expenditure
    growth = 100 * ((own[year] / own[2008]) ** (1 / (year - 2008)) - 1)
    assert float(table.loc["各市合计"].iloc[2]) == pytest.approx(growth, abs=0.05)


def test_the_first_year_has_no_growth(round_report):
    table = fiscal.effort(round_report(year=2008))
    assert {cell for row in table.iloc[:, 3:8].to_numpy() for cell in row} == {"—"}
    assert (table.iloc[:, 8] != "—").all()


def test_a_share_of_what_did_not_grow_is_not_printed_and_a_missing_one_is_said(report, monkeypatch):
    shares = report.findings.share_of_growth()
    shares.loc[("330100", 2012), ["share", "state"]] = [float("nan"), "not applicable"]
    shares.loc[("330200", 2012), ["share", "state"]] = [float("nan"), "missing"]
    monkeypatch.setattr(type(report.findings), "share_of_growth", lambda *_, **__: shares)
    table = fiscal.effort(anew(report)).set_index("城市")
    assert (table.loc["杭州市"].iloc[5], table.loc["宁波市"].iloc[5]) == ("—", "…")


def test_functions_say_whether_they_count_and_whether_there_are_data(report):
    table = fiscal.functions(report)
    counted = table[table["是否计入民生"] == "计入"]
    assert list(counted["代码"]) == ["205", "207", "208", "210", "221"]
    assert list(counted["公开数据"]) == ["教育支出", *["无公开数据"] * 2, "医疗卫生支出", "无公开数据"]


def test_a_round_that_declares_no_money_has_empty_tables_with_their_columns(round_report):
    assert fiscal.effort(round_report(fiscal=None)).shape == (0, 9)
    assert fiscal.functions(round_report(fiscal=None)).shape == (0, 5)
