import pytest
from pydantic import ValidationError

from evalkit.index import Goalposts, Target
from tests.scoring.small import leaf, words

POSTS = {"basis": words("by hand"), "date": "2012", "worst_status": "proposed", "best_status": "proposed"}
UNSCORED = {"worst": None, "unscored": "context"}


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ({"numerator": "n", "denominator": "d"}, "either `variable`, or `numerator` and `denominator`"),
        ({"variable": None}, "either `variable`, or `numerator` and `denominator`"),
        ({"variable": None, "numerator": "n"}, "either `variable`, or `numerator` and `denominator`"),
        ({"denominator": "d"}, "either `variable`, or `numerator` and `denominator`"),
        ({"unscored": "context", "weight": 1}, "a weight of 0 where `unscored` is 'context'"),
        (
            {"worst": None, "unscored": "broken"},
            "a reason of the definition: 'broken' is one of a round's data, for `unscored` in the study",
        ),
        ({"weight": 0}, "a reason in `unscored` where the weight is 0"),
        ({"worst": None}, "`goalposts` on a scored indicator"),
        ({"layer": "input"}, "a layer other than input on a scored indicator: money never raises a service score"),
        ({"better": "lower"}, "goalposts that agree with `better: lower`"),
        ({"worst": 100, "best": 0, "better": "higher"}, "goalposts that agree with `better: higher`"),
        ({"transform": "log"}, "goalposts above 0 under `transform: log`"),
        ({"valid": (100, 0)}, r"a valid range from low to high, not \[100.0, 0.0\]"),
    ],
)
def test_a_contradiction_is_refused(declared, expected):
    with pytest.raises(ValidationError, match=f"Value error, {expected} "):
        leaf("a", **declared)


def test_all_contradictions_are_in_one_message():
    with pytest.raises(ValidationError, match=r"either `variable`.*; `goalposts` on.*; a layer other than input"):
        leaf("a", variable=None, worst=None, layer="input")


def test_worst_and_best_must_differ():
    with pytest.raises(ValidationError, match=r"worst and best that differ \(both are 2\.5\)"):
        Goalposts(worst=2.5, best=2.5, **POSTS)


def test_goalposts_without_a_basis_are_refused():
    with pytest.raises(ValidationError, match=r"(?s)basis.*date.*worst_status.*best_status"):
        Goalposts(worst=1, best=2)


def test_an_indicator_with_a_reason_weighs_nothing():
    assert leaf("a", **UNSCORED).weight == 0


def test_a_negative_weight_is_refused():
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        leaf("a", weight=-1)


@pytest.mark.parametrize(
    ("declared", "higher"),
    [
        ({"worst": 1, "best": 2}, True),
        ({"worst": 2, "best": 1}, False),
        ({**UNSCORED, "better": "higher"}, True),
        ({**UNSCORED, "better": "lower"}, False),
        (UNSCORED, None),
    ],
)
def test_the_direction_is_read_from_the_goalposts_or_declared(declared, higher):
    assert leaf("a", **declared).higher_is_better is higher


def test_the_terms_are_the_variable_or_both_parts_of_the_ratio():
    assert leaf("a", variable="v").terms == ("v",)
    assert leaf("a", variable=None, numerator="n", denominator="d").terms == ("n", "d")


def test_a_region_may_have_a_target_of_its_own():
    target = Target(value=82, year=2012, status="other-source", document=words("plan"), by_region={"330100": 85})
    assert (target.at("330100"), target.at("330300")) == (85, 82)
    assert leaf("a", target=target).target_status == "other-source"
    assert leaf("a").target_status == "absent"
