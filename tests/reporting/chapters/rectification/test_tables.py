from collections import Counter
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from tests.reporting.assessed import blank_or_chinese, demo
from tests.reporting.cities import WENZHOU, assessed_report
from tests.reporting.departments import department_report
from tests.reporting.printed import rectification

OF_THE_ROUND = (
    rectification.tables.balance,
    rectification.tables.by_city,
    rectification.tables.by_department,
    rectification.tables.by_fault,
    rectification.tables.grave,
    rectification.tables.closed_by_finding,
    rectification.tables.items,
)


@pytest.fixture(scope="module")
def lists():
    return demo().study.consequences.rectification


@pytest.mark.parametrize("table", OF_THE_ROUND, ids=lambda table: table.__name__)
def test_a_round_without_rules_of_accountability_has_no_such_table(table, round_report):
    assert table(round_report()) is None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("table", OF_THE_ROUND, ids=lambda table: table.__name__)
def test_no_cell_is_blank_and_no_english_one_is_chinese(table, language):
    assert blank_or_chinese(table(demo(2012, language)), language) == []


def test_what_a_year_takes_over_and_opens_is_what_it_closes_and_leaves_open():
    table = rectification.tables.balance(demo())
    counts = table.iloc[:, 1:].astype(int).to_numpy()
    assert [before + new - closed for before, new, closed, _ in counts] == [left for *_, left in counts]
    assert list(counts[1:, 0]) == list(counts[:-1, 3])
    assert counts[0, 0] == 0


def test_an_earlier_report_knows_no_later_year():
    assert list(rectification.tables.balance(demo(2010))["年份"]) == [2008, 2009, 2010]
    assert list(rectification.tables.closed_by_finding(demo(2009))["整改编号"]) == []


def test_the_counts_of_cities_departments_and_faults_are_those_of_the_list(lists):
    left = lists.closing(2012)
    for table, column in (
        (rectification.tables.by_city, "region"),
        (rectification.tables.by_department, "lead"),
        (rectification.tables.by_fault, "fault"),
    ):
        made = table(demo())
        *each, whole = made["年末未销号"]
        assert sorted(n for n in each if n) == sorted(Counter(left[column]).values())
        assert whole == sum(each) == len(left)
        assert (made[["建议改进", "限期整改通知", "约谈", "通报批评"]].sum(axis=1) == made["年末未销号"]).all()


def test_a_written_report_is_due_of_a_city_that_has_something_to_report(lists):
    report = demo()
    study = replace(report.study)
    kept = {name: without_wenzhou(getattr(lists, name)) for name in ("new", "closed", "closing")}
    study.__dict__["consequences"] = SimpleNamespace(rectification=SimpleNamespace(**kept))
    due = rectification.tables.by_city(replace(report, study=study)).set_index("城市")["书面报告期限"]
    assert list(due[due == "—"].index) == ["温州市", "合计"]


def without_wenzhou(items):
    """The items of a year, without those of one city."""
    return lambda year: items(year).query("region != @WENZHOU")


def test_departments_add_up_also_where_one_closed_its_last_item():
    for year in demo().study.years:
        made = rectification.tables.by_department(demo(year))
        *each, whole = made["当年销号"]
        assert sum(each) == whole


def test_no_open_item_is_printed_without_a_gap():
    made = rectification.tables.items(demo())
    printed = made[made["差距"].map(lambda cell: not isinstance(cell, str))]
    assert (printed["差距"] > 0).all()


def test_a_city_reports_a_month_or_two_after_the_notice_by_its_grade():
    days = rectification.tables.by_city(demo()).set_index("城市")["书面报告期限"]
    # 绍兴 fails by veto; the notice goes out at the end of July
    assert (days["绍兴市"], days["杭州市"], days["合计"]) == (date(2013, 8, 31), date(2013, 9, 30), "—")


def test_a_citys_list_is_its_open_items_the_gravest_first(lists):
    made = rectification.tables.rectification_items(assessed_report())
    left = lists.closing(2012)
    assert set(made["整改编号"]) == set(left.index[left.region == WENZHOU])
    order = {"通报批评": 0, "约谈": 1, "限期整改通知": 2, "建议改进": 3}
    assert list(made["处理措施"].map(order)) == sorted(made["处理措施"].map(order))


def test_what_a_city_closed_says_by_which_figure(lists):
    made = rectification.tables.rectified_items(assessed_report()).set_index("整改编号")
    closed = lists.closed(2012)
    assert set(made.index) == set(closed.index[closed.region == WENZHOU])
    assert set(made["销号依据"]) == {"当年数据达到要求"}


def test_a_finding_closes_with_its_document():
    (row,) = rectification.tables.closed_by_finding(demo()).to_dict("records")
    assert (row["整改编号"], row["销号依据"]) == ("330300-P05-01-2009", "D-2010-01")
    assert row["销号文件"] == "（演示）整改复核记录第 1 号，系虚构"


def test_a_department_sees_the_items_that_it_leads(lists):
    made, left = rectification.tables.rectification(department_report()), lists.closing(2012)
    assert set(made["整改编号"]) == set(left.index[left["lead"] == "culture"])


def test_grave_are_those_past_the_first_step_and_every_item_traces_to_rule_and_source(lists):
    left = lists.closing(2012)
    assert len(rectification.tables.grave(demo())) == left.step.isin(["interview", "criticism"]).sum()
    every = rectification.tables.items(demo())
    assert len(every) == len(left) + len(lists.closed(2012))
    assert set(every["规则"]) == {"zhejiang 1.1"}
