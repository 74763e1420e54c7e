import pytest

from evalkit.assessment.assessment_design import AssessmentDesign
from evalkit.base.errors import ParamsError
from tests.assessment.small import rules
from tests.index.test_target import aimed
from tests.scoring.small import leaf, system

RATIO = {"variable": None, "numerator": "spent", "denominator": "gained"}


AIM = aimed()


def tree(target=AIM):
    return system(leaf("a", target=target), leaf("f", **RATIO, worst=None, weight=0, unscored="input"))


def test_a_design_that_names_what_the_study_has_is_taken():
    AssessmentDesign(rules="r", public_evaluation="survey", earmark="f").check(tree(), ["survey"])


def test_every_misfit_is_told_at_once():
    design = AssessmentDesign(rules="r", public_evaluation="survy", earmark="a")
    with pytest.raises(ParamsError) as told:
        design.check(tree(target=None), ["survey"])
    message = str(told.value)
    assert "public_evaluation: found 'survy'; expected one of survey (did you mean 'survey'?)" in message
    assert "earmark: found 'a'; expected an indicator with two terms: one of f" in message
    assert "a of " in message
    assert "a weight, and no target; expected a target, or a weight of 0" in message


def test_an_index_of_equality_alone_has_nothing_to_complete():
    only = system(leaf("a", target=AIM, layer="equity"))
    with pytest.raises(ParamsError, match="found equity alone; expected a scored indicator whose completion counts"):
        AssessmentDesign(rules="r").check(only, [])


def test_an_earmark_is_judged_by_rules_that_have_one():
    design = AssessmentDesign(rules="zhejiang", earmark="f")
    design.check_rules(rules())
    with pytest.raises(ParamsError, match="earmark: found 'f'; expected a gate `earmark` in the rules zhejiang"):
        design.check_rules(rules(gates={"earmark": None}))


def test_rules_must_be_named():
    with pytest.raises(ValueError, match="rules"):
        AssessmentDesign(rules="")
