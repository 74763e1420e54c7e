import pytest

from evalkit import DataError, IndexSystem, ParamsError
from evalkit.assessment.findings.inspections import Finding, Findings, dispute
from evalkit.base import params
from evalkit.base.text import Text
from tests.assessment.panels import declared
from tests.assessment.small import words
from tests.conftest import ROOT

FILE = ROOT / "params/findings/zhejiang-plan-demo.yaml"
PANEL = declared({"r1": [80, 81, 83], "r2": [80, "missing", 90]})


def finding(code="D1", region="r1", year=2008, verdict="contradicted", **more):
    given = {"indicator": "a", "date": f"{year + 1}-03-20", "document": Text(**words("record")), "note": words("seen")}
    return Finding.model_validate({"code": code, "region": region, "year": year, "verdict": verdict, **given, **more})


def findings(*each):
    return Findings(code="test", findings=each)


def rectified(*items, code="R1", year=2010, **more):
    return finding(code, year=year, verdict="rectified", closes=items, **more)


def test_the_shipped_findings_say_that_they_are_made_up():
    shipped = Findings.load(FILE)
    assert len(shipped.findings) == 5
    assert all("虚构" in one.document.zh and "演示" in one.note.zh for one in shipped.findings)


def test_the_shipped_findings_are_about_cities_and_indicators_of_the_plan():
    plan = IndexSystem.load(ROOT / "params/index/zhejiang-plan.yaml")
    cities = [f"33{number:02}00" for number in range(1, 12)]
    Findings.load(FILE).check(cities, range(2008, 2013), [one.code for one in plan.indicators if one.target])


def test_findings_are_found_by_region_year_and_indicator():
    both = findings(finding(), finding("D2", year=2009, indicator="b"))
    assert [len(both.of("r1")), len(both.of("r1", 2009)), len(both.of("r1", 2009, "a"))] == [2, 1, 0]


def test_the_graver_finding_about_a_figure_counts():
    grave, light = finding("D1", verdict="falsified"), finding("D2", seen=3.0)
    assert findings(grave, light).disputing == {("r1", 2008, "a"): grave}


def test_a_contradicted_figure_is_disputed_and_nothing_else_changes():
    found = dispute(PANEL, findings(finding(seen=70.0), finding("D2", year=2009, verdict="confirmed")))
    assert found.states.a.xs("r1").tolist() == ["value", "disputed", "value"]
    assert found.values.a.xs("r1").tolist() == pytest.approx([80, float("nan"), 83], nan_ok=True)
    assert found.values.xs("r2").equals(PANEL.values.xs("r2"))
    assert PANEL.states.a["r1", 2008] == "value"


def test_what_is_disputed_of_a_part_is_disputed_of_the_whole():
    whole = declared({"p": [160, 170, 180]})
    found = dispute(whole, findings(finding(region="r2", year=2008)), whole="p")
    assert found.states.a.xs("p").tolist() == ["value", "disputed", "value"]


def test_figures_that_a_panel_does_not_have_are_left_alone():
    found = dispute(PANEL, findings(finding(region="r9"), finding("D2", indicator="z")))
    assert found.values.equals(PANEL.values)


def test_every_unknown_name_is_told_at_once():
    wrong = findings(finding(region="r9", indicator="aa"), rectified("r1-b-2008", year=2031))
    with pytest.raises(DataError) as error:
        wrong.check(["r1"], [2008], ["a"], items=["r1-a-2008"])
    assert [problem.where.split()[0] for problem in error.value.problems] == ["region", "indicator", "year", "closes"]
    assert "did you mean 'r1-a-2008'?" in str(error.value)


@pytest.mark.parametrize(
    ("each", "expected"),
    [
        ((finding(), finding(year=2009)), r"findings\[1\]\.code .*expected every finding once"),
        ((rectified("x", document=words(" ")),), r"findings\[0\]\.document .*expected a document that is named"),
        ((finding(indicator=None),), "the indicator whose figure is contradicted"),
        ((rectified(),), "items that are closed on a rectified finding, and on no other"),
        ((finding(closes=("x",)),), "items that are closed on a rectified finding, and on no other"),
        ((rectified("x"), rectified("x", code="R2")), r"findings\[1\]\.closes .*expected each item closed once"),
        ((finding(date="20 March"),), "found '20 March'; expected a day such as 2008-09-30"),
        ((finding(date="2007-12-31"),), "not before 2008"),
    ],
)
def test_findings_that_may_not_count_are_refused(each, expected, tmp_path):
    path = tmp_path / "test.yaml"
    path.write_text(params.dump({"code": "test", "findings": [one.model_dump(mode="json") for one in each]}), "utf-8")
    with pytest.raises(ParamsError, match=expected):
        Findings.load(path)
