"""Gaps between town and country, between groups, and below a reference: how wide, and how many people."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from evalkit.analysis.alignment import aligned, check_index, check_positive
from evalkit.base.errors import MethodError, Problem, one_of, unit_name
from evalkit.base.exact import above, at_most
from evalkit.scoring.scales import refuse

Inequality = Callable[[np.ndarray], float]
CROWDED = 1 / 3
_HEADROOM = ["n", "of", "distance", "at_bound", "near", "deviation", "attainment", "shortfall"]


def gap(
    better: pd.Series,
    worse: pd.Series,
    population: pd.Series | None = None,
    *,
    per: float | None = None,
    higher_is_better: bool = True,
) -> pd.DataFrame:
    """Hold the side that is held to be worse off against the better one, unit by unit.

    Ratio and difference are larger the worse off that side is, whichever way is better: 1 and 0 at parity, a ratio
    below 1 and a difference below 0 where the other side is worse off. `population` counts, on the worse side, what
    the indicator is per (residents, households), and `per` says per how many of them (1000). A ratio is best turned so
    that people stand below the line: teachers per 1 000 pupils rather than pupils per teacher.

    Returns their index: better, worse, ratio (blank where a side is 0 or less), difference, state (value or missing);
    with a population, people (those of the worse side where it is worse off, else 0); with `per` too, lacking: how
    many more physicians, places or cases (fewer, where less is better) would close the gap.
    """
    if per is not None and (population is None or not per > 0):
        raise MethodError("no count can be made", [Problem("per", f"{per:g}", "more than 0, beside a population")])
    given = {} if population is None else {"population": population}
    frame = aligned(better=better, worse=worse, **given)
    more, less = (frame.better, frame.worse) if higher_is_better else (frame.worse, frame.better)
    difference = more - less
    table = frame[["better", "worse"]].assign(
        ratio=more.where(more > 0) / less.where(less > 0),
        difference=difference,
        state=np.where(difference.isna(), "missing", "value"),
    )
    if population is None:
        return table
    check_positive(frame[difference.notna()], ["population"], blank=False)
    table["people"] = frame.population.where(difference > 0, 0.0).where(difference.notna())
    return table.assign(lacking=difference.clip(lower=0) * table.people / per) if per else table


def closed(base: pd.Series, now: pd.Series) -> pd.DataFrame:
    """Give the share of a gap that has closed since the base year: `1 − |now| / |base|`.

    A gap is 0 at parity: a difference, or a ratio less 1 (for money, where prices widen every difference). Returns
    their index: base, now, closed (1 at parity, below 0 where the gap widened), state (value, missing, or not
    applicable where there was no gap in the base year), reversed (the sides have changed places). Of a small gap in
    the base year the shares are large: read them with the gaps.
    """
    table = aligned(base=base, now=now)
    states = [table.isna().any(axis=1), table.base == 0]
    return table.assign(
        closed=1 - table.now.abs() / table.base.abs().where(table.base != 0),
        state=np.select(states, ["missing", "not applicable"], "value"),
        reversed=table.base * table.now < 0,
    )


def below(
    values: pd.Series,
    reference: float,
    population: pd.Series,
    *,
    per: float | None = None,
    higher_is_better: bool = True,
) -> pd.DataFrame:
    """Say which regions fall short of a reference, how far, and how many people live there; the furthest first.

    The reference is a target, the mean of the city or the province, or the best region. Returns one row a region:
    value, ratio, difference (below 0 where a region is ahead), below (None where the value is missing), state,
    people and, with `per`, lacking, as in `gap`.
    """
    if not np.isfinite(reference):
        raise MethodError("there is no reference", [Problem("reference", str(reference), "a finite number")])
    same = pd.Series(reference, index=values.index, dtype=float)
    table = gap(same, values, population, per=per, higher_is_better=higher_is_better)
    table = table.drop(columns="better").rename(columns={"worse": "value"})
    flag = (table.difference > 0).astype(object).where(table.difference.notna(), None)
    table.insert(3, "below", flag)
    return table.sort_values("difference", ascending=False, kind="stable")


def group_values(numerator: pd.Series, denominator: pd.Series, groups: pd.Series, *, per: float = 1) -> pd.DataFrame:
    """Give each group's value in each year, as ratio of sums: `Σ numerator / Σ denominator × per`.

    Both by (region, year); `groups` names the group of every region. Returns index (group, year): value,
    denominator, n (regions with both terms) and of (regions of the group). A region that lacks a term is in neither
    sum. Raises MethodError with regions without a group, groups of one region, denominators of 0 or less.
    """
    check_index(numerator.index)
    frame = aligned(numerator=numerator, denominator=denominator)
    check_positive(frame, ["denominator"])
    regions, years = (frame.index.get_level_values(name) for name in ("region", "year"))
    _check_groups(regions.unique(), groups)
    by = [groups.reindex(regions).to_numpy(), years.to_numpy()]
    whole = frame.notna().all(axis=1)
    sums = frame.mul(whole.where(whole), axis=0).groupby(by)
    table = sums.sum(min_count=1).assign(n=whole.groupby(by).sum(), of=whole.groupby(by).size())
    table.insert(0, "value", table.numerator / table.denominator * per)
    return table.drop(columns="numerator").rename_axis(["group", "year"])


def group_gap(
    numerator: pd.Series,
    denominator: pd.Series,
    groups: pd.Series,
    between: tuple[str, str],
    *,
    per: float = 1,
    higher_is_better: bool = True,
) -> pd.DataFrame:
    """Give the gap in each year between two groups, the one held to be better off first.

    Each group's value is a ratio of sums. Returns index year, the columns of `gap` (people are the denominator of the
    worse group) and n, of: the regions that both values rest on, and those of the two groups.
    """
    values = group_values(numerator, denominator, groups, per=per)
    known = values.index.unique("group")
    wrong = [Problem("between", repr(name), one_of(name, known)) for name in between if name not in known]
    if wrong:
        raise MethodError("there is no such group", wrong)
    better, worse = (values.xs(name, level="group") for name in between)
    table = gap(better.value, worse.value, worse.denominator, per=per, higher_is_better=higher_is_better)
    return table.assign(n=better.n + worse.n, of=better.of + worse.of)


def ceiling(
    values: pd.Series,
    bounds: tuple[float, float] = (0, 100),
    *,
    higher_is_better: bool = True,
    inequality: Inequality | None = None,
    near: float = 0.05,
) -> pd.DataFrame:
    """Say in each year whether an indicator is so near its better bound that its inequality falls by itself.

    `values` by (region, year), in percent or between other `bounds`, the lower first. Returns index year: n and of
    (regions with a value, and all), distance (of the mean to the bound), at_bound (share of regions there), near
    (a distance of at most `near` of the range, or more than a third of the regions there), deviation (standard
    deviation, the same for what is attained and for what falls short), attainment and shortfall: the `inequality` of
    either, by default the coefficient of variation. These two need not move together: Clarke et al. (2002),
    Erreygers (2009).
    """
    low, high = bounds
    if not low < high:
        raise MethodError("the bounds are no range", [Problem("bounds", f"{low:g} to {high:g}", "from low to high")])
    check_index(values.index)
    known = aligned(value=values).value
    outside = known[above(low, known) | above(known, high)]
    found = [(f"value of {unit_name(key)}", f"{x:g}") for key, x in outside.items()]
    refuse("values lie outside the bounds", found, f"from {low:g} to {high:g}")
    attained = known - low if higher_is_better else high - known
    measure = inequality or _variation
    rows = {year: _headroom(x.to_numpy(), high - low, near, measure) for year, x in attained.groupby("year")}
    return pd.DataFrame.from_dict(rows, orient="index").reindex(columns=_HEADROOM).rename_axis("year")


def _headroom(values: np.ndarray, span: float, near: float, measure: Inequality) -> dict:
    attained = values[~np.isnan(values)]
    counts = {"n": len(attained), "of": len(values)}
    if not len(attained):
        return counts | {"near": None}
    short = span - attained
    at_bound = float(at_most(short, 0).mean())
    return counts | {
        "distance": short.mean(),
        "at_bound": at_bound,
        "near": bool(at_most(short.mean(), near * span) or above(at_bound, CROWDED)),
        "deviation": attained.std(),
        "attainment": measure(attained) if attained.any() else np.nan,
        "shortfall": measure(short) if short.any() else np.nan,
    }


def _variation(x: np.ndarray) -> float:
    return x.std() / x.mean()


def _check_groups(regions: pd.Index, groups: pd.Series) -> None:
    own = groups.reindex(regions)
    known = own.dropna().unique()
    wrong = [Problem(region, "no group", one_of("", known)) for region in own.index[own.isna()]]
    wrong += [
        Problem(f"the group {name}", f"{members[0]} only", "two regions at least; `gap` compares single regions")
        for name, members in own.index.groupby(own).items()
        if len(members) == 1
    ]
    if wrong:
        raise MethodError("the regions do not fall into groups that can be compared", wrong)
