import pandas as pd
import pytest

from tests.indicators import GOALPOSTS
from tests.reporting.plain import printed
from tests.reporting.printed import summary

CITIES = ["330800", "330100"]


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("year", [2009, 2012])
def test_the_headline_is_that_of_plain_pandas(city_report, scores, city, year):
    row = summary.tables.headline(city_report(city, year)).iloc[0]
    in_year = scores.xs(year, level="year")
    assert row["得分"] == in_year[city]
    assert row["比上年"] == f"{in_year[city] - scores[city, year - 1]:+}"
    assert row["位次"] == 1 + (in_year > in_year[city]).sum()


def test_the_headline_names_the_neighbours(city_report, scores):
    row = summary.tables.headline(city_report()).iloc[0]
    in_2012 = scores.xs(2012, level="year").sort_values()
    assert list(in_2012.index[-5:]) == ["330500", "330800", "331100", "330100", "330900"]
    assert row["上一位（相差）"] == f"丽水市 ({in_2012['331100'] - in_2012['330800']})"
    assert row["下一位（相差）"] == f"湖州市 ({in_2012['330800'] - in_2012['330500']})"


def test_the_first_and_the_last_have_one_neighbour(city_report):
    assert summary.tables.headline(city_report("330900")).iloc[0]["上一位（相差）"] == "—"
    assert summary.tables.headline(city_report("331000")).iloc[0]["下一位（相差）"] == "—"


def test_all_cities_together_are_ratios_of_sums(city_report, figures):
    cities = figures.loc[figures.fiscal_expenditure.notna()].xs(2012, level="year").sum()
    ratios = {
        "P03-primary": cities.pupils_primary * 1e4 / cities.teachers_primary,
        "P03-secondary": cities.pupils_secondary * 1e4 / cities.teachers_secondary,
        "P04-physicians": cities.physicians / cities.pop_resident / 10,
        "P04-beds": cities.hospital_beds / cities.pop_resident / 10,
    }
    share = (pd.Series(ratios) - GOALPOSTS.loc["worst"]) / (GOALPOSTS.loc["best"] - GOALPOSTS.loc["worst"])
    assert summary.tables.headline(city_report()).at[0, "各市合计得分"] == printed(100 * share.clip(0, 1).mean())
