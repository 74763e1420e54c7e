import pandas as pd
import pytest

from evalkit.reporting.chapters.targets.answerable import _weakest
from tests.assessment.small import event
from tests.reporting.cities import HUZHOU, assessed_report, of_the_city, under, vetoed
from tests.reporting.printed import targets

EACH = [
    targets.answerable.lead_departments,
    targets.answerable.county_targets,
    targets.answerable.facilities_below,
    targets.answerable.events,
]


@pytest.mark.parametrize("table", EACH, ids=lambda table: table.__name__)
def test_a_round_without_an_assessment_shows_none_of_it(city_report, table):
    assert table(city_report()) is None


def test_where_no_project_is_known_none_is_the_weakest():
    assert _weakest(assessed_report(), pd.Series(dtype=float)) == "…"


def test_every_target_has_one_department_that_leads():
    report = assessed_report()
    table = targets.answerable.lead_departments(report)
    lamps = of_the_city(report, "lamps")
    assert table["目标数"].sum() == len(lamps)
    assert table["▼ 未完成"].sum() == (lamps == "behind").sum()
    named = [name for cell in table["未完成的指标"] if cell != "无" for name in cell.split("、")]
    assert len(named) == table["▼ 未完成"].sum()


def test_departments_bear_the_name_of_the_year():
    names = [set(targets.answerable.lead_departments(assessed_report(year=year))["牵头部门"]) for year in (2008, 2012)]
    assert "省劳动保障厅" in names[0] - names[1]
    assert "省人力社保厅" in names[1] - names[0]


def test_counties_are_those_of_the_city_with_their_own_lamps():
    report = assessed_report()
    table = targets.answerable.county_targets(report).set_index("县（市、区）")
    own = {report.region(code): code for code in report.study.assessed.counties.targets.index if code[:4] == "3303"}
    assert list(table.index) == list(own)
    found = report.study.assessed.counties
    for name, code in own.items():
        assert table.loc[name, "▼ 未完成"] == (found.lamps.loc[(code, 2012)] == "behind").sum()
        mean = found.completion.loc[(code, 2012)].mean()
        assert float(table.loc[name, "平均完成度（%）"]) == pytest.approx(mean, abs=0.00501)


def test_facilities_that_fail_are_named():
    report = assessed_report(HUZHOU, 2008)
    table = targets.answerable.facilities_below(report)
    units = report.study.dataset.table
    row = table.iloc[-1]
    shown = row["未达门槛的设施"].split("，另有")[0].split("、")
    assert len(shown) == min(row["未达门槛"], targets.answerable.NAMED)
    assert set(shown) <= set(units.unit)


def test_a_long_list_says_how_many_are_left_out():
    report = assessed_report()
    assert targets.answerable._named(report, tuple("甲乙丙")) == "甲、乙、丙"
    assert targets.answerable._named(report, tuple("甲" * 15)) == "、".join("甲" * 12) + "，另有 3 个"
    assert targets.answerable._named(report, ()) == "无"


def test_events_are_told_with_their_document():
    row = targets.answerable.events(vetoed()).iloc[0]
    assert row.tolist() == ["V1", "the reason of V1", "—", "是", "a notice"]
    row = targets.answerable.events(under(event("E1", region="330300", points=-1.5))).iloc[0]
    assert row.tolist() == ["E1", "the reason of E1", "-1.5", "否", "a notice"]
