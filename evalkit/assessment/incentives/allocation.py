"""Allocation: a fund shared out to the cent by a declared rule, between floors and caps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

import numpy as np
import pandas as pd

from evalkit.assessment.grading.assessment import Assessment
from evalkit.assessment.incentives.rules import CENTS, Fund, Limit, Need, SharedBy
from evalkit.assessment.incentives.waterfilling import fill, held, in_whole
from evalkit.base.errors import MethodError, ParamsError, Problem, one_of
from evalkit.base.exact import as_written, at_least, at_most

Figures = dict[str, Fraction | None]
_COLUMNS = ("score", "progress", "completion", "vetoed")


@dataclass(frozen=True)
class Allocation:
    """What every region gets of a fund.

    Attributes
    ----------
    table : DataFrame, index region. `base`; a column for each part of the fund and `entitlement`, their sum: exact
        fractions of yuan, which add up to the fund; `floor` and `cap` (Decimal, yuan); `limit` that held: "floor",
        "cap", "floor_only" or ""; `why` a region gets its floor only (unrated, vetoed); `amount` (Decimal, yuan), to
        the cent, which adds up to the fund exactly.
    level : by what entitlements between the limits were multiplied, so that the fund is spent.
    tied : the regions with equal remainders, of which some got one cent more and others did not.
    """

    table: pd.DataFrame
    level: Fraction
    tied: tuple[str, ...]

    @cached_property
    def in_cents(self) -> pd.DataFrame:
        """The parts and the entitlement as they are printed (Decimal, yuan): to the cent, and adding up both ways."""
        parts = self.table.loc[:, :"entitlement"].iloc[:, 1:-1]
        pots, _ = in_whole((100 * parts.sum()).to_dict(), dict.fromkeys(parts, Fraction(1)))
        found = {part: _in_cents(100 * parts[part], pots[part], self.table.base) for part in parts}
        money = pd.DataFrame(found, index=parts.index, dtype=object)
        return money.assign(entitlement=money.sum(axis=1))


def basis(assessment: Assessment, year: int, variables: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give what a fund is shared out by in a year: index region.

    `score` (published; blank where not rated), the means of the parts `progress` and `completion` (0–100), `vetoed`,
    and the `variables` of that year (index region). Raises ParamsError for a year that is not assessed.
    """
    years = assessment.results.index.unique("year")
    if year not in years:
        raise ParamsError("nothing can be shared out", [Problem("year", repr(year), one_of(year, years))])
    score = assessment.results.score.xs(year, level="year")
    means = assessment.parts["mean"].xs(year, level="year").unstack("part").reindex(score.index)
    vetoed = pd.Series({region: bool(assessment.cases[region, year].vetoes) for region in score.index}, dtype=bool)
    own = {"score": score, **{part: means.get(part) for part in ("progress", "completion")}, "vetoed": vetoed}
    table = pd.DataFrame(own, index=score.index)
    return table if variables is None else table.join(variables)


def allocate(fund: Fund, basis: pd.DataFrame) -> Allocation:
    """Share a fund out among the regions of `basis`, to the cent.

    Of each part a region is entitled to base × size over the sum of them, where the size is its published score
    (unrated 0), its mean progress (blank 0) or its need. Entitlements are then multiplied by one number and held
    between floor and cap so that they add up to the fund, and cents are rounded by largest remainder; ties go to the
    larger base, then the earlier code. `basis` has the columns that the function `basis` gives.
    Raises ParamsError for columns and regions that are not there, and MethodError with all that cannot be shared out.
    """
    _check_names(fund, basis)
    aside, cents = _set_aside(fund, basis), int(fund.amount / CENTS)
    low, high = _limits(fund, basis.index, cents)
    base = dict.fromkeys(basis.index, Fraction(1)) if fund.base is None else _exact(basis[fund.base])
    sizes = {part: _sizes(part, fund, basis, aside) for part in fund.parts}
    _check_amounts(fund, {"base": base, **sizes}, low, high)
    parts = {part: _entitlements(cents * Fraction(fund.parts[part].share), base, sizes[part]) for part in sizes}
    claims = {region: sum((part[region] for part in parts.values()), Fraction(0)) for region in low}
    level = fill(claims, low, high, cents)
    due = {region: level * claim for region, claim in claims.items()}
    paid, tied = in_whole({region: held(due[region], low[region], high[region]) for region in low}, base)
    exact = {name: {r: x / 100 for r, x in found.items()} for name, found in {**parts, "entitlement": claims}.items()}
    money = {name: _yuan(found) for name, found in (("floor", low), ("cap", high), ("amount", paid))}
    limit = {r: "floor_only" if aside[r] else _limit(due[r], low[r], high[r]) for r in low}
    columns = {"base": base, **exact, **money, "limit": limit, "why": aside}
    order = ["base", *exact, "floor", "cap", "limit", "why", "amount"]
    return Allocation(pd.DataFrame(columns, index=basis.index, dtype=object)[order], level, tied)


