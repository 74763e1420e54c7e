from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit import MethodError, ParamsError
from evalkit.assessment import Events, assess
from evalkit.assessment.incentives.allocation import allocate, basis, simulate
from evalkit.assessment.incentives.rules import Fund
from tests.assessment.incentives.test_rules import RULES
from tests.assessment.small import event, only, scored
from tests.scoring.small import quick, words

SOURCED = {"status": "proposed", "source": words("none")}


def fund(amount="100.01", *, parts=None, need=None, floor=None, cap=None, **more):
    """A fund for performance alone, unless parts are given; limits are (of, value, by_region)."""
    pots = {part: {"name": words(part), "share": x, **SOURCED} for part, x in (parts or {"performance": 1}).items()}
    limits = {
        name: dict(zip(("of", "value", "by_region"), given, strict=False)) | SOURCED
        for name, given in (("floor", floor), ("cap", cap))
        if given
    }
    declared = {"name": words("fund"), "amount": amount, "parts": pots, "need": need and {**need, **SOURCED}}
    return Fund.model_validate({**declared, **limits, **more, **SOURCED})


def standing(*scores, vetoed=(), progress=50.0, **variables):
    regions = pd.Index([f"r{place}" for place in range(1, len(scores) + 1)], name="region")
    own = {"score": scores, "progress": progress, "completion": scores, "vetoed": regions.isin(vetoed)}
    return pd.DataFrame({**own, **variables}, index=regions)


def paid(*given, **more):
    return [str(amount) for amount in allocate(*given, **more).table.amount]


def test_an_odd_fund_is_shared_out_to_the_cent_between_floors_and_caps():
    # 100.01 by 50 : 30 : 15 : 5 are 50.005, 30.003, 15.0015 and 5.0005; the cap of 40 and the floor of 8 leave 52.01
    # for 30 : 15, which are 34.67333… and 17.33666…: 34.67 and 17.33, and the last cent to the larger remainder
    rule = fund(floor=("amount", 8), cap=("amount", 40))
    found = allocate(rule, standing(50, 30, 15, 5))
    assert paid(rule, standing(50, 30, 15, 5)) == ["40.00", "34.67", "17.34", "8.00"]
    assert found.table.limit.tolist() == ["cap", "", "", "floor"]
    assert found.table.entitlement.tolist() == [Fraction(x) * Fraction("1.0001") for x in (50, 30, 15, 5)]
    assert (found.level, found.tied) == (Fraction(5201, 100) / (45 * Fraction("1.0001")), ())


def test_a_mean_above_100_by_noise_alone_leaves_no_gap():
    rule = fund("100", parts={"need": 1}, need={"measure": "gap"})
    assert paid(rule, standing(100.00000000000003, 50)) == ["0.00", "100.00"]
    with pytest.raises(MethodError, match=r"need of r1: found -0\.5"):
        allocate(rule, standing(100.5, 50))


def test_equal_remainders_go_to_the_larger_base_then_the_earlier_code():
    # thirds of 1.00; then by base, 0.10 is 0.0125 : 0.025 : 0.0625
    found = allocate(fund("1.00"), standing(80, 80, 80))
    assert [str(amount) for amount in found.table.amount] == ["0.34", "0.33", "0.33"]
    assert found.tied == ("r1", "r2", "r3")
    by_base = allocate(fund("0.04", base="people"), standing(80, 80, people=[1.0, 7.0]))
    assert ([str(amount) for amount in by_base.table.amount], by_base.tied) == (["0.00", "0.04"], ("r1", "r2"))


def test_parts_are_shared_by_performance_progress_and_need():
    # 60 by 90 : 30, 20 by 10 : 30, 20 by gaps 10 : 70
    rule = fund("100", parts={"performance": 0.6, "progress": 0.2, "need": 0.2}, need={"measure": "gap"})
    table = allocate(rule, standing(90, 30, progress=[10.0, 30.0])).table
    assert table[["performance", "progress", "need"]].to_numpy().tolist() == [
        [45, 5, Fraction(5, 2)],
        [15, 15, Fraction(35, 2)],
    ]
    assert table.amount.tolist() == [Decimal("52.5"), Decimal("47.5")]


