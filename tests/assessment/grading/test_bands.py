import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evalkit.assessment.grading.bands import UNRATED, Bands, rules_in
from evalkit.assessment.incentives.rules import Incentives
from evalkit.base.exact import publish
from tests.assessment.small import quick, rules, words
from tests.conftest import ROOT

BANDS = rules().bands


@pytest.mark.parametrize(
    ("computed", "band"),
    [
        (100, "excellent"),
        (90.00, "excellent"),
        (89.995, "excellent"),
        (89.9949, "good"),
        (80, "good"),
        (79.994, "pass"),
        (59.995, "pass"),
        (59.994, "fail"),
        (0, "fail"),
        (float("nan"), UNRATED),
    ],
)
def test_the_band_is_that_of_the_published_score_and_its_lower_bound_belongs_to_it(computed, band):
    assert BANDS.of(publish(computed)) == band


@quick
@given(st.floats(0, 100))
def test_the_band_is_the_one_whose_bounds_hold_the_score(score):
    bounds = {"excellent": (90, 101), "good": (80, 90), "pass": (60, 80), "fail": (0, 60)}
    low, high = bounds[BANDS.of(publish(score))]
    assert low <= publish(score) < high


def test_the_lowest_of_bands_passes_over_what_is_not_rated():
    assert BANDS.lowest("good", "fail", "excellent") == "fail"
    assert (BANDS.lowest(UNRATED, "fail"), BANDS.lowest(UNRATED)) == ("fail", UNRATED)


def test_the_bands_next_to_a_band():
    assert [BANDS.above(code) for code in BANDS.codes] == [None, "excellent", "good", "pass"]
    assert [BANDS.below(code) for code in BANDS.codes] == ["good", "pass", "fail", "fail"]
    assert BANDS.above(UNRATED) is None


def test_bands_have_names_and_so_has_what_is_not_rated():
    assert [BANDS.name_of(code).zh for code in ("excellent", "fail", UNRATED)] == ["优秀", "不合格", "不予评定"]


def scale(*bounds, codes="abcdef"):
    entries = tuple({"code": codes[n], "name": words("x"), "least": least} for n, least in enumerate(bounds))
    return {**BANDS.model_dump(), "scale": entries}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (scale(90, 80, 10), "0 for the last band"),
        (scale(90, 90, 0), "less than 90, the bound of the band above"),
        (scale(60, 80, 0), "less than 60, the bound of the band above"),
        (scale(59.995, 0), "two decimals at most"),
        (scale(60, 0, codes="aa"), "a code of its own, other than 'unrated'"),
        (scale(60, 0, codes=(UNRATED, "b")), "a code of its own, other than 'unrated'"),
    ],
)
def test_a_scale_that_contradicts_itself_is_refused(given, expected):
    with pytest.raises(ValidationError, match=expected):
        Bands.model_validate(given)


def test_every_rule_is_found_however_deep_it_lies():
    fund = Incentives.load(ROOT / "params/incentives/zhejiang.yaml").funds["performance"]
    assert list(rules_in(fund)) == [fund, *fund.parts.values(), fund.need, fund.floor, fund.cap, fund.payment]
    assert list(rules_in({"name": (fund.need, "text")})) == [fund.need]
