from decimal import Decimal

import pytest
import yaml

from tests.conftest import FILES, ROOT
from tests.reporting.conftest import declaring
from tests.reporting.printed import census, gaps

CITIES = ["330800", "330100", "330200"]
CENSUS = {
    "人均住房建筑面积 (平方米)": "housing_area_per_capita",
    "住房内有厕所的家庭户比重 (%)": "hh_share_toilet",
    "住房内有厨房的家庭户比重 (%)": "hh_share_kitchen",
    "住房内有洗澡设施的家庭户比重 (%)": "hh_share_bath",
    "平均受教育年限 (年)": "schooling_years_mean",
    "15 岁及以上文盲率 (%)": "illiteracy_rate_15plus",
    "饮用自来水的家庭户比重 (%)": "hh_share_tap_water",
}
HALF_A_UNIT = {column: 0.005001 if "年" in column or "文盲" in column else 0.05001 for column in CENSUS}
CITIES = [f"33{number:02}00" for number in range(1, 12)]
ENDS = ["330300", "330900"]
TABLES = (gaps.services.among_cities, gaps.services.shortages, census.tables.county_gaps, census.tables.county_change)
SHARES = {
    "toilet": "住房内有厕所的家庭户比重",
    "bath": "住房内有洗澡设施的家庭户比重",
    "tap_water": "饮用自来水的家庭户比重",
}
ILLITERACY = "15 岁及以上文盲率（低者为好）"


@pytest.fixture(scope="session")
def counties_of():
    """Gives the codes and names of the counties of a city."""
    declared = yaml.safe_load((ROOT / FILES["regions"]).read_text("utf-8"))["regions"]
    return lambda city: {r["code"]: r["name"]["zh"] for r in declared if r.get("parent") == city and "since" not in r}


@pytest.mark.parametrize("city", CITIES)
def test_counties_are_those_of_the_city_and_the_city_itself(city_report, counties_of, figures, city):
    table = census.tables.counties(city_report(city))
    codes = [*counties_of(city), city]
    assert list(table["地区"]) == [*counties_of(city).values(), city_report(city).city_name]
    expected = figures.loc[[(code, 2010) for code in codes], list(CENSUS.values())]
    for column, variable in CENSUS.items():
        assert list(table[column].astype(float)) == pytest.approx(list(expected[variable]), abs=HALF_A_UNIT[column])


@pytest.mark.parametrize("city", CITIES)
def test_the_spread_is_that_of_the_printed_counties(city_report, city):
    printed = census.tables.counties(city_report(city)).set_index("地区").iloc[:-1]
    spread = census.tables.county_spread(city_report(city))
    for row, column in zip(spread.to_dict("records"), CENSUS, strict=True):
        ends = [printed[column].max(), printed[column].min()]
        best, worst = reversed(ends) if "文盲" in column else ends
        assert [row["最好的县（市、区）"].split(" ")[1], row["最差的县（市、区）"].split(" ")[1]] == [
            f"({best})",
            f"({worst})",
        ]
        assert row["差距"] == ends[0] - ends[1]
        assert float(row["倍数"]) == pytest.approx(float(ends[0] / ends[1]), rel=0.01)


def test_the_best_and_the_worst_county_of_quzhou(city_report, counties_of, figures):
    names = counties_of("330800")
    tap = figures.loc[[(code, 2010) for code in names], "hh_share_tap_water"].droplevel("year")
    row = census.tables.county_spread(city_report()).set_index("指标").loc["饮用自来水的家庭户比重"]
    assert row["最好的县（市、区）"].startswith(names[tap.idxmax()])
    assert row["最差的县（市、区）"].startswith(names[tap.idxmin()])


def test_a_higher_illiteracy_rate_is_worse(city_report):
    row = census.tables.county_spread(city_report()).set_index("指标").loc["15 岁及以上文盲率"]
    assert (row["最好的县（市、区）"], row["最差的县（市、区）"]) == ("柯城区 (6.36)", "开化县 (18.74)")
    assert row["差距"] == Decimal("12.38")


@pytest.fixture(scope="module")
def counties(figures, study):
    """Gives the figures of a city's counties in a census: one row a county."""
    parents = study.all_regions.table.parent

    def of(city, year):
        table = figures.xs(year, level="year")
        return table[table.index.map(parents) == city].dropna(subset="pop_census")

    return of


