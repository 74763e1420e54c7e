"""Cells as they are printed, each with the value that it prints: a number keeps its decimals, and each kind of nothing
has its own sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from math import isinf, isnan
from numbers import Integral

import pandas as pd

from evalkit.base.exact import publish

FINEST = 4  # decimals added at most, to tell a value from what it misses


class Number(Decimal):
    """A number as it is printed, rounded; `value` is the number that was rounded."""

    __slots__ = ("value",)

    @classmethod
    def of(cls, value: float, decimals: int) -> Number:
        """Round a finite number like `publish`."""
        cell = cls(f"{publish(float(value), decimals):.{decimals}f}")
        cell.value = float(value)
        return cell


class Printed(str):
    """Text that is printed for a value: `value`, None where there is none."""

    __slots__ = ("value",)

    @classmethod
    def of(cls, text: str, value: object) -> Printed:
        """Print a value as a text."""
        cell = cls(text)
        cell.value = value
        return cell


class Sign(Printed):
    """The sign of one kind of nothing."""

    __slots__ = ()
    value = None


class Figures(Printed):
    """Text of figures: a number with its sign or unit; a range, whose value is a pair; or a number with its range."""

    __slots__ = ()


class Lamp(Printed):
    """The sign of a state, whose code is `value`, maybe with words after it."""

    __slots__ = ()


Cell = Decimal | str | int | date
NOT_PRINTED = Sign("—")
NO_DATA = Sign("…")
IMPUTED_MARK = "*"
INFINITE = "∞"
# each kind of nothing has its own sign, and none of them is a zero
STATE_SIGNS = {
    "missing": NO_DATA,
    "no series": NO_DATA,
    "not applicable": Sign("/"),
    "not due": Sign("○"),
    "disputed": Sign("?"),
}
LAMP_SIGNS = {
    lamp: Lamp.of(sign, lamp)
    for lamp, sign in {
        "met": "●", "on_schedule": "◐", "behind": "▼", "not_applicable": "/", "no_data": "…", "disputed": "?",
    }.items()
}  # fmt: skip


def value_of(cell: Cell) -> object:
    """Give what a cell prints: a number, a pair, a code, a day or words; None for a sign of nothing."""
    if isinstance(cell, Number | Printed):
        return cell.value
    return float(cell) if isinstance(cell, Decimal) else cell


def is_figure(cell: Cell) -> bool:
    """Whether a cell is set like a number."""
    return isinstance(cell, Decimal | Figures | Integral)


def number(value: float | None, decimals: int, *, blank: str = NO_DATA) -> Number | str:
    """Round like `publish`, to a Decimal, which prints with all its decimals and still counts as a number in Excel.

    >>> number(4.0, 2)
    Decimal('4.00')
    """
    if value is None or pd.isna(value):
        return blank
    if isinf(value):
        return Figures.of(INFINITE if value > 0 else f"-{INFINITE}", float(value))
    return Number.of(value, decimals)


def signed(value: float | None, decimals: int) -> str:
    """Write a change with its sign; text, so that a spreadsheet does not drop the plus."""
    cell = number(value, decimals, blank=NOT_PRINTED)
    return cell if isinstance(cell, str) else Figures.of(f"{cell:+}" if cell else f"{cell}", cell.value)


def percent(share: float | None, decimals: int, *, blank: str = NOT_PRINTED) -> str:
    """Write a share of 1 in per cent, with the sign.

    >>> percent(0.125, 1)
    '12.5 %'
    """
    cell = number(None if share is None else 100 * share, decimals, blank=blank)
    return cell if isinstance(cell, str) else Figures.of(f"{cell} %", cell.value)


def rank(value: float | None, *, blank: str = NOT_PRINTED) -> int | str:
    """Write a rank, which is a whole number."""
    return blank if value is None or pd.isna(value) else int(value)


def day(iso: str | None) -> date | str:
    """Give the day that is written as 2012-12-31; a sign where there is none."""
    return date.fromisoformat(iso) if iso else NOT_PRINTED


def span(low: float, high: float) -> str:
    """Write a range of whole numbers, or the one number that it holds; a sign where there is none."""
    if isnan(low) or isnan(high):
        return NOT_PRINTED
    return Figures.of(f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}", (low, high))


def interval(ends: Sequence[float], decimals: int) -> str:
    """Write an interval by its two ends, either of which may be infinite.

    >>> interval((-8.65, float("inf")), 1)
    '[-8.7, ∞]'
    """
    low, high = (number(end, decimals) for end in ends)
    return Figures.of(f"[{low}, {high}]", tuple(ends))


def estimate(value: float, ends: Sequence[float], decimals: int) -> str:
    """Write a number with its interval after it.

    >>> estimate(0.89, (0.73, 1.09), 2)
    '0.89 [0.73, 1.09]'
    """
    return Figures.of(f"{number(value, decimals)} {interval(ends, decimals)}", (value, *ends))


def years(calendar: range) -> str:
    """Write the years of a series: a span where they follow one another, else each.

    >>> years(range(2015, 2020)), years(range(2010, 2021, 10))
    ('2015–2019', '2010, 2020')
    """
    ends = calendar[0], calendar[-1]
    return span(*ends) if calendar.step == 1 else Figures.of(", ".join(map(str, calendar)), ends)


def told_apart(value: float | None, bounds: Iterable[float], decimals: int) -> int:
    """Give the decimals with which a value does not look like a bound that it misses: these, or up to 4 more.

    >>> told_apart(84.96, [85.0], 1), told_apart(84.0, [85.0], 1)
    (2, 1)
    """
    finest = decimals + FINEST
    tried = range(decimals, finest)
    return next((d for d in tried if number(value, d) not in [number(bound, d) for bound in bounds]), finest)


def plain(value: float, *, blank: str = NO_DATA) -> str:
    """Write a declared literal without trailing zeros."""
    return blank if isnan(value) else Figures.of(f"{value:g}", value)