@pytest.mark.parametrize(
    ("need", "amounts"),
    [
        ({"measure": "variable", "variable": "poor"}, ["75.00", "25.00"]),
        ({"measure": "inverse", "variable": "poor"}, ["25.00", "75.00"]),
        ({"measure": "inverse", "variable": "revenue", "per": "people"}, ["80.00", "20.00"]),  # 5 and 20 a head
    ],
)
def test_need_is_a_variable_or_its_inverse(need, amounts):
    given = standing(80, 80, poor=[3.0, 1.0], revenue=[50.0, 400.0], people=[10.0, 20.0])
    assert paid(fund("100", parts={"need": 1}, need=need), given) == amounts


def test_the_base_weights_every_part():
    assert paid(fund("100", base="people"), standing(90, 30, people=[1.0, 3.0])) == ["50.00", "50.00"]


def test_who_is_set_aside_gets_the_floor_only():
    given = standing(90, None, 90, vetoed=["r3"])
    rule = fund("100", floor=("amount", 10), floor_only=("unrated", "vetoed"))
    table = allocate(rule, given).table
    assert table.amount.tolist() == [80, 10, 10]
    assert (table.limit.tolist(), table.why.tolist()) == (["", "floor_only", "floor_only"], ["", "unrated", "vetoed"])
    # otherwise a veto costs the grade alone, and an unrated region has no performance
    assert paid(fund("100", floor=("amount", 10)), given) == ["45.00", "10.00", "45.00"]


def test_limits_may_be_shares_of_the_fund_and_one_regions_own():
    rule = fund("100", floor=("share", "0.1", {"r2": "0.4"}), cap=("share", "0.55"))
    assert paid(rule, standing(90, 5, 5)) == ["50.00", "40.00", "10.00"]


def test_two_rules_stand_beside_one_another():
    table = simulate(fund("100"), fund("100", base="people"), standing(90, 30, 30, people=[1.0, 3.0, 1.0]))
    assert table.one.tolist() == [60, 20, 20]
    # 90, 90 and 30 of 210
    assert [str(amount) for amount in table.other] == ["42.86", "42.86", "14.28"]
    assert table.effect.tolist() == ["loses", "gains", "loses"]
    assert table.difference.sum() == 0


def test_a_basis_is_taken_from_an_assessment():
    veto = Events(code="test", events=(event(region="r3", veto=True),))
    assessment = assess(scored(95.0, None, 62.5, events=veto), only(completion=100))
    found = basis(assessment, 2012, pd.DataFrame({"people": [1.0, 2.0, 3.0]}, ["r1", "r2", "r3"]))
    assert found.score.isna().tolist() == [False, True, False]
    assert found.loc["r3", ["score", "completion", "vetoed", "people"]].tolist() == [62.5, 62.5, True, 3]
    with pytest.raises(ParamsError, match="year: found 2011; expected one of 2012"):
        basis(assessment, 2011)


scores = st.lists(st.integers(100, 10000).map(lambda score: score / 100), min_size=2, max_size=6)
limits = st.tuples(st.integers(0, 15), st.integers(60, 100))


@quick
@given(st.integers(100, 10**7), scores, limits, st.data())
def test_the_fund_is_spent_exactly_and_nobody_passes_a_limit(cents, given_scores, shares, data):
    people = data.draw(st.lists(st.integers(1, 99), min_size=len(given_scores), max_size=len(given_scores)))
    least, most = (Decimal(share) / 100 for share in shares)
    rule = fund(Decimal(cents) / 100, floor=("share", least), cap=("share", most), base="people")
    table = allocate(rule, standing(*given_scores, people=people)).table
    assert table.amount.sum() == rule.amount
    assert all(least * rule.amount <= amount <= most * rule.amount for amount in table.amount)


