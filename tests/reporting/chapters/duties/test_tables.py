from dataclasses import replace

from evalkit.reporting.chapters.duties import tables as module
from evalkit.reporting.chapters.rectification.items import open_items
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


def test_what_is_missing_stands_after_what_lags_on_a_step(monkeypatch):
    report = assessed_report(HUZHOU)
    items = open_items(report, region=HUZHOU)
    advised = items.index[items.step == "advice"]
    monkeypatch.setattr(module, "open_items", lambda report, region: items)
    first = duties.tables.grave(report).query("step == 'advice'").index[0]
    assert first in advised
    items.loc[first, "fault"] = "missing"
    assert duties.tables.grave(report).query("step == 'advice'").index[-1] == first


def test_a_unit_that_is_not_declared_is_a_blank():
    report = assessed_report()
    table = duties.tables.duties(report)
    assert set(table["市责任单位"][table["牵头部门"] == "省建设厅"]) == {"（待填）"}
    assert duties.tables.unit_unknown(report)


def test_where_all_units_are_declared_none_is_unknown(monkeypatch):
    report = replace(assessed_report())
    monkeypatch.setattr("evalkit.reporting.chapters.duties.tables._unit", lambda report, lead: "某局")
    assert not duties.tables.unit_unknown(report)
