from dataclasses import replace
from datetime import date

from evalkit.round import SignOff
from tests.reporting.cities import HUZHOU, assessed_report, of_the_city
from tests.reporting.printed import objections


def test_what_cannot_be_judged_is_listed_with_who_settles_it(city_report):
    report = assessed_report()
    states = of_the_city(report, "states")
    table = objections.tables.missing(report)
    assert len(table) == states.isin(["missing", "disputed"]).sum() == 2
    assert list(table["责任部门"]) == ["省卫生厅", "省民政厅、省财政厅"]
    assert len(objections.tables.missing(assessed_report(HUZHOU))) == objections.tables.SHOWN
    assert objections.tables.missing(city_report()) is None


def test_a_report_closes_with_its_signatures(city_report):
    blank = objections.tables.signatures(city_report())
    assert list(blank.iloc[0])[:3] == ["（签名）"] * 3
    assert blank.iloc[0]["签发日期"].strip("　") == "年　月　日"
    report = city_report()
    given = {"sign_off": SignOff(prepared="甲", reviewed="乙", issued=date(2013, 6, 30))}
    own = replace(report.study, round=report.study.round.model_copy(update=given))
    signed = objections.tables.signatures(replace(report, study=own)).iloc[0]
    assert list(map(str, signed)) == ["甲", "乙", "（签名）", "2013-06-30"]
