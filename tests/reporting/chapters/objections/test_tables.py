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