@quick
@given(scores, st.integers(1, 5000), limits)
def test_a_higher_performance_never_lowers_an_allocation(given_scores, rise, shares):
    rule = fund("99999.97", floor=("share", shares[0] / 100), cap=("share", shares[1] / 100))
    before, after = given_scores, [given_scores[0] + rise / 100, *given_scores[1:]]
    amounts = [allocate(rule, standing(*each)).table.amount["r1"] for each in (before, after)]
    assert amounts[1] >= amounts[0]


def test_the_shipped_funds_can_be_held_beside_one_another():
    given = standing(95.0, 88.5, None, 61.0, 72.0, 90.0, pop_resident=5.0, fiscal_expenditure=[1.0, 2, 3, 4, 5, 6])
    one = RULES.funds["performance"].model_copy(update={"payment": None})  # it names a city
    table = simulate(one, RULES.funds["balanced"], given)
    assert (table.one.sum(), table.difference.sum()) == (100000000, 0)


@pytest.mark.parametrize(
    ("rule", "given", "expected"),
    [
        (
            fund("100", floor=("amount", 60)),
            standing(80, 80),
            r"floors: found 120\.00 in all; expected at most the fund",
        ),
        (
            fund("100", cap=("amount", 40)),
            standing(80, 80),
            r"caps: found 80\.00 in all.*expected the fund, 100, or more",
        ),
        (
            fund("100", cap=("amount", 70), floor_only=("unrated",)),
            standing(80, None),
            r"caps: found 70\.00 in all, with the floors",
        ),
        (
            fund("100", floor=("amount", 5, {"r2": 50}), cap=("amount", 45)),
            standing(80, 80, 80),
            r"floor of r2: found 50\.00; expected at most its cap, 45\.00",
        ),
        (fund("100"), standing(0, None), "performance: found 0 in every region that shares in the fund"),
        (fund("100", base="people"), standing(80, 80, people=[1.0, None]), "base of r2: found no number"),
        (
            fund("100", parts={"need": 1}, need={"measure": "inverse", "variable": "x"}),
            standing(80, 80, 80, x=[0.0, -1.0, None]),
            r"(?s)need of r1: found no number.*need of r2: found -1.*need of r3: found no number",
        ),
    ],
)
def test_a_fund_that_cannot_be_spent_is_refused(rule, given, expected):
    with pytest.raises(MethodError, match=expected):
        allocate(rule, given)


def test_unknown_variables_and_regions_are_all_told():
    rule = fund(
        base="peple", floor=("amount", 1, {"r9": 2}), parts={"need": 1}, need={"measure": "variable", "variable": "z"}
    )
    with pytest.raises(ParamsError, match="did you mean 'people'") as error:
        allocate(rule, standing(80, people=1.0))
    assert len(error.value.problems) == 3


def test_a_basis_that_does_not_stand_is_refused():
    twice = standing(80, 80).rename(index={"r2": "r1"}).drop(columns="progress")
    with pytest.raises(ParamsError, match=r"(?s)basis: found no column 'progress'.*basis: found 'r1' twice"):
        allocate(fund(), twice)


def test_rules_for_two_funds_are_not_compared():
    with pytest.raises(MethodError, match="amount of the other rule: found 90; expected the same fund, 100"):
        simulate(fund("100"), fund("90"), standing(80, 80))


@pytest.mark.parametrize(
    "parts", [{"performance": first, "progress": str(1 - Decimal(first))} for first in ("0.333", "0.7")]
)
def test_parts_as_they_are_printed_add_up_both_ways(parts):
    found = allocate(fund("100.01", parts=parts), standing(70, 80, 90.5, progress=[10.0, 20.0, 33.0]))
    printed = found.in_cents
    assert (printed[["performance", "progress"]].sum(axis=1) == printed.entitlement).all()
    assert printed.entitlement.sum() == Decimal("100.01")
    for part in parts:
        off = printed[part].map(Fraction) - found.table[part]
        assert off.abs().max() < Fraction(1, 100)
