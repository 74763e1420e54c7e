"""Cells as they are printed: a number keeps its decimals, and each kind of nothing has its own sign."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import isinf, isnan

import pandas as pd

from evalkit.exact import publish

NOT_PRINTED = "—"
NO_DATA = "…"
IMPUTED_MARK = "*"
INFINITE = "∞"
FINEST = 4  # decimals added at most, to tell a value from what it misses
EXACT = 1e6  # up to which six digits say a declared literal
# each kind of nothing has its own sign, and none of them is a zero
STATE_SIGNS = {
    "missing": NO_DATA, "no series": NO_DATA, "not applicable": "/", "not due": "○", "disputed": "?",
}  # fmt: skip
LAMP_SIGNS = {
    "met": "●", "on_schedule": "◐", "behind": "▼", "not_applicable": "/", "no_data": NO_DATA, "disputed": "?",
}  # fmt: skip


def number(value: float | None, decimals: int, *, blank: str = NO_DATA) -> Decimal | str:
    """Round like `publish`, to a Decimal, which prints with all its decimals and still counts as a number in Excel.

    >>> number(4.0, 2)
    Decimal('4.00')
    """
    if value is None or pd.isna(value):
        return blank
    if isinf(value):
        return INFINITE if value > 0 else f"-{INFINITE}"
    return Decimal(str(publish(float(value), decimals))).quantize(Decimal(1).scaleb(-decimals))


def signed(value: float | None, decimals: int) -> str:
    """Write a change with its sign; text, so that a spreadsheet does not drop the plus."""
    cell = number(value, decimals, blank=NOT_PRINTED)
    return cell if isinstance(cell, str) else f"{cell:+}" if cell else f"{cell}"


def rank(value: float | None, *, blank: str = NOT_PRINTED) -> int | str:
    """Write a rank, which is a whole number."""
    return blank if value is None or pd.isna(value) else int(value)


def span(low: float, high: float) -> str:
    """Write a range of whole numbers, or the one number that it holds; a sign where there is none."""
    if isnan(low) or isnan(high):
        return NOT_PRINTED
    return f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}"


def interval(ends: Sequence[float], decimals: int) -> str:
    """Write an interval by its two ends, either of which may be infinite.

    >>> interval((-8.65, float("inf")), 1)
    '[-8.7, ∞]'
    """
    low, high = (number(end, decimals) for end in ends)
    return f"[{low}, {high}]"


def years(found: Iterable[int]) -> str:
    """Write years: those that follow one another as a span, the others one by one.

    >>> years(range(2015, 2020)), years({2020, 2010, 2011})
    ('2015–2019', '2010–2011, 2020')
    """
    runs: list[list[int]] = []
    for year in sorted(found):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(span(run[0], run[-1]) for run in runs) or NO_DATA


def told_apart(value: float | None, bounds: Iterable[float], decimals: int) -> int:
    """Give the decimals with which a value does not look like a bound that it misses: these, or up to 4 more.

    >>> told_apart(84.96, [85.0], 1), told_apart(84.0, [85.0], 1)
    (2, 1)
    """
    finest = decimals + FINEST
    tried = range(decimals, finest)
    return next((d for d in tried if number(value, d) not in [number(bound, d) for bound in bounds]), finest)


def part(percent: float) -> Decimal | str:
    """Write a share in per cent that is below 100 so that it does not look like all."""
    return number(percent, told_apart(percent, [100], 1))


def plain(value: float, *, blank: str = NO_DATA) -> str:
    """Write a declared literal without trailing zeros and powers of ten."""
    return blank if isnan(value) else f"{Decimal(f'{value:g}' if abs(value) < EXACT else f'{value:.15g}'):f}"
