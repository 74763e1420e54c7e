from evalkit.reporting.chapters.rectification.tables import items
from evalkit.reporting.report import RoundReport
from evalkit.reporting.site.rectification import rectified
from tests.reporting.assessed import demonstration


def test_the_list_has_every_item_of_cities_and_then_of_counties_with_its_departments():
    demo = demonstration()
    report = RoundReport(demo, demo.evaluate(), 2012, "zh")
    found = rectified(report)
    rows, units = ([[found["texts"][at] for at in row] for row in found[part]] for part in ("rows", "units"))
    place = {column["c"]: at for at, column in enumerate(found["columns"])}
    of_cities, lists = len(items(report)), demo.consequences.county_rectification
    assert len(rows) == len(units) == of_cities + len(lists.closing(2012)) + len(lists.closed(2012))
    assert {row[place["site_county"]] for row in rows[:of_cities]} == {"市本级"}
    for row, own in zip(rows, units, strict=True):
        assert row[place["responsible_units"]] == report.listed(own)
    assert {row[place["item_status"]] for row in rows} == {"未销号", "已销号"}
    names = {report.region(county): report.region(report.city_of(county)) for county in lists.closing(2012).region}
    assert all(names[row[place["site_county"]]] == row[place["city"]] for row in rows[of_cities:])


def test_a_round_that_calls_nobody_to_account_has_no_list(study, result):
    assert rectified(RoundReport(study, result, 2012, "zh")) is None
