from decimal import Decimal

import pytest

from tests.reporting.conftest import declaring
from tests.reporting.printed import tables

CITIES = [f"33{number:02}00" for number in range(1, 12)]
ENDS = ["330300", "330900"]
TABLES = ("among_cities", "shortages", "county_gaps", "county_change")
SHARES = {
    "toilet": "住房内有厕所的家庭户比重",
    "bath": "住房内有洗澡设施的家庭户比重",
    "tap_water": "饮用自来水的家庭户比重",
}
ILLITERACY = "15 岁及以上文盲率（低者为好）"


@pytest.fixture(scope="module")
def counties(figures, study):
    """Gives the figures of a city's counties in a census: one row a county."""
    parents = study.all_regions.table.parent

    def of(city, year):
        table = figures.xs(year, level="year")
        return table[table.index.map(parents) == city].dropna(subset="pop_census")

    return of


@pytest.mark.parametrize("city", ENDS)
def test_a_city_stands_beside_all_cities_and_its_group(city_report, figures, city):
    row = tables.among_cities(city_report(city)).set_index("指标").loc["每千常住人口执业（助理）医师数"]
    year = figures.xs(2012, level="year").dropna(subset="physicians")
    north = ["330100", "330200", "330400", "330500", "330600", "330900"]
    group = year.loc[north] if city in north else year.drop(index=north)
    own, whole, its = (t.physicians.sum() / t.pop_resident.sum() / 10 for t in (year.loc[[city]], year, group))
    expected = [own, whole, own / whole, its]
    found = row[["数值", "各市合计", "为各市合计的倍数", "所在区域合计"]].astype(float)
    assert list(found) == pytest.approx(expected, abs=0.005001)
    assert row["所在区域"] == ("浙东北" if city in north else "浙西南")


def test_what_the_cities_add_sums_to_theil_s_index(city_report):
    reports = [tables.among_cities(city_report(city)) for city in CITIES]
    sums = sum(table["本市在其中的贡献"].astype(float) for table in reports)
    assert list(sums) == pytest.approx(list(reports[0]["泰尔指数（千分之一）"].astype(float)), abs=11 * 0.005)


def test_physicians_that_are_lacking_bring_the_city_level(city_report, figures):
    row = tables.shortages(city_report("330300")).set_index("指标").loc["每千常住人口执业（助理）医师数"]
    year = figures.xs(2012, level="year").dropna(subset="physicians")
    level = year.physicians.sum() / year.pop_resident.sum()
    own = year.loc["330300"]
    assert float(row["补齐所需数量"]) == pytest.approx(level * own.pop_resident - own.physicians, abs=0.5)
    assert row["人数（万人）"] == Decimal("915.6")


def test_of_pupils_per_teacher_teachers_are_lacking(city_report, figures):
    row = (
        tables.shortages(city_report("330400", 2010))
        .set_index("指标")
        .loc["普通中学生师比（学生/专任教师）（低者为好）"]
    )
    year = figures.xs(2010, level="year").dropna(subset="teachers_secondary")
    pupils, teachers = year.pupils_secondary, year.teachers_secondary
    needed = pupils["330400"] * teachers.sum() / pupils.sum() - teachers["330400"]
    assert float(row["补齐所需数量"]) == pytest.approx(needed, abs=0.5)
    assert float(row["相当于现有数的（%）"]) == pytest.approx(100 * needed / teachers["330400"], abs=0.05)
    assert "教师" in row["所差的数"]


def test_a_city_that_is_nowhere_behind_lacks_nothing(city_report):
    assert tables.shortages(city_report("330900")).shape == (0, 6)


@pytest.mark.parametrize("city", ENDS)
@pytest.mark.parametrize("code", SHARES)
def test_counties_are_held_against_the_city_then_against_their_mean(city_report, counties, figures, city, code):
    found = tables.county_gaps(city_report(city)).set_index(["指标", "普查年份"]).loc[SHARES[code]]
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
    row = tables.county_gaps(city_report("330300")).set_index(["指标", "普查年份"]).loc[ILLITERACY, 2010]
    assert (row["落后最多的县（市、区）"], row["与参照值的差距"]) == ("洞头县", Decimal("9.37"))


def test_counties_weigh_by_their_people(city_report, counties):
    row = tables.county_gaps(city_report("330900")).set_index(["指标", "普查年份"]).loc[SHARES["toilet"], 2020]
    table = counties("330900", 2020)
    p, x = table.pop_census / table.pop_census.sum(), table.hh_share_toilet
    deviation = (p * (x - (p * x).sum()) ** 2).sum() ** 0.5
    assert float(row["变异系数"]) == pytest.approx(deviation / (p * x).sum(), abs=0.0005)


def test_only_counties_of_the_same_area_are_followed(city_report, counties):
    row = tables.county_change(city_report("330300")).set_index("指标").loc[SHARES["bath"]]
    first, last = (
        counties("330300", year).hh_share_bath.drop(index=lost, errors="ignore")
        for year, lost in ((2010, ["330303", "330322", "330327"]), (2020, ["330303", "330305", "330327", "330383"]))
    )
    spans = [values.max() - values.min() for values in (first, last)]
    assert (len(first), len(last), row["可比县数"]) == (8, 8, "8（共 11）")
    assert [float(row[f"{year} 年最高与最低之差"]) for year in (2010, 2020)] == pytest.approx(spans, abs=0.05001)
    assert row["差距已缩小（%）"] == f"{100 * (1 - spans[1] / spans[0]):+.0f}"


def test_a_gap_that_widened_is_below_zero(city_report):
    closed = tables.county_change(city_report("330200")).set_index("指标")["差距已缩小（%）"]
    assert int(closed[SHARES["bath"]]) < 0 < int(closed[ILLITERACY])


def test_a_ceiling_is_named_where_there_is_one(city_report, counties):
    found = tables.county_change(city_report("330300")).set_index("指标")["2020 年已近最优端"]
    means = {code: counties("330300", 2020)[f"hh_share_{code}"].mean() for code in SHARES}
    assert {code: found[name] for code, name in SHARES.items()} == {
        code: "是" if mean >= 95 else "否" for code, mean in means.items()
    }
    assert set(found[["人均住房建筑面积", "平均受教育年限"]]) == {"—"}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("city", CITIES)
def test_no_city_has_a_blank(city_report, city, language):
    for name in TABLES:
        cells = getattr(tables, name)(city_report(city, 2010, language)).to_numpy().ravel()
        assert not {"…", "nan", ""} & set(map(str, cells)), name


@pytest.mark.parametrize("name", TABLES)
def test_what_is_not_declared_is_an_empty_table(city_report, name):
    report = declaring(city_report(), services=(), county_population=None)
    assert getattr(tables, name)(report).empty


def test_where_less_is_better_what_is_too_much_is_to_be_fewer(city_report):
    report = declaring(city_report("330200"), services=("P01-unemployment", "P03-primary"))
    assert tables.places.shortages(report)["所差的数"].tolist() == [
        "年末城镇登记失业人员数（须减少）",
        "小学专任教师数",
    ]
