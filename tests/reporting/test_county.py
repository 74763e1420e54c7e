import pytest

from evalkit.base.errors import ParamsError
from evalkit.reporting.county import CountyReport
from tests.conftest import DEMO, STUDY, shipped
from tests.reporting.counties import county_report, public_county


def test_a_county_knows_its_city_and_the_others_in_it():
    report = county_report()
    assert (report.county_name, report.city, report.code) == ("柯城区", "330800", "330802")
    assert list(report.siblings) == ["330802", "330803", "330822", "330824", "330825", "330881"]


def test_a_county_that_is_not_there_is_refused_with_the_others():
    with pytest.raises(ParamsError, match=r"(?s)county: found '330804'.*year: found 2031"):
        CountyReport(shipped(DEMO), None, "330804", 2031, "zh")


def test_a_county_is_judged_by_what_is_judged_in_counties_alone():
    report = county_report()
    judged = report.judged.index[report.judged.states == "value"]
    assert set(judged) <= {indicator.code for indicator in report.indicators}
    assert report.judged["values"]["P01-02"] == report.achievement.values.loc[("330802", 2012), "P01-02"]


def test_its_censuses_are_those_of_the_county_tables():
    report = public_county()
    assert report.censuses == (2010, 2020)
    table = shipped(STUDY).dataset.table
    row = table[(table.variable == "hh_share_toilet") & (table.region == "330802") & (table.year == 2010)]
    assert report.in_census(report.system.node("P08-toilet"), 2010) == row.value.item()


def test_a_round_that_grades_no_counties_says_so_in_its_title():
    assert public_county().assessment is None
    assert public_county().title == "柯城区公共服务相关普查数值（2010、2020 年人口普查）"
    assert county_report().title == "柯城区 2012 年度基本公共服务均等化目标考核"


def test_peers_are_the_declared_groups():
    assert county_report().peers("districts") == "市辖区"
