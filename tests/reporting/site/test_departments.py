from evalkit.reporting.department import DepartmentReport
from evalkit.reporting.report import RoundReport
from evalkit.reporting.site import departments as module
from evalkit.reporting.site.departments import counted, departments
from tests.reporting.assessed import demonstration


def report():
    demo = demonstration()
    return RoundReport(demo, demo.evaluate(), 2012, "zh")


def test_a_department_has_the_counts_of_its_own_report():
    found = {one["code"]: one for one in departments(report())}
    code = next(iter(found))
    own = DepartmentReport(demonstration(), demonstration().evaluate(), code, 2012, "zh")
    assert found[code]["counts"]["lamp_behind"] == own.scorecards[2012].behind.sum()
    assert found[code]["counts"]["site_behind_before"] == own.scorecards[2011].behind.sum()
    assert len(found[code]["targets"]) == len(own.scorecard)


def test_all_departments_stand_in_one_table():
    table = counted(report(), departments(report()))
    assert len(table) == demonstration().assessed.duties.department.nunique()
    assert table.labels[:2] == ["部门", "牵头目标数"]


def test_of_many_cities_the_first_are_named_with_their_number(monkeypatch):
    monkeypatch.setattr(module, "NAMED", 1)
    found = departments(report())[0]["targets"].printed["未按进度的市"]
    assert any("市 等 " in cell for cell in found)


def test_a_round_that_is_not_assessed_has_none(study, result):
    assert departments(RoundReport(study, result, 2012, "zh")) == []
