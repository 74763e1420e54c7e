import pytest

from evalkit.base.text import Text
from tests.assessment.small import event
from tests.reporting.cities import WENZHOU, assessed_report, under
from tests.reporting.printed import grade

FLOOR = {"not_above": "pass", "status": "proposed", "source": {"zh": "甲", "en": "a"}}


@pytest.mark.parametrize(("below", "bitten"), [(100.0, True), (0.0, False)])
def test_a_project_below_the_floor_is_named_with_both_numbers(below, bitten):
    report = under(gates={"project": FLOOR | {"below": below}})
    found = report.assessed.projects[report.assessed.projects < below]
    rows = grade.tables.gates(report)
    rows = rows[rows["规则"].str.startswith("单项工程底线")]
    assert bool(len(rows)) is bitten
    assert [str(cell) for cell in rows["实际"]] == [f"{score:.2f}" for score in found]
    assert set(rows["出处"]) <= {"甲"}


def test_a_rule_that_lowers_is_named_once_however_often_it_does():
    one = event("V1", region=WENZHOU, veto=True)
    other = one.model_copy(update={"code": "V2", "document": Text(zh="另一通知", en="another notice")})
    names = grade.reasons.lowered_by(under(one, other))
    assert [name for name in names if "一票否决" in name] == ["一票否决（the reason of V1）"]


def test_nothing_is_named_where_the_grade_is_that_of_the_band():
    report = assessed_report("330100")
    lowered = report.assessed.result.grade != report.assessed.result.band
    assert bool(grade.reasons.lowered_by(report)) is lowered