def simulate(one: Fund, other: Fund, basis: pd.DataFrame) -> pd.DataFrame:
    """Hold two rules for the same fund beside one another: index region.

    `one` and `other` are amounts, `difference` is the other less the one, and adds up to 0; `effect` is "gains",
    "loses" or "same". Raises MethodError where the two do not share out the same amount, and all that `allocate` does.
    """
    if one.amount != other.amount:
        wrong = Problem("amount of the other rule", f"{other.amount}", f"the same fund, {one.amount}")
        raise MethodError("two rules are compared on one fund", [wrong])
    table = pd.DataFrame({name: allocate(rule, basis).table.amount for name, rule in (("one", one), ("other", other))})
    table["difference"] = table.other - table.one
    table["effect"] = ["gains" if d > 0 else "loses" if d < 0 else "same" for d in table.difference]
    return table


def _check_names(fund: Fund, basis: pd.DataFrame) -> None:
    """Refuse columns and regions that the basis does not have, and regions that it has twice."""
    need = fund.need or Need.model_construct(variable=None, per=None)
    variables = {"base": fund.base, "need, variable": need.variable, "need, per": need.per}
    wrong = [Problem("basis", f"no column {name!r}", "every column") for name in _COLUMNS if name not in basis]
    twice = basis.index[basis.index.duplicated()].unique()
    wrong += [Problem("basis", f"{region!r} twice", "each region once") for region in twice]
    wrong += [
        Problem(where, repr(name), one_of(name, basis.columns))
        for where, name in variables.items()
        if name not in {None, *basis.columns}
    ]
    named = {f"{where}, by_region": limit.by_region for where, limit in _declared_limits(fund)}
    named |= {"payment, apart": fund.payment.apart} if fund.payment else {}
    wrong += [
        Problem(where, repr(region), one_of(region, basis.index))
        for where, regions in named.items()
        for region in regions
        if region not in basis.index
    ]
    if wrong:
        raise ParamsError("the fund's rule does not fit the regions and variables", wrong)


def _declared_limits(fund: Fund) -> list[tuple[str, Limit]]:
    return [(where, limit) for where, limit in (("floor", fund.floor), ("cap", fund.cap)) if limit]


def _set_aside(fund: Fund, basis: pd.DataFrame) -> dict[str, str]:
    """Say why a region gets its floor only; "" where it shares in the fund."""
    tests = {"vetoed": basis.vetoed.astype(bool), "unrated": basis.score.isna()}
    return {r: next((why for why in tests if why in fund.floor_only and tests[why][r]), "") for r in basis.index}


def _limits(fund: Fund, regions: pd.Index, cents: int) -> tuple[dict[str, int], dict[str, int]]:
    """Give floors and caps in cents; of a share the cents that keep it."""
    low = {region: ceil(_cents(fund.floor, region, cents)) if fund.floor else 0 for region in regions}
    high = {region: floor(_cents(fund.cap, region, cents)) if fund.cap else cents for region in regions}
    return low, high


def _cents(limit: Limit, region: str, cents: int) -> Fraction:
    return Fraction(limit.at(region)) * (100 if limit.of == "amount" else cents)


def _entitlements(cents: Fraction, base: Figures, sizes: Figures) -> dict[str, Fraction]:
    """Give what one part of the fund, of so many cents, entitles every region to."""
    claims = {region: base[region] * size for region, size in sizes.items()}
    whole = sum(claims.values()) or 1
    return {region: cents * claim / whole for region, claim in claims.items()}


