import pytest

from tests.reporting.cities import assessed_report
from tests.reporting.counties import county_report


def test_what_is_judged_is_of_the_region_and_the_year():
    city, county = assessed_report(), county_report()
    for report, of in ((city, city.study.assessed.cities), (county, county.study.assessed.counties)):
        assert report.achievement is of
        level = "city" if report is city else "county"
        here = [i.code for i in report.system.indicators if i.target and level in i.target.assessed]
        assert report.judged.completion.equals(of.completion.loc[(report.code, 2012), here].rename("completion"))
        assert report.judged.targets.equals(of.targets.loc[report.code, here].rename("targets"))


def test_a_row_of_what_is_judged_has_its_columns_as_attributes():
    report = assessed_report()
    for code, row in report.judged.iterrows():
        own = report.judged_of(code)
        assert own._fields == tuple(report.judged)
        assert [own.lamps, own.states, own.reasons] == [row.lamps, row.states, row.reasons]
        assert [own.values, own.milestones] == pytest.approx([row["values"], row.milestones], nan_ok=True)


def test_facilities_are_of_the_region_and_the_year():
    found = county_report().facilities.reset_index()
    assert set(found.region) == {"330802"}
    assert set(found.year) == {2012}
