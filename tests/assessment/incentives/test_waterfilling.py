from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.assessment.incentives.waterfilling import fill, held, in_whole
from tests.scoring.small import quick

F = Fraction


@pytest.mark.parametrize(
    ("claims", "low", "high", "total", "level"),
    [
        ((6, 4), (0, 0), (10, 10), 10, F(1)),
        ((6, 4), (0, 0), (5, 10), 10, F(5, 4)),  # the cap of the first leaves 5 for a claim of 4
        ((6, 4), (0, 5), (10, 10), 10, F(5, 6)),  # the floor of the second leaves 5 for a claim of 6
        ((6, 4, 0), (0, 0, 3), (10, 10, 10), 10, F(7, 10)),  # who claims nothing stands at the floor
        ((1, 1), (5, 5), (5, 5), 10, F(0)),  # all at their bounds: the least level
        ((0, 0), (4, 6), (10, 10), 10, F(0)),
    ],
)
def test_claims_are_scaled_until_the_total_is_spent(claims, low, high, total, level):
    named = [dict(zip("abc", map(kind, each), strict=False)) for kind, each in ((F, claims), (int, low), (int, high))]
    assert fill(*named, total) == level


@st.composite
def problems(draw):
    """Claims between bounds, and a total that they can take."""
    size = draw(st.integers(1, 6))
    claims = draw(st.lists(st.fractions(F(1, 100), 100), min_size=size, max_size=size))
    low = draw(st.lists(st.integers(0, 50), min_size=size, max_size=size))
    high = [least + draw(st.integers(0, 50)) for least in low]
    total = draw(st.integers(sum(low), sum(high)))
    return *(dict(enumerate(each)) for each in (claims, low, high)), total


@quick
@given(problems())
def test_what_is_held_adds_up_and_whole_units_stay_within_the_bounds(problem):
    claims, low, high, total = problem
    level = fill(claims, low, high, total)
    shares = {who: held(level * claims[who], low[who], high[who]) for who in claims}
    assert sum(shares.values()) == total
    paid, _ = in_whole(shares, dict.fromkeys(claims, F(1)))
    assert sum(paid.values()) == total
    assert all(low[who] <= paid[who] <= high[who] and abs(paid[who] - shares[who]) < 1 for who in claims)


def test_equal_remainders_go_to_the_larger_base_then_the_earlier_code():
    shares = {"b": F(5, 2), "a": F(5, 2), "c": F(4, 1)}
    assert in_whole(shares, {"a": F(1), "b": F(1), "c": F(1)}) == ({"b": 2, "a": 3, "c": 4}, ("b", "a"))
    assert in_whole(shares, {"a": F(1), "b": F(2), "c": F(1)})[0] == {"b": 3, "a": 2, "c": 4}
