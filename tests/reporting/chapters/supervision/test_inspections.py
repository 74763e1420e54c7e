import pytest

from tests.reporting.assessed import demo
from tests.reporting.cities import WENZHOU, assessed_report
from tests.reporting.departments import department_report
from tests.reporting.printed import supervision


def test_a_round_without_an_assessment_has_no_such_table(round_report):
    assert supervision.inspections.findings(round_report()) is None


def test_every_finding_stands_with_what_was_reported_and_seen():
    table = supervision.inspections.findings(demo()).set_index("结论编号")
    assert list(table.index) == ["D-2009-01", "D-2010-01", "D-2010-02", "D-2011-01", "D-2012-01"]
    reported = demo().study.assessed.reported.values.loc[(WENZHOU, 2009), "P05-01"]
    assert float(table["报送数"]["D-2009-01"]) == pytest.approx(reported, abs=0.05)
    assert (str(table["核实数"]["D-2009-01"]), table["核实数"]["D-2010-02"]) == ("45.5", "—")


def test_a_finding_says_what_it_led_to():
    led_to = supervision.inspections.findings(demo()).set_index("结论编号")["后果"]
    assert led_to["D-2009-01"] == "数据列为有争议，不计入评价"
    assert led_to["D-2010-01"] == "整改事项 330300-P05-01-2009 销号"
    assert led_to["D-2010-02"] == "无"
    assert led_to["D-2012-01"] == "数据列为有争议，不计入评价、当年一票否决"


def test_findings_about_later_years_are_not_known_yet():
    assert list(supervision.inspections.findings(demo(2009))["结论编号"]) == ["D-2009-01"]


def test_a_city_and_a_department_see_their_own():
    assert list(supervision.inspections.city_findings(assessed_report())["结论编号"]) == ["D-2009-01", "D-2010-01"]
    # P05-01 is the culture department's; its other findings are about other departments' figures
    assert list(supervision.inspections.department_findings(department_report())["结论编号"]) == [
        "D-2009-01",
        "D-2010-01",
    ]
