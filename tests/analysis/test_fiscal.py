import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit import MethodError
from evalkit.analysis.fiscal import (
    Verdict,
    guarantee,
    increments,
    known_share_of_growth,
    mean_growth,
    spending,
    verdict,
    verdicts,
    with_total,
)

NAN = float("nan")
TWO_THIRDS = Fraction(2, 3)


def amounts(first=2008, **regions):
    """Yearly amounts, index (region, year)."""
    cells = {(r, first + place): x for r, row in regions.items() for place, x in enumerate(row)}
    return pd.Series(cells, dtype=float).rename_axis(["region", "year"])


@pytest.mark.parametrize(
    ("livelihood", "base", "met"),
    [
        (2, 3, True),
        (0.2, 0.3, True),
        (0.02, 0.03, True),
        (1_999_999, 3_000_000, False),
        (2_000_001, 3_000_000, True),
        (66.666666666666, 100, False),
        (66.666666666667, 100, True),
        (-1, 3, False),
        (5, 3, True),
    ],
)
def test_two_thirds_are_met_to_the_last_digit(livelihood, base, met):
    assert verdict(livelihood, base, TWO_THIRDS)[1:] == (met, "value")


def test_decimals_whose_binary_floats_fall_short_are_met():
    assert 3 * 1.4 < 2 * 2.1
    assert verdict(1.4, 2.1, TWO_THIRDS) == Verdict(2 / 3, True, "value")


def test_one_yuan_in_ten_billion_decides():
    """In 万元, the smallest step is 0.0001."""
    assert verdict(666_666.6667, 1_000_000, TWO_THIRDS).met
    assert not verdict(666_666.6666, 1_000_000, TWO_THIRDS).met


def test_an_infinite_amount_is_refused():
    with pytest.raises(MethodError, match="amount: found inf; expected a finite number"):
        verdict(1, float("inf"), TWO_THIRDS)


@pytest.mark.parametrize("livelihood", [1, -1, NAN])
@pytest.mark.parametrize("base", [0, -5])
def test_the_rule_does_not_apply_where_means_did_not_grow(livelihood, base):
    ratio, met, state = verdict(livelihood, base, TWO_THIRDS)
    assert (math.isnan(ratio), met, state) == (True, None, "not applicable")


@pytest.mark.parametrize(("livelihood", "base"), [(NAN, 3), (2, NAN), (NAN, NAN), (None, 3)])
def test_a_blank_term_makes_the_verdict_missing(livelihood, base):
    assert verdict(livelihood, base, TWO_THIRDS)[1:] == (None, "missing")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(-(10**9), 10**9), st.integers(1, 10**9), st.integers(0, 4))
def test_the_verdict_does_not_depend_on_the_unit_of_money(livelihood, base, digits):
    scaled = verdict(float(f"{livelihood}e-{digits}"), float(f"{base}e-{digits}"), TWO_THIRDS)
    assert scaled.met == (3 * livelihood >= 2 * base)
    assert scaled.ratio == pytest.approx(livelihood / base)


def test_published_increments_are_judged_as_they_are():
    index = pd.Index(["a", "b", "c"], name="region")
    found = verdicts(pd.Series([2.0, 1.9, 1], index), pd.Series([3.0, 3, -1], index), share=TWO_THIRDS)
    assert found.met.tolist() == [True, False, None]
    assert found.state.tolist() == ["value", "value", "not applicable"]


def test_the_guarantee_takes_amounts_on_the_year_before():
    found = guarantee(amounts(a=[10, 12, 13]), amounts(a=[50, 53, 55]), share=TWO_THIRDS)
    assert found.loc["a"].met.to_dict() == {2009: True, 2010: False}
    assert found.loc[("a", 2010), ["spent", "base", "ratio"]].tolist() == [1, 2, 0.5]


def test_the_guarantee_can_look_back_to_a_base_year():
    found = guarantee(amounts(a=[10, 12, 13]), amounts(a=[50, 53, 55]), since=2008, share=TWO_THIRDS)
    assert found.met.to_dict() == {("a", 2009): True, ("a", 2010): False}
    assert found.ratio["a", 2010] == pytest.approx(3 / 5)


def test_increments_are_exact_differences_of_the_printed_decimals():
    found = increments(amounts(a=[1.1, 1.3], b=[0.1, 0.4]))
    assert 1.3 - 1.1 != 0.2
    assert found.to_dict() == {("a", 2009): 0.2, ("b", 2009): 0.3}
    assert guarantee(amounts(a=[1.1, 1.3]), amounts(a=[0.1, 0.4]), share=TWO_THIRDS).met.tolist() == [True]


def test_an_increment_from_or_to_a_blank_is_blank_and_its_verdict_missing():
    found = guarantee(amounts(a=[10, NAN, 13]), amounts(a=[50, 53, 55]), share=TWO_THIRDS)
    assert found.state.tolist() == ["missing", "missing"]


def test_regions_keep_their_order():
    assert increments(amounts(b=[1, 2], a=[1, 2])).index.tolist() == [("b", 2009), ("a", 2009)]


