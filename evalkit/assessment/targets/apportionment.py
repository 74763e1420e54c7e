"""Apportionment: a province's total split among regions by a declared base."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from evalkit.base.errors import MethodError, Problem
from evalkit.base.exact import as_written


@dataclass(frozen=True)
class Parts:
    """A total in whole parts: inferred from a base, and to be shown as such beside targets that a document gives.

    Attributes
    ----------
    values : Series of int by region; they add up to `total` exactly.
    total : what was split.
    base : the figures in proportion to which it was split.
    tied : the regions with equal remainders, of which some got one more and others did not: the larger base went
        first, then the earlier code. Empty where nothing hung on that.
    """

    values: pd.Series
    total: int
    base: pd.Series
    tied: tuple[str, ...]


def apportion(total: float, base: pd.Series) -> Parts:
    """Split a whole number in proportion to a base, by largest remainder (Hamilton's method).

    Every region gets the whole part of its share, and those with the largest remainders one more each until the total
    is spent. Shares are exact fractions of the base as it is written. Where a total grows, a part may shrink (the
    Alabama paradox: Balinski & Young, *Fair Representation*, 1982): so one total is split once, and its milestones
    follow in proportion.

    Raises MethodError where the total is no whole number of 0 or more, or a base is blank, negative, or 0 everywhere.

    >>> apportion(10, pd.Series({"a": 1.0, "b": 1.0, "c": 2.0})).values.to_dict()
    {'a': 3, 'b': 2, 'c': 5}
    """
    _check(total, base)
    whole = int(total)
    shares = _shares(whole, base)
    floors = {region: int(share) for region, share in shares.items()}
    rest = {region: share - floors[region] for region, share in shares.items()}
    order = sorted(shares, key=lambda region: (-rest[region], -base[region], str(region)))
    left = whole - sum(floors.values())
    values = {region: floors[region] + (region in set(order[:left])) for region in shares}
    divided = left and rest[order[left - 1]] == rest[order[left]]
    tied = tuple(region for region in shares if divided and rest[region] == rest[order[left]])
    return Parts(pd.Series(values, name=base.name, dtype=int).rename_axis(base.index.name), whole, base, tied)


def _shares(whole: int, base: pd.Series) -> dict[str, Fraction]:
    sizes = {region: as_written(size) for region, size in base.items()}
    total = sum(sizes.values())
    return {region: whole * size / total for region, size in sizes.items()}


def _check(total: float, base: pd.Series) -> None:
    wrong = [Problem("total", f"{total}", "a whole number of 0 or more")] if not _is_whole(total) else []
    sizes = pd.to_numeric(base, errors="coerce")
    known = np.isfinite(sizes) & (sizes >= 0)
    wrong += [Problem(f"base of {region}", f"{base[region]}", "a number of 0 or more") for region in base.index[~known]]
    if known.all() and not sizes.sum():
        wrong.append(Problem("base", "0 in every region" if len(base) else "no region", "a number above 0"))
    if base.index.has_duplicates:
        wrong += [Problem(f"base of {r}", "two figures", "one") for r in base.index[base.index.duplicated()].unique()]
    if wrong:
        raise MethodError("the total cannot be split", wrong)


def _is_whole(total: float) -> bool:
    return bool(np.isfinite(total)) and total >= 0 and total == int(total)
