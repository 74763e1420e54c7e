import pytest

from evalkit.assessment.supervision.visit_plan import VisitPlan
from tests.assessment.inspected import finding, record, rules

STEADY = [60, 61, 62, 63, 64, 65]
REGIONS = ("r1", "r2", "r3")


def plan(*findings, capacity=3, riskiest=1, year=2012):
    found = record(a=dict.fromkeys(REGIONS, STEADY), c=dict.fromkeys(REGIONS, STEADY), findings=findings)
    return VisitPlan(found, rules(visits={"capacity": capacity, "riskiest": riskiest}), year, 1)


def test_a_plan_leads_from_signals_to_the_checklists_of_its_visits():
    found = plan()
    assert len(found.visits) == 3
    assert found.selection.probability.sum() == pytest.approx(3)
    assert [found.checklist(visit).visit for visit in found.visits] == list(found.visits)


def test_what_was_found_raises_the_next_plan_and_where_nothing_was_wrong_lowers_it():
    before = plan(year=2010).risks.score
    falsified = finding(region="r3", indicator="c", year=2009, verdict="falsified")
    confirmed = finding("F2", region="r1", year=2010, verdict="confirmed")
    after = plan(falsified, confirmed, year=2010)
    assert after.risks.score[("r3", "P02")] == before[("r3", "P02")] + 40 - 10
    assert after.risks.score[("r1", "P01")] == before[("r1", "P01")] - 10
    assert after.visits[0][:3] == ("r3", "P02", 2010)


def test_anyone_can_recompute_a_score_from_the_rows():
    found = plan(finding(), finding("F2", region="r2", verdict="falsified"))
    sums = found.signals.groupby(["region", "project"]).points.sum().clip(upper=100)
    assert found.risks.score[sums.index].tolist() == sums.tolist()