def _sizes(part: SharedBy, fund: Fund, basis: pd.DataFrame, aside: Mapping[str, str]) -> Figures:
    """Give what a part is shared by, before it is weighted by the base: None where not known, 0 who is set aside."""
    columns = {"performance": "score", "progress": "progress"}
    found = _exact(basis[columns[part]].fillna(0)) if part in columns else _needs(fund, basis)
    return {region: Fraction(0) if aside[region] else size for region, size in found.items()}


def _needs(fund: Fund, basis: pd.DataFrame) -> Figures:
    if fund.need.measure == "gap":
        return {region: None if x is None else _gap(x) for region, x in _exact(basis.completion).items()}
    above = _exact(basis[fund.need.variable])
    below = _exact(basis[fund.need.per]) if fund.need.per else dict.fromkeys(basis.index, Fraction(1))
    above, below = (below, above) if fund.need.measure == "inverse" else (above, below)
    return {r: above[r] / below[r] if above[r] is not None and below[r] else None for r in basis.index}


def _gap(mean: Fraction) -> Fraction:
    """Give what a mean lacks to 100: nothing where it is 100 but for noise."""
    return Fraction(0) if at_least(mean, 100) and at_most(mean, 100) else 100 - mean


def _exact(figures: pd.Series) -> Figures:
    """Take figures as the decimals that they are written as."""
    numbers = pd.to_numeric(figures, errors="coerce").astype(float)
    return {r: as_written(x) if np.isfinite(x) else None for r, x in numbers.items()}


def _check_amounts(fund: Fund, figures: Mapping[str, Figures], low: Mapping[str, int], high: Mapping[str, int]) -> None:
    """Refuse figures that nothing can be shared out by, and limits that do not let the fund be spent."""
    unknown = [
        Problem(f"{name} of {r}", "no number" if x is None else f"{float(x):g}", "0 or more; above 0 where it divides")
        for name, found in figures.items()
        for r, x in found.items()
        if x is None or x < 0
    ]
    wrong = [*unknown, *_crossed(fund, low, high), *([] if unknown else _unspent(fund, figures, low, high))]
    if wrong:
        raise MethodError("the fund cannot be shared out", wrong)


def _crossed(fund: Fund, low: Mapping[str, int], high: Mapping[str, int]) -> Iterator[Problem]:
    for region in low:
        if low[region] > high[region]:
            yield Problem(f"floor of {region}", f"{low[region] * CENTS}", f"at most its cap, {high[region] * CENTS}")
    if sum(low.values()) * CENTS > fund.amount:
        yield Problem("floors", f"{sum(low.values()) * CENTS} in all", f"at most the fund, {fund.amount}")


def _unspent(
    fund: Fund, figures: Mapping[str, Figures], low: Mapping[str, int], high: Mapping[str, int]
) -> Iterator[Problem]:
    """Tell of parts that nobody is entitled to, and of caps that cannot take the fund."""
    base, claiming = figures["base"], set()
    for part, pot in fund.parts.items():
        entitled = {r for r, size in figures[part].items() if pot.share and base[r] * size}
        if pot.share and not entitled:
            yield Problem(part, "0 in every region that shares in the fund", "more than 0 in one")
        claiming |= entitled
    most = sum(high[r] if r in claiming else low[r] for r in low) * CENTS
    if claiming and most < fund.amount:
        yield Problem("caps", f"{most} in all, with the floors of who has no more", f"the fund, {fund.amount}, or more")


def _limit(due: Fraction, low: int, high: int) -> str:
    return "floor" if due < low else "cap" if due > high else ""


def _in_cents(shares: pd.Series, pot: int, base: pd.Series) -> dict[str, Decimal]:
    """Round the shares of a part of so many cents, by largest remainder."""
    exact = {region: share * pot / (shares.sum() or 1) for region, share in shares.items()}
    return _yuan(in_whole(exact, base.to_dict())[0])


def _yuan(cents: Mapping[str, int]) -> dict[str, Decimal]:
    return {region: Decimal(number) * CENTS for region, number in cents.items()}
