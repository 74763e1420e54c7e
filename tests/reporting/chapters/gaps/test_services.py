from decimal import Decimal

import pytest

from tests.reporting.conftest import declaring
from tests.reporting.printed import gaps

CITIES = [f"33{number:02}00" for number in range(1, 12)]
ENDS = ["330300", "330900"]


@pytest.mark.parametrize("city", ENDS)
def test_a_city_stands_beside_all_cities_and_its_group(city_report, figures, city):
    row = gaps.services.among_cities(city_report(city)).set_index("指标").loc["每千常住人口执业（助理）医师数"]
    year = figures.xs(2012, level="year").dropna(subset="physicians")
    north = ["330100", "330200", "330400", "330500", "330600", "330900"]
    group = year.loc[north] if city in north else year.drop(index=north)
    own, whole, its = (t.physicians.sum() / t.pop_resident.sum() / 10 for t in (year.loc[[city]], year, group))
    expected = [own, whole, own / whole, its]
    found = row[["数值", "各市合计", "为各市合计的倍数", "所在区域合计"]].astype(float)
    assert list(found) == pytest.approx(expected, abs=0.005001)
    assert row["所在区域"] == ("浙东北" if city in north else "浙西南")


def test_what_the_cities_add_sums_to_theil_s_index(city_report):
    reports = [gaps.services.among_cities(city_report(city)) for city in CITIES]
    sums = sum(table["本市在其中的贡献"].astype(float) for table in reports)
    assert list(sums) == pytest.approx(list(reports[0]["泰尔指数（千分之一）"].astype(float)), abs=11 * 0.005)


def test_physicians_that_are_lacking_bring_the_city_level(city_report, figures):
    row = gaps.services.shortages(city_report("330300")).set_index("指标").loc["每千常住人口执业（助理）医师数"]
    year = figures.xs(2012, level="year").dropna(subset="physicians")
    level = year.physicians.sum() / year.pop_resident.sum()
    own = year.loc["330300"]
    assert float(row["补齐所需数量"]) == pytest.approx(level * own.pop_resident - own.physicians, abs=0.5)
    assert row["人数（万人）"] == Decimal("915.6")


def test_of_pupils_per_teacher_teachers_are_lacking(city_report, figures):
    row = (
        gaps.services.shortages(city_report("330400", 2010))
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
    assert gaps.services.shortages(city_report("330900")).shape == (0, 6)


def test_where_less_is_better_what_is_too_much_is_to_be_fewer(city_report):
    report = declaring(city_report("330200"), services=("P01-unemployment", "P03-primary"))
    assert gaps.services.shortages(report)["所差的数"].tolist() == [
        "年末城镇登记失业人员数（须减少）",
        "小学专任教师数",
    ]
