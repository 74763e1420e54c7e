from dataclasses import replace
from decimal import Decimal

import pytest

from evalkit import EvalkitError
from evalkit.assessment.consequences import Consequences
from evalkit.assessment.findings.inspections import Findings
from tests.assessment.findings.test_inspections import finding, rectified

YEAR = 2012
WENZHOU, SHAOXING = "330300", "330600"


def but(demo, **assessment_files):
    """The demonstration's consequences under other files."""
    assessed = replace(demo.assessed, assessment_files=replace(demo.assessment_files, **assessment_files))
    return Consequences(assessed, demo.seed)


def found(*each):
    return Findings(code="test", findings=each)


def test_a_round_that_is_not_assessed_has_no_consequences(study):
    assert study.consequences is None


def test_what_the_provisions_leave_out_does_not_follow(demo):
    bare = but(demo, accountability=None, incentives=None, supervision=None)
    assert (bare.rectification, bare.visit_plan(YEAR), bare.funds) == (None, None, {})
    assert bare.measures(YEAR).empty
    bare.check(YEAR)


def test_a_disputed_figure_enters_no_achievement_and_no_total_of_the_province(demo):
    code, year = "P05-04", 2011
    plain = but(demo, findings=found()).assessed
    disputed = but(demo, findings=found(finding(region=WENZHOU, year=year, indicator=code))).assessed
    assert plain.cities.lamps.loc[(WENZHOU, year), code] != "disputed"
    assert disputed.cities.lamps.loc[(WENZHOU, year), code] == "disputed"
    assert disputed.reported.values.loc[(WENZHOU, year), code] == plain.panel.values.loc[(WENZHOU, year), code]
    whole = demo.all_regions.code
    assert plain.province.states.loc[(whole, year), code] == "value"
    assert disputed.province.states.loc[(whole, year), code] == "disputed"


def test_no_verdict_on_the_earmark_rests_on_a_figure_in_dispute(demo):
    rule = demo.round.assessment.earmark
    disputed = but(demo, findings=found(finding(region=WENZHOU, year=YEAR, indicator=rule))).assessed
    assert demo.assessed.earmark.met[WENZHOU, YEAR] in (True, False)
    assert disputed.earmark.state[WENZHOU, YEAR] == "missing"
    assert disputed.assessment.cases[WENZHOU, YEAR].earmark is None


def test_a_falsified_figure_fails_its_city_whatever_the_score(demo):
    results = demo.assessed.assessment.results
    assert results.score[SHAOXING, YEAR] > 80
    assert results.grade[SHAOXING, YEAR] == "fail"
    honest = but(demo, findings=found()).assessed.assessment.results
    assert honest.grade[SHAOXING, YEAR] != "fail"


def test_the_record_has_the_figures_of_before_the_dispute(demo):
    record = demo.consequences.record
    assert record.panel.states.loc[(SHAOXING, YEAR), "P06-02"] == "value"
    assert record.achievement.states.loc[(SHAOXING, YEAR), "P06-02"] == "disputed"


def test_the_fund_is_spent_to_the_cent_and_the_expected_visits_are_the_capacity(demo):
    given = demo.consequences
    for code, fund in given.funds.items():
        assert sum(given.allocation(code, YEAR).table.amount) == fund.amount == Decimal("100000000")
    plan = given.visit_plan(YEAR)
    assert plan.selection.probability.sum() == pytest.approx(
        demo.assessment_files.supervision.visits.capacity, abs=1e-9
    )
    assert given.visit_plan(YEAR) is plan


def test_the_first_fund_is_in_force_and_the_other_is_held_beside_it(demo):
    held = demo.consequences.simulation("balanced", YEAR)
    assert held.one.equals(demo.consequences.allocation("performance", YEAR).table.amount)
    assert held.difference.sum() == 0


def test_all_that_keeps_a_consequence_from_being_drawn_is_told_at_once(demo):
    fund = demo.consequences.funds["performance"]
    floor = fund.floor.model_copy(update={"value": Decimal("0.2")})
    incentives = demo.assessment_files.incentives.model_copy(
        update={"funds": {"performance": fund.model_copy(update={"floor": floor})}}
    )
    closure = rectified("330300-P05-01-2007", region=WENZHOU, year=2010, indicator="P05-01")
    with pytest.raises(EvalkitError) as error:
        but(demo, findings=found(closure), incentives=incentives).check(YEAR)
    assert [problem.where for problem in error.value.problems] == [
        "some findings do not fit the rectification list: closes of the finding R1",
        "the fund cannot be shared out: floors",
    ]


def test_what_the_plans_own_visits_find_moves_the_next_plan_and_not_this_one(demo):
    late = finding("D9", region=WENZHOU, year=2011, indicator="P05-04", verdict="falsified", date="2012-10-30")
    before, after = but(demo, findings=found()), but(demo, findings=found(late))
    assert after.visit_plan(2011).selection.equals(before.visit_plan(2011).selection)
    scores = [given.visit_plan(2012).risks.score[WENZHOU, "P05"] for given in (before, after)]
    assert scores[1] > scores[0]
    in_time = but(demo, findings=found(late.model_copy(update={"date": "2012-06-30"})))
    assert in_time.visit_plan(2011).risks.score[WENZHOU, "P05"] > before.visit_plan(2011).risks.score[WENZHOU, "P05"]