@pytest.mark.parametrize("city", ENDS)
@pytest.mark.parametrize("code", SHARES)
def test_counties_are_held_against_the_city_then_against_their_mean(city_report, counties, figures, city, code):
    found = census.tables.county_gaps(city_report(city)).set_index(["指标", "普查年份"]).loc[SHARES[code]]
    for year in (2010, 2020):
        table = counties(city, year)
        value, people = table[f"hh_share_{code}"], table.pop_census
        own = figures.at[(city, 2010), f"hh_share_{code}"]
        line = own if year == 2010 else (value * people).sum() / people.sum()
        row, behind = found.loc[year], people[value < line]
        assert float(row["参照值"]) == pytest.approx(line, abs=0.05001)
        assert row["落后最多的县（市、区）"] == city_report(city).region(value.idxmin())
        assert row["落后于参照值的县数"] == f"{len(behind)}（共 {len(table)}）"
        assert float(row["其普查人口（万人）"]) == pytest.approx(behind.sum() / 1e4, abs=0.05001)
        assert float(row["占各县人口（%）"]) == pytest.approx(100 * behind.sum() / people.sum(), abs=0.05001)


def test_of_illiteracy_the_highest_county_is_furthest_behind(city_report):
    row = census.tables.county_gaps(city_report("330300")).set_index(["指标", "普查年份"]).loc[ILLITERACY, 2010]
    assert (row["落后最多的县（市、区）"], row["与参照值的差距"]) == ("洞头县", Decimal("9.37"))


def test_counties_weigh_by_their_people(city_report, counties):
    row = census.tables.county_gaps(city_report("330900")).set_index(["指标", "普查年份"]).loc[SHARES["toilet"], 2020]
    table = counties("330900", 2020)
    p, x = table.pop_census / table.pop_census.sum(), table.hh_share_toilet
    deviation = (p * (x - (p * x).sum()) ** 2).sum() ** 0.5
    assert float(row["变异系数"]) == pytest.approx(deviation / (p * x).sum(), abs=0.0005)


def test_only_counties_of_the_same_area_are_followed(city_report, counties):
    row = census.tables.county_change(city_report("330300")).set_index("指标").loc[SHARES["bath"]]
    first, last = (
        counties("330300", year).hh_share_bath.drop(index=lost, errors="ignore")
        for year, lost in ((2010, ["330303", "330322", "330327"]), (2020, ["330303", "330305", "330327", "330383"]))
    )
    spans = [values.max() - values.min() for values in (first, last)]
    assert (len(first), len(last), row["可比县数"]) == (8, 8, "8（共 11）")
    assert [float(row[f"{year} 年最高与最低之差"]) for year in (2010, 2020)] == pytest.approx(spans, abs=0.05001)
    assert row["差距已缩小（%）"] == f"{100 * (1 - spans[1] / spans[0]):+.0f}"


def test_a_gap_that_widened_is_below_zero(city_report):
    closed = census.tables.county_change(city_report("330200")).set_index("指标")["差距已缩小（%）"]
    assert int(closed[SHARES["bath"]]) < 0 < int(closed[ILLITERACY])


def test_a_ceiling_is_named_where_there_is_one(city_report, counties):
    found = census.tables.county_change(city_report("330300")).set_index("指标")["2020 年已近最优端"]
    means = {code: counties("330300", 2020)[f"hh_share_{code}"].mean() for code in SHARES}
    assert {code: found[name] for code, name in SHARES.items()} == {
        code: "是" if mean >= 95 else "否" for code, mean in means.items()
    }
    assert set(found[["人均住房建筑面积", "平均受教育年限"]]) == {"—"}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("city", CITIES)
def test_no_city_has_a_blank(city_report, city, language):
    for make in TABLES:
        cells = make(city_report(city, 2010, language)).to_numpy().ravel()
        assert not {"…", "nan", ""} & set(map(str, cells)), make


@pytest.mark.parametrize("make", TABLES)
def test_what_is_not_declared_is_an_empty_table(city_report, make):
    report = declaring(city_report(), services=(), county_population=None)
    assert make(report).empty
