import pytest

from evalkit.tabular.cells import LAMP_SIGNS
from tests.reporting.cities import HUZHOU, assessed_report, of_the_city
from tests.reporting.printed import targets

EACH = [targets.tables.work_plan, targets.tables.lamps, targets.tables.equality_targets, targets.tables.pending_data]


@pytest.mark.parametrize("table", EACH, ids=lambda table: table.__name__)
def test_a_round_without_an_assessment_shows_none_of_it(city_report, table):
    assert table(city_report()) is None


def test_the_work_plan_has_every_target_with_its_lamp():
    report = assessed_report()
    table = targets.tables.work_plan(report)
    assert len(table) == sum("city" in i.target.assessed for i in report.system.indicators if i.target) == 65
    signs = [LAMP_SIGNS[lamp] for lamp in of_the_city(report, "lamps")]
    assert [cell[0] for cell in table["状态"]] == signs


def test_no_value_that_is_missing_is_a_number():
    report = assessed_report(HUZHOU)
    table, lit = targets.tables.work_plan(report), of_the_city(report, "lamps")
    assert {cell for cell, lamp in zip(table["当年数值"], lit, strict=True) if lamp == "no_data"} == {"…"}
    assert {cell for cell, lamp in zip(table["当年数值"], lit, strict=True) if lamp == "disputed"} == {"?"}
    assert "… 数据缺失（未报数据）" in set(table["状态"])


def test_what_is_not_yet_due_has_a_sign_of_its_own():
    report = assessed_report(year=2008)
    table = targets.tables.work_plan(report)
    due = (of_the_city(report, "states") != "not due").to_numpy()
    assert set(table["当年数值"][~due]) == set(table["当年进度目标"][~due]) == {"○"}
    assert "○" not in set(table["当年数值"][due])


@pytest.mark.parametrize("year", [2008, 2010, 2012])
@pytest.mark.parametrize("city", ["330300", "330600", "330800"])
def test_what_is_behind_is_seen_to_be_behind(city, year):
    table = targets.tables.work_plan(assessed_report(city, year))
    behind = table[table["状态"].str.startswith("▼")]
    assert len(behind)
    assert [
        name for name, x, m in zip(*(behind[c] for c in ("指标", "当年数值", "当年进度目标")), strict=True) if x == m
    ] == []


def test_a_target_that_was_split_says_so_wherever_it_stands():
    report = assessed_report()
    parts = report.study.assessed.cities.parts
    table = targets.tables.work_plan(report).set_index("指标")
    marked = table[[name.find("推算") > 0 for name in table.index]]
    assert len(marked) == len(parts) > 0
    assert list(marked["目标值"]) == [f"{found.values[report.city]:g}" for found in parts.values()]
    assert all("分到各市为推算" in status for status in marked["目标性质"])
    assert sum("推算" in name for name in targets.tables.lamps(report)["指标"]) == len(parts)


def test_lamps_are_shown_for_every_year():
    report = assessed_report()
    table = targets.tables.lamps(report)
    assert list(table)[2:] == ["2008", "2009", "2010", "2011", "2012"]
    assert list(table["2010"]) == [LAMP_SIGNS[lamp] for lamp in of_the_city(report, "lamps", 2010)]


def test_equality_has_the_indicators_of_its_layer():
    report = assessed_report()
    own = [i for i in report.system.indicators if i.layer == "equity" and i.target]
    table = targets.tables.equality_targets(report)
    assert list(table["指标"]) == [indicator.name.zh for indicator in own]
    found = of_the_city(report, "completion")[[indicator.code for indicator in own]]
    assert list(table["完成度（%）"].map(float)) == pytest.approx(list(found), abs=0.0501)


def test_pending_are_those_without_a_judgement_with_who_has_to_settle_them():
    report = assessed_report(HUZHOU)
    states = of_the_city(report, "states")
    table = targets.tables.pending_data(report)
    assert len(table) == states.isin(["missing", "disputed"]).sum()
    assert table["情形"].str.startswith("?").sum() == (states == "disputed").sum()
    assert all(table["责任部门"].str.startswith("省"))
