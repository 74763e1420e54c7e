"""Amounts of a fund as they are printed: each column adds up to its total, by largest remainder."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

CENT, MYRIAD = Decimal("0.01"), 10_000
TO_THE_CENT, IN_MYRIADS = 1, MYRIAD  # yuan of which two decimals are printed


def adding_up(amounts: Mapping[str, Fraction | Decimal], unit: int = TO_THE_CENT) -> dict[str, Decimal]:
    """Round exact amounts in yuan to two decimals of a unit so that they add up to their own sum, rounded.

    Whoever lost most by rounding down gets one more; the first of those that lost the same.

    >>> adding_up({"a": Fraction(1, 3), "b": Fraction(1, 3), "c": Fraction(1, 3)})
    {'a': Decimal('0.34'), 'b': Decimal('0.33'), 'c': Decimal('0.33')}
    """
    shares = {who: Fraction(amount) * 100 / unit for who, amount in amounts.items()}
    least = {who: share // 1 for who, share in shares.items()}
    left = (sum(shares.values()) + Fraction(1, 2)) // 1 - sum(least.values())
    more = sorted(shares, key=lambda who: least[who] - shares[who])[:left]
    return {who: (least[who] + (who in more)) * CENT for who in shares}


def rounded(amount: Fraction | Decimal, unit: int = TO_THE_CENT) -> Decimal:
    """Round one amount in yuan, half up, to two decimals of a unit."""
    [found] = adding_up({"": amount}, unit).values()
    return found
