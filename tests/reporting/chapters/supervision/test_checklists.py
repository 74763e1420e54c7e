from dataclasses import replace

import pandas as pd
import pytest

from tests.reporting.assessed import demo
from tests.reporting.printed import supervision

BLANK = ["核实数（填写）", "结论（填写）", "核查人、日期（填写）"]


@pytest.fixture(scope="module")
def plan():
    return demo().study.consequences.visit_plan(2012)


@pytest.mark.parametrize(
    "table",
    [supervision.checklists.checklists, supervision.checklists.places, supervision.checklists.terms],
    ids=lambda table: table.__name__,
)
def test_a_round_without_rules_of_supervision_has_no_checklists(table, round_report):
    assert table(round_report()) is None


@pytest.mark.parametrize(
    "table",
    [supervision.checklists.checklists, supervision.checklists.places, supervision.checklists.terms],
    ids=lambda table: table.__name__,
)
def test_only_what_is_to_be_filled_in_is_blank_and_english_is_english(table):
    made = table(demo(2012, "en"))
    filled = made[[column for column in made if "fill in" not in column]]
    assert not (filled.isna() | (filled == "")).any(axis=None)
    assert not any(
        "一" <= c <= "鿿"
        for column in filled
        if column != "Facility or line"
        for c in " ".join(map(str, filled[column]))
    )


def test_every_visit_looks_at_each_indicator_of_its_project(plan):
    table = supervision.checklists.checklists(demo())
    for n, visit in enumerate(plan.visits, start=1):
        assert (table["序号"] == n).sum() == len(plan.checklist(visit).items)
    assert (table[BLANK] == "").all(axis=None)


def test_a_signal_is_told_beside_its_indicator(plan):
    n = next(n for n, visit in enumerate(plan.visits, 1) if (visit.region, visit.project) == ("330600", "P06"))
    table = supervision.checklists.checklists(demo())
    (row,) = table[(table["序号"] == n) & table["指标"].str.startswith("农村五保")].to_dict("records")
    reported = demo().study.assessed.reported.values.loc[("330600", 2012), "P06-02"]
    assert float(row["报送数"]) == pytest.approx(reported, abs=0.05)
    assert "数据不实" in row["状态"]


def test_a_ledger_is_visited_by_its_lines(plan):
    table = supervision.checklists.places(demo())
    drawn = table[table["选取原因"] == "随机抽取"]
    assert drawn["设施或台账行"].str.fullmatch(r"台账第 \d+ 行").all()
    assert len(table) == sum(len(plan.checklist(visit).places) for visit in plan.visits)


def test_both_terms_of_a_rate_stand_with_their_publication(plan):
    table = supervision.checklists.terms(demo())
    assert len(table) == sum(len(plan.checklist(visit).terms) for visit in plan.visits)
    assert not table["出处"].isin(["—"]).any()


def test_a_count_keeps_the_decimals_that_it_has(plan):
    listed = plan.checklist(plan.visits[0])
    counts = pd.concat([listed.terms.head(1)] * 2).assign(value=[833.78, 834.0])
    told = supervision.checklists.terms_of(demo(), replace(listed, terms=counts))
    assert [str(row["figure"]) for row in told] == ["833.78", "834"]