def test_a_gap_between_the_years_is_told():
    with pytest.raises(MethodError, match="found no 2009; expected every year"):
        increments(amounts(a=[1, 2, 3]).drop(2009, level="year"))


def test_an_unknown_base_year_is_told():
    with pytest.raises(MethodError, match="years: found 2007; expected one of 2008, 2009"):
        increments(amounts(a=[1, 2]), since=2007)


def test_amounts_need_a_region_and_a_year():
    with pytest.raises(MethodError, match="not by region and year"):
        increments(pd.Series({"a": 1.0}))


def test_units_that_do_not_match_are_named():
    with pytest.raises(MethodError, match="base: found no b in 2008"):
        guarantee(amounts(a=[1, 2], b=[1, 2]), amounts(a=[1, 2]), share=TWO_THIRDS)


def share(education, health, total):
    known = pd.DataFrame({"education": amounts(a=education), "health": amounts(a=health)})
    return known_share_of_growth(known, amounts(a=total)).loc[("a", 2009)]


def test_the_known_share_of_growth_is_no_verdict():
    found = share([10, 13], [5, 6], [100, 110])
    assert (found.known, found.spending, found.share, found.state, found.falling) == (4, 10, 0.4, "value", None)
    assert "met" not in found


def test_a_share_outside_0_and_1_is_kept_and_explained():
    assert share([10, 9], [5, 5], [100, 110])[["share", "falling"]].tolist() == [-0.1, "known"]
    assert share([10, 20], [5, 7], [100, 110])[["share", "falling"]].tolist() == [1.2, "rest"]


def test_there_is_no_share_of_growth_without_growth_or_without_a_figure():
    falling, blank = share([10, 13], [5, 6], [100, 90]), share([10, 13], [NAN, 6], [100, 110])
    assert (falling.state, blank.state) == ("not applicable", "missing")
    assert np.isnan([falling.share, blank.share]).all()


def test_a_known_share_needs_a_known_function():
    total = amounts(a=[100, 110])
    with pytest.raises(MethodError, match="no function is known"):
        known_share_of_growth(pd.DataFrame(index=total.index), total)


def test_spending_stands_beside_revenue():
    found = spending(amounts(a=[100, 120]), amounts(a=[50, 55]), amounts(a=[10, 12])).loc["a"]
    assert found.per_head.tolist() == [10, 10]
    assert found.loc[2009].drop("per_head").round(12).to_dict() == {
        "spending_growth": 0.2,
        "revenue_growth": 0.1,
        "difference": 0.1,
        "elasticity": 2,
    }
    assert found.loc[2008].drop("per_head").isna().all()


def test_there_is_no_elasticity_where_revenue_did_not_grow():
    found = spending(amounts(a=[100, 120]), amounts(a=[50, 50]), amounts(a=[1, 1])).loc[("a", 2009)]
    assert (found.difference, math.isnan(found.elasticity)) == (pytest.approx(0.2), True)


def test_spending_and_people_must_be_above_zero():
    with pytest.raises(MethodError, match=r"(?s)expenditure of a in 2008: found 0.*population of a in 2009: found -1"):
        spending(amounts(a=[0, 120]), amounts(a=[50, 55]), amounts(a=[10, -1]))


def test_mean_growth_is_the_compound_rate():
    found = mean_growth(amounts(a=[100, 300, 121]), amounts(a=[100, 90, 144]), since=2008, until=2010).loc["a"]
    assert found[["spending_growth", "revenue_growth"]].tolist() == pytest.approx([0.1, 0.2])
    assert found[["difference", "elasticity"]].tolist() == pytest.approx([-0.1, 0.5])


def test_mean_growth_needs_two_years_in_order():
    with pytest.raises(MethodError, match="years: found 2008 to 2008; expected"):
        mean_growth(amounts(a=[1, 2]), amounts(a=[1, 2]), since=2008, until=2008)


def test_a_total_is_the_sum_of_all_and_blank_where_one_is():
    found = with_total(pd.DataFrame({"x": amounts(a=[0.1, 1], b=[0.2, NAN])}), "all").x["all"]
    assert found[2008] == 0.3
    assert math.isnan(found[2009])


def test_a_total_cannot_take_a_region_s_name():
    with pytest.raises(MethodError, match="code: found 'a'; expected a name that no region has"):
        with_total(pd.DataFrame({"x": amounts(a=[1, 2])}), "a")


def test_the_shipped_figures_by_plain_fractions(figures):
    """31 % of the growth of all cities' spending from 2008 to 2012 went to education and health."""
    table = figures[["exp_education", "exp_health", "fiscal_expenditure"]].dropna()
    sums = {year: [Fraction(x) for x in table.xs(year, level="year").sum()] for year in (2008, 2012)}
    grown = [now - then for now, then in zip(sums[2012], sums[2008], strict=True)]
    total = with_total(table, "all")
    found = known_share_of_growth(total.iloc[:, :2], total.fiscal_expenditure, since=2008).loc[("all", 2012)]
    assert found.share == pytest.approx(float((grown[0] + grown[1]) / grown[2]))
    assert round(found.share, 3) == 0.308
