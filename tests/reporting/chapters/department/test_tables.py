from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from statistics import mean

import pytest

from evalkit.reporting.chapters import joined
from evalkit.tabular.cells import LAMP_SIGNS
from tests.reporting.departments import cells, department_report, plan_study, without_data
from tests.reporting.printed import chapters

LAMPS = {
    "met": "● 完成",
    "on_schedule": "◐ 达到时序进度",
    "behind": "▼ 未完成",
    "not_applicable": "/ 不适用",
    "no_data": "… 数据缺失",
    "disputed": "? 有争议",
}
DEPARTMENTS = ["culture", "sport", "labour", "environment", "planning", "finance"]


def rounded(value, decimals=1):
    return Decimal(str(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def known(report, year=None):
    return [value for value in cells(report, "completion", year).values() if value == value]


def blanks(report):
    made = {name: table(report) for name, table in joined("OF_A_DEPARTMENT").items()}
    return [name for name, table in made.items() if table is not None and table.printed.isna().any(axis=None)]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("department", DEPARTMENTS)
def test_every_table_is_made_for_the_first_year(department, language):
    assert blanks(department_report(department, 2008, language)) == []


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_every_table_is_made_without_data(department):
    assert blanks(without_data(department)) == []


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_the_scorecard_counts_every_judgement_once(department):
    report = department_report(department)
    row = chapters.department.tables.scorecard(report).iloc[0]
    counted = Counter(cells(report, "lamps").values())
    assert {lamp: row[label] for lamp, label in LAMPS.items()} == {lamp: counted[lamp] for lamp in LAMPS}
    assert row["有完成度的判断数"] == len(known(report))
    assert row["平均完成度（%）"] == rounded(mean(known(report)))


def test_the_year_before_stands_below_where_there_is_one():
    assert chapters.department.tables.scorecard(department_report())["年份"].tolist() == [2012, 2011]
    assert chapters.department.tables.scorecard(department_report(year=2008))["年份"].tolist() == [2008]


def test_no_target_stands_without_its_status():
    status = chapters.department.tables.targets(department_report()).set_index("代码")["目标性质"]
    for table in (
        chapters.department.tables.standing,
        chapters.department.tables.behind,
        chapters.department.tables.province,
    ):
        for _, row in table(department_report()).iterrows():
            assert row["目标性质"] == status[row["代码"]]


def test_roles_are_those_of_the_order_in_which_departments_are_named():
    row = chapters.department.tables.scorecard(department_report()).iloc[0]
    named = [plan_study().system.departments_of(i.code) for i in plan_study().system.indicators if i.target]
    assert row["牵头目标数"] == sum(codes[:1] == ("culture",) for codes in named)
    assert row["配合目标数"] == sum("culture" in codes[1:] for codes in named)


def test_the_years_end_with_the_scorecard_and_start_without_a_change():
    report = department_report()
    path, score = chapters.department.tables.path(report), chapters.department.tables.scorecard(report)
    assert path["年份"].tolist() == list(range(2008, 2013))
    assert path.iloc[-1][list(LAMPS.values())].tolist() == score.iloc[0][list(LAMPS.values())].tolist()
    assert path.iloc[0]["比上年（两年均有数据者）"] == "—"


def test_every_target_says_whose_it_is_and_of_what_status():
    rows = chapters.department.tables.targets(department_report()).set_index("代码")
    assert rows.loc["P05-01", ["责任", "目标性质", "条款"]].tolist() == ["牵头", "文件确认", "三（五）"]
    assert rows.loc["P05-13", ["责任", "目标性质", "条款"]].tolist() == ["牵头", "参照值", "—"]
    assert rows.loc["P05-06", "共同责任部门"].startswith("团省委、")
    assert "省文化厅" not in "".join(rows["共同责任部门"])


def test_standing_counts_and_averages_target_by_target():
    report = department_report()
    lamps, completion = cells(report, "lamps"), cells(report, "completion")
    for _, row in chapters.department.tables.standing(report).iterrows():
        own = [lamp for (_, code), lamp in lamps.items() if code == row["代码"]]
        values = [v for (_, code), v in completion.items() if code == row["代码"] and v == v]
        assert [row[label] for label in LAMPS.values()] == [own.count(lamp) for lamp in LAMPS]
        assert row["平均完成度（%）"] == (rounded(mean(values)) if values else "…")


def test_the_furthest_behind_is_named_first():
    report = department_report()
    lamps, completion = cells(report, "lamps"), cells(report, "completion")
    for _, row in chapters.department.tables.behind(report).iterrows():
        own = {
            city: completion[city, code]
            for (city, code), lamp in lamps.items()
            if (code, lamp) == (row["代码"], "behind")
        }
        assert row["▼ 未完成"] == len(own)
        lowest = report.region(min(own, key=lambda city: (own[city] != own[city], own[city])))
        assert row["未完成的市（完成度，最低者在前）"].startswith(f"{lowest}（")


def test_the_provinces_quotas_add_up():
    report = department_report()
    rows = chapters.department.tables.province(report).set_index("代码")
    assert list(rows.index) == ["P05-04", "P05-07", "P05-08", "P05-09"]
    rooms = plan_study().assessed.panel.variables.village_rooms_subsidised.loc[:, 2008:2012].unstack("year")
    sums = rooms.sum(skipna=False)
    assert rows.loc["P05-04", "2012 年实际"] == (sums[2012] if sums[2012] == sums[2012] else "…")
    assert (
        rows.loc["P05-04", "累计完成（应完成）"] == f"{sums.sum():.0f}（5000）" if sums.notna().all() else "…（5000）"
    )


def test_a_department_without_a_target_of_the_province_has_no_such_table():
    assert chapters.department.tables.province(department_report("environment")) is None


def test_the_lamps_are_one_sign_a_city_and_target():
    report = department_report()
    table = chapters.department.tables.lamps(report).set_index("代码")
    assert table.shape == (14, 12)
    for (city, code), lamp in cells(report, "lamps").items():
        assert table.loc[code, report.region(city)] == LAMP_SIGNS[lamp]


def test_effects_of_cities_are_the_mean_less_the_mean_without_the_city():
    report = department_report()
    completion, whole = cells(report, "completion"), mean(known(report))
    row = chapters.department.tables.effects_of_cities(report).iloc[0]
    city = report.effects_of_cities.index[0]
    others = [value for (other, _), value in completion.items() if other != city and value == value]
    assert row["城市"] == report.region(city)
    assert Decimal(row["对平均完成度的影响（百分点）"]) == rounded(whole - mean(others), 2)


def test_without_any_data_nothing_is_a_zero():
    report = without_data("environment")
    assert chapters.department.tables.standing(report)["平均完成度（%）"].tolist() == ["…"]
    assert set(chapters.department.tables.lamps(report).iloc[0, 2:]) == {"…"}
    assert chapters.department.tables.behind(report).empty
