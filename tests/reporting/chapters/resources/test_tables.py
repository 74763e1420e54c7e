from decimal import Decimal

import pytest

from tests.reporting.printed import resources

CITIES = ["330800", "330100", "330200"]


@pytest.mark.parametrize("city", CITIES)
def test_inputs_stand_with_their_rank_and_the_cities_together(city_report, figures, values, city):
    row = resources.tables.resources(city_report(city)).set_index("指标").loc["人均一般预算支出"]
    spending = values["F-spending"].xs(2012, level="year").dropna()
    total = figures.loc[spending.index].xs(2012, level="year").sum()
    assert row["数值"] == pytest.approx(Decimal(spending[city]), abs=Decimal("0.5"))
    assert row["位次"] == 1 + (spending > spending[city]).sum()
    assert row["各市合计"] == round(total.fiscal_expenditure / total.pop_resident)


def test_resources_keep_inputs_and_results_apart(city_report):
    table = resources.tables.resources(city_report())
    assert list(table["类别"]) == ["投入"] * 7 + ["产出（供给）"] * 3
    assert list(table["指标"])[7:] == ["公共统计服务指数", "教育公平工程", "全民健康工程"]
    assert list(table["数值"])[7:] == [Decimal("79.24"), Decimal("63.88"), Decimal("94.60")]


@pytest.mark.parametrize("city", CITIES)
def test_inputs_in_short_have_the_year_before(city_report, values, city):
    table = resources.tables.inputs(city_report(city)).set_index("指标")
    row, spending = table.loc["人均一般预算支出（元）"], values["F-spending"]
    assert row["数值"] == pytest.approx(Decimal(spending[city, 2012]), abs=Decimal("0.5"))
    assert row["上年数值"] == pytest.approx(Decimal(spending[city, 2011]), abs=Decimal("0.5"))
    whole = resources.tables.resources(city_report(city))
    assert list(table["位次"]) == list(whole["位次"][whole["类别"] == "投入"])
