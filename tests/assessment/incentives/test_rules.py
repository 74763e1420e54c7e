from decimal import Decimal

import pytest

from evalkit import ParamsError
from evalkit.assessment import assess
from evalkit.assessment.incentives.rules import Cause, Incentives, Limit, measures
from evalkit.base import params
from tests.assessment.findings.test_inspections import finding, findings
from tests.assessment.small import only, scored
from tests.conftest import ROOT
from tests.scoring.small import words

FILE = ROOT / "params/incentives/zhejiang.yaml"
RULES = Incentives.load(FILE)
ROUND = (2010, 2011, 2012)


def assessed(*scores):
    return assess(scored(*scores, years=ROUND), only(completion=100))


def follows(assessment, year=2012, given=None):
    table = measures(assessment, year, RULES, *([given] if given else []))
    return [(row.measure, row.why, row.barred_by) for row in table.itertuples()]


def test_an_excellent_grade_is_commended():
    assert follows(assessed(50, 50, 95)) == [
        ("commended", (Cause(2012, "excellent"),), ""), ("preferred", (Cause(2012, "excellent"),), ""),
    ]  # fmt: skip


def test_two_years_of_failing_cost_the_awards_and_one_does_not():
    assert follows(assessed(95, 50, 50)) == [("no_awards", (Cause(2011, "fail"), Cause(2012, "fail")), "")]
    assert follows(assessed(50, 70, 50)) == []
    assert follows(assessed(50, 50, 70)) == []


def test_a_year_that_is_not_rated_is_passed_over():
    assert follows(assessed(50, None, 50)) == [("no_awards", (Cause(2010, "fail"), Cause(2012, "fail")), "")]
    assert follows(assessed(50, 50, None)) == []


def test_a_falsified_figure_bars_the_commendation_of_its_year():
    given = findings(finding("F1", year=2012, verdict="falsified"))
    found = follows(assessed(50, 50, 95), given=given)
    assert found == [
        ("commended", (Cause(2012, "excellent"),), "no_awards"),
        ("preferred", (Cause(2012, "excellent"),), "no_awards"),
        ("no_awards", (Cause(finding="F1"),), ""),
    ]


def test_a_consequence_names_its_rule_and_source():
    row = measures(assessed(50, 50, 95), 2012, RULES).iloc[0]
    assert (row.region, row.kind, row.rule, row.status) == ("r1", "commendation", "zhejiang 1.1", "proposed")
    assert row.source == RULES.measures[0].source


def test_a_year_that_is_not_assessed_is_refused():
    with pytest.raises(ParamsError, match="year: found 2013; expected one of 2010, 2011, 2012"):
        measures(assessed(50, 50, 95), 2013, RULES)


def test_a_grade_that_the_round_does_not_have_is_refused():
    with pytest.raises(
        ParamsError, match=r"(?s)commended of zhejiang, incentives: found .*_awards of .*: found 'fail'"
    ):
        RULES.check(["good"])


def test_limits_are_by_region_where_they_are_declared():
    limit = Limit(of="amount", value=5, by_region={"r1": "7.50"}, status="proposed", source=words("none"))
    assert (limit.at("r1"), limit.at("r2")) == (Decimal("7.50"), Decimal(5))


@pytest.mark.parametrize(
    ("fund", "expected"),
    [
        ({"parts": {"performance": 0.7, "need": 0.2}}, r"parts\.need\.share .*shares that sum to 1, not 0\.9"),
        ({"amount": "10.005"}, r"amount .*yuan above 0, in whole cents"),
        ({"amount": 0}, r"amount .*yuan above 0, in whole cents"),
        ({"floor": {"of": "amount", "value": 0.001}}, r"floor\.value .*whole cents"),
        ({"cap": {"of": "share", "value": 2}}, r"cap\.value .*a share of the fund, at most 1"),
        ({"need": None}, r"need .*what need is, where a part is shared by need"),
        ({"need": {"measure": "inverse"}}, r"need\.variable .*a variable beside `variable` and `inverse`"),
        ({"floor_only": ["unrate"]}, "did you mean 'unrated'"),
    ],
)
def test_funds_that_cannot_be_shared_out_are_refused(fund, expected, tmp_path):
    data = params.parse(FILE)[0]
    own, sourced = data["funds"]["performance"], {"status": "proposed", "source": {"zh": "无", "en": "none"}}
    for name, change in fund.items():
        if name == "parts":
            change = {
                part: {"share": share, "name": words("x").model_dump(), **sourced} for part, share in change.items()
            }
        own[name] = {**change, **sourced} if isinstance(change, dict) and name != "parts" else change
    path = tmp_path / "test.yaml"
    path.write_text(params.dump(data), encoding="utf-8")
    with pytest.raises(ParamsError, match=expected):
        Incentives.load(path)


def test_every_fault_of_the_measures_is_told_at_once(tmp_path):
    data = params.parse(FILE)[0]
    one, two, three = (dict(measure) for measure in data["measures"])
    one["grades"], two["code"], three["bars"] = [], "commended", ["comended"]
    path = tmp_path / "test.yaml"
    path.write_text(params.dump({**data, "measures": [one, two, three]}), encoding="utf-8")
    with pytest.raises(ParamsError, match="did you mean 'commended'") as error:
        Incentives.load(path)
    assert len(error.value.problems) == 3
