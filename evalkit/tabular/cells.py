"""Cells as they are printed, each with the value that it prints: a number keeps its decimals, and each kind of nothing
has its own sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from math import isinf, isnan, nan

import numpy as np
import pandas as pd

from evalkit.base.exact import publish

FINEST = 4  # decimals added at most, to tell a value from what it misses
EXACT = 1e6  # up to which six digits say a declared literal


class Number(Decimal):
    """A finite number as it is printed, rounded like `publish`; `value` is the number that was rounded."""

    __slots__ = ("value",)

    def __new__(cls, value: float, decimals: int) -> Number:
        """Round a number."""
        cell = super().__new__(cls, f"{publish(float(value), decimals):.{decimals}f}")
        cell.value = float(value)
        return cell

    def __reduce__(self) -> tuple:
        # a Decimal's own leaves the value behind when tables are handed to another process
        return Number, (self.value, -self.as_tuple().exponent)


class Printed(str):
    """Text that is printed for a value: `value`, None where there is none."""

    __slots__ = ("value",)

    def __new__(cls, text: str, value: object = None) -> Printed:
        """Print a value as a text."""
        cell = super().__new__(cls, text)
        cell.value = value
        return cell


class Sign(Printed):
    """The sign of one kind of nothing."""

    __slots__ = ()


class Figures(Printed):
    """Text of figures: a number with its sign or unit; a range, whose value is a pair; or a number with its range."""

    __slots__ = ()


class Range(Figures):
    """Two ends of figures, or several pairs of them, with the signs of English."""

    __slots__ = ()

    def in_language(self, language: str) -> Range:
        """Give it with the signs of a language.

        >>> Range("1–6, 8").in_language("zh")
        '1—6、8'
        """
        return Range(self.replace("–", "—").replace(", ", "、"), self.value) if language == "zh" else self


class Lamp(Printed):
    """The sign of a state, whose code is `value`, maybe with words after it."""

    __slots__ = ()


Cell = Decimal | str | int | date
WHOLE = (int, np.integer)  # `numbers.Integral` takes ten times as long to say no
FIGURES, VALUED = (Decimal, Figures, *WHOLE), (Number, Printed)
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
    lamp: Lamp(sign, lamp)
    for lamp, sign in {
        "met": "●", "on_schedule": "◐", "behind": "▼", "not_applicable": "/", "no_data": "…", "disputed": "?",
    }.items()
}  # fmt: skip


def value_of(cell: Cell) -> object:
    """Give what a cell prints: a number, a pair, a code, a day or words; None for a sign of nothing."""
    if isinstance(cell, VALUED):
        return cell.value
    return float(cell) if isinstance(cell, Decimal) else cell


def is_figure(cell: Cell) -> bool:
    """Whether a cell is set like a number."""
    return isinstance(cell, FIGURES)


def number(value: float | None, decimals: int, *, blank: str = NO_DATA) -> Number | str:
    """Round like `publish`, to a Decimal, which prints with all its decimals and still counts as a number in Excel.

    >>> number(4.0, 2)
    Decimal('4.00')
    """
    if value is None or pd.isna(value):
        return blank
    if isinf(value):
        return Figures(INFINITE if value > 0 else f"-{INFINITE}", float(value))
    return Number(value, decimals)


def signed(value: float | None, decimals: int) -> str:
    """Write a change with its sign; text, so that a spreadsheet does not drop the plus."""
    cell = number(value, decimals, blank=NOT_PRINTED)
    return cell if isinstance(cell, str) else Figures(f"{cell:+}" if cell else f"{cell}", cell.value)


def percent(share: float | None, decimals: int, *, blank: str = NOT_PRINTED) -> str:
    """Write a share of 1 in per cent, with the sign.

    >>> percent(0.125, 1)
    '12.5 %'
    """
    cell = number(None if share is None else 100 * share, decimals, blank=blank)
    return cell if isinstance(cell, str) else Figures(f"{cell} %", cell.value)


def rank(value: float | None, *, blank: str = NOT_PRINTED) -> int | str:
    """Write a rank, which is a whole number."""
    return blank if value is None or pd.isna(value) else int(value)


def day(iso: str | None) -> date | str:
    """Give the day that is written as 2012-12-31; a sign where there is none."""
    return date.fromisoformat(iso) if iso else NOT_PRINTED


def span(low: float, high: float) -> str:
    """Write a range of whole numbers, or the one number that it holds; a sign where there is none."""
    if isnan(low) or isnan(high):
        return Figures(NOT_PRINTED, (nan, nan))
    return Range(f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}", (low, high))


def interval(ends: Sequence[float], decimals: int) -> str:
    """Write an interval by its two ends, either of which may be infinite.

    >>> interval((-8.65, float("inf")), 1)
    '[-8.7, ∞]'
    """
    low, high = (number(end, decimals) for end in ends)
    return Figures(f"[{low}, {high}]", tuple(ends))


def estimate(value: float, ends: Sequence[float], decimals: int) -> str:
    """Write a number with its interval after it.

    >>> estimate(0.89, (0.73, 1.09), 2)
    '0.89 [0.73, 1.09]'
    """
    return Figures(f"{number(value, decimals)} {interval(ends, decimals)}", (value, *ends))


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
    text = ", ".join(span(run[0], run[-1]) for run in runs)
    return Range(text, (runs[0][0], runs[-1][-1])) if runs else NO_DATA


def told_apart(value: float | None, bounds: Iterable[float], decimals: int) -> int:
    """Give the decimals with which a value does not look like a bound that it misses: these, or up to 4 more.

    >>> told_apart(84.96, [85.0], 1), told_apart(84.0, [85.0], 1)
    (2, 1)
    """
    finest = decimals + FINEST
    tried = range(decimals, finest)
    return next((d for d in tried if number(value, d) not in [number(bound, d) for bound in bounds]), finest)


def part(percent: float) -> Number:
    """Write a share in per cent that is below 100 so that it does not look like all."""
    return number(percent, told_apart(percent, [100], 1))


def plain(value: float, *, blank: str = NO_DATA) -> str:
    """Write a declared literal without trailing zeros and powers of ten."""
    if isnan(value):
        return blank
    return Figures(f"{Decimal(f'{value:g}' if abs(value) < EXACT else f'{value:.15g}'):f}", value)
