"""Waterfilling: claims on a total, scaled by one number and held between bounds, and paid in whole units; all exact."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from fractions import Fraction


def fill(claims: Mapping[str, Fraction], low: Mapping[str, int], high: Mapping[str, int], total: int) -> Fraction:
    """Give the number by which claims are multiplied so that, held between their bounds, they add up to the total.

    Who claims nothing is held at the lower bound. Where several numbers do it, as when everybody stands at a bound,
    the least is given. The bounds must let the total be spent, by those who claim something: the caller sees to that.

    >>> fill({"a": Fraction(6), "b": Fraction(4)}, {"a": 0, "b": 0}, {"a": 5, "b": 10}, 10)
    Fraction(5, 4)
    """

    def spent(level: Fraction) -> Fraction:
        return sum((held(level * claim, low[who], high[who]) for who, claim in claims.items()), Fraction(0))

    # spending is straight between the levels at which somebody reaches a bound
    turns = sorted({Fraction(0), *(Fraction(b[who]) / x for who, x in claims.items() if x for b in (low, high))})
    place = bisect_left(turns, total, key=spent)
    upper = turns[place]
    if spent(upper) == total:
        return upper
    lower = turns[place - 1]
    return lower + (upper - lower) * (total - spent(lower)) / (spent(upper) - spent(lower))


def held(claim: Fraction, low: int, high: int) -> Fraction:
    """Hold a claim between two bounds."""
    return min(max(claim, Fraction(low)), Fraction(high))


def in_whole(shares: Mapping[str, Fraction], base: Mapping[str, Fraction]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Round shares that add up to a whole number to whole numbers that do, by largest remainder.

    Returns them, and those with equal remainders of which some got one more and others did not: the larger base went
    first, then the earlier code. No share passes a whole bound that it kept before.

    >>> in_whole({"a": Fraction(1, 2), "b": Fraction(1, 2)}, {"a": Fraction(1), "b": Fraction(3)})
    ({'a': 0, 'b': 1}, ('a', 'b'))
    """
    rest = {who: share - share // 1 for who, share in shares.items()}
    order = sorted(shares, key=lambda who: (-rest[who], -base[who], who))
    left = int(sum(rest.values()))
    more = set(order[:left])
    tied = left and rest[order[left - 1]] == rest[order[left]]
    names = tuple(who for who in shares if tied and rest[who] == rest[order[left]])
    return {who: int(share // 1) + (who in more) for who, share in shares.items()}, names
