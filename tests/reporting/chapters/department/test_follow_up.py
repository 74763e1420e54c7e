from tests.conftest import anew
from tests.reporting.departments import cells, department_report, without_data
from tests.reporting.printed import chapters


def test_facilities_are_listed_by_turns_up_to_a_limit(monkeypatch):
    report = anew(department_report())
    monkeypatch.setattr("evalkit.reporting.chapters.department.follow_up.LISTED", 7)
    listed, number = chapters.department.follow_up.facilities(report), report.facilities.groupby("indicator").size()
    counts = listed["代码"].value_counts()
    assert len(listed) == min(7, number.sum())
    assert all(counts.get(code, 0) == n or counts.get(code, 0) >= counts.max() - 1 for code, n in number.items())
    assert len(chapters.department.follow_up.every_facility(report)) == number.sum()


def test_what_is_wanted_is_listed_with_its_reason():
    report = department_report("labour")
    wanted = [key for key, state in cells(report, "states").items() if state in ("missing", "disputed")]
    table = chapters.department.follow_up.unreported(report)
    assert table["所涉市数"].sum() == len(wanted)
    assert {*table["代码"]} == {code for _, code in wanted}
    assert all(row["原因"] for _, row in table.iterrows())


def test_without_any_data_every_cell_is_wanted():
    report = without_data("environment")
    assert chapters.department.follow_up.unreported(report)["所涉市数"].tolist() == [11]
