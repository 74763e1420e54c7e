from dataclasses import replace

from tests.reporting.cities import HUZHOU, WENZHOU, assessed_report
from tests.reporting.printed import duties

SOURCES = ["整改事项", "市责任单位", "牵头部门", "差距", "整改期限", "销号标准（下次评价）"]


def test_a_round_without_rules_of_accountability_has_none(city_report):
    assert duties.tables.duties(city_report()) is None


def test_it_has_what_is_to_be_done_by_whom_until_when():
    table = duties.tables.duties(assessed_report())
    assert list(table) == SOURCES
    first = table.iloc[0]
    assert first["整改事项"].startswith("社会福利工程")
    assert (first["市责任单位"], first["牵头部门"]) == ("市民政局", "省民政厅")
    assert str(first["差距"]) == "24.88"
    assert first["销号标准（下次评价）"] == "≥ 60.00"
    assert str(first["整改期限"]) == "2013-12-31"


def test_small_misses_are_left_out_and_the_least_complete_stands_first():
    report = assessed_report()
    items = report.study.consequences.rectification.closing(2012)
    own = items[items.region == WENZHOU]
    completion = own.subject.map(report.judged.completion)
    kept = own[~((own.fault == "behind") & (completion >= 95))]
    found = duties.tables.grave(report)
    assert set(found.index) == set(kept.index)
    criticised = found[(found.step == "criticism") & (found.fault == "behind")]
    way = list(report.judged.completion[criticised.subject])
    assert way == sorted(way)


def test_what_the_year_has_no_figure_of_stands_after_all_that_lags():
    report = assessed_report(HUZHOU)
    figures = report.judged["values"][duties.tables.grave(report).subject].notna().tolist()
    assert figures == sorted(figures, reverse=True)
    assert 12 < sum(figures) < len(figures)
    assert "P01-01" not in duties.tables.grave(report).head(12).subject.tolist()


def test_what_closes_a_yearly_quota_is_asked_of_the_next_year_with_what_is_owed():
    cities, code = assessed_report(HUZHOU).study.assessed.cities, "P05-04"
    asked, built = (frame[code][HUZHOU] for frame in (cities.milestones, cities.values))
    row = (
        duties.tables.duties(assessed_report(HUZHOU)).set_index("整改事项").filter(like="村文化活动室", axis=0).iloc[0]
    )
    owed = int(asked.sum() - built.sum())
    assert (int(row["差距"]), row["销号标准（下次评价）"]) == (owed, f"下一年度完成 {owed}（含补欠）")


def test_a_unit_that_is_not_declared_is_a_blank():
    report = assessed_report()
    table = duties.tables.duties(report)
    assert set(table["市责任单位"][table["牵头部门"] == "省建设厅"]) == {"（待填）"}
    assert duties.tables.unit_unknown(report)


def test_units_are_declared_but_where_cities_call_them_differently():
    departments = assessed_report().system.departments
    assert [code for code, one in departments.items() if one.in_city is None] == [
        "culture",
        "broadcasting",
        "construction",
    ]
    assert departments["finance"].in_city.zh == "市财政局"


def test_where_all_units_are_declared_none_is_unknown(monkeypatch):
    report = replace(assessed_report())
    monkeypatch.setattr("evalkit.reporting.chapters.duties.tables._unit", lambda report, lead: "某局")
    assert not duties.tables.unit_unknown(report)
