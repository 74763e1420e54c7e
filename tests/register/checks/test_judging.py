import pandas as pd
import pytest

from evalkit.register.checks.checks import Checks
from evalkit.register.checks.judging import judge
from evalkit.register.checks.parts import PartsCheck
from evalkit.register.checks.series import JumpCheck, SlipCheck
from evalkit.register.checks.single import RangeCheck, RequiresCheck, WholeCheck
from evalkit.register.remarks import open_remarks
from tests.conftest import ROOT
from tests.register.checks.small import figure, frame, metadata, regions, series

SHIPPED = ROOT / "params" / "checks" / "zhejiang.yaml"


def judged(answers, history, *rules):
    checks = Checks(code="ours", source={"zh": "建议", "en": "proposed"}, rules=rules)
    return judge(frame(answers), frame(history), checks, metadata(), regions())


def test_remarks_are_in_the_order_of_the_rows_and_then_of_the_rules():
    answers = [figure("cover", 120, source=""), figure("people", 1.5), figure("cover", -1)]
    rules = WholeCheck(code="w"), RequiresCheck(code="s", columns=["source"]), RangeCheck(code="r")
    found = [(remark.row, remark.rule) for remark in judged(answers, [], *rules)]
    assert found == [(10, "s"), (10, "r"), (20, "w"), (30, "r")]


def test_of_a_slip_nobody_needs_to_be_told_that_it_is_a_jump():
    answers, history = [figure("spending", 10_000)], series("spending", *[1] * 5)
    rules = JumpCheck(code="j"), SlipCheck(code="s")
    assert [remark.rule for remark in judged(answers, history, *rules)] == ["s"]
    assert [remark.rule for remark in judged(answers, history, *rules[:1])] == ["j"]


def test_a_warning_never_stands_for_an_error():
    answers, history = [figure("spending", 10_000)], series("spending", *[1] * 5)
    jump = JumpCheck(code="j", level="error")
    assert [remark.rule for remark in judged(answers, history, jump, SlipCheck(code="s"))] == ["j", "s"]
    assert [remark.rule for remark in judged(answers, history, jump, SlipCheck(code="s", level="error"))] == ["s"]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", [0, -1, 1e300, -1e300, 5e-324, float("nan"), float("inf"), "twelve", None, 10**18])
def test_whatever_is_handed_in_is_judged(value):
    rules = [rule for rule in Checks.load(SHIPPED).rules if not any(codes for _, codes in rule.named)]
    answers = [figure(variable, value, last=value) for variable in ("people", "spending", "cover", "unheard-of", None)]
    found = judged([*answers, figure("people", value, "9999")], series("people", 1, 2, 3, 4, 5), *rules)
    assert [remark.row for remark in found] == sorted(remark.row for remark in found)


def test_an_explanation_settles_a_warning_and_no_error():
    answers = [figure("people", 9000, explanation="两县合并"), figure("boys", 9001, explanation="两县合并")]
    most = PartsCheck(code="p", level="error", at_most={"boys": "people"})
    found = judged(answers, series("people", *[500] * 5), JumpCheck(code="j"), most)
    assert [remark.rule for remark in found] == ["j", "p"]
    assert [remark.rule for remark in open_remarks(found, frame(answers))] == ["p"]


def test_all_shipped_rules_judge_a_first_year_and_no_answers_at_all():
    checks = Checks.load(SHIPPED)
    of_these = checks.model_copy(
        update={"rules": tuple(rule for rule in checks.rules if not any(codes for _, codes in rule.named))}
    )
    empty = frame([])
    assert judge(empty, empty, of_these, metadata(), regions()) == []
    assert judge(frame([figure("people", 5)]), empty, of_these, metadata(), regions()) == []
    assert judge(frame([figure("people", 5)]), pd.DataFrame(), of_these, metadata(), regions()) == []
