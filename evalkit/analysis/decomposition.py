"""Inequality split exactly: between and within groups, pair by pair of groups, and by region."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Literal, get_args

import numpy as np
import pandas as pd

from evalkit.analysis import inequality_kernels
from evalkit.analysis.alignment import aligned, level_codes
from evalkit.analysis.inequality import Values, check_series, check_values, cross_section
from evalkit.base.errors import MethodError, Problem, unit_name

Entropy = Literal["theil", "mean_log_deviation"]


def theil_decomposition(
    values: pd.Series, groups: pd.Series, weights: pd.Series | None = None, *, measure: Entropy = "theil"
) -> pd.DataFrame:
    """Split Theil's T or L exactly into what lies between groups and within them.

    `values` and `weights` (people) by region, or by (region, year); `groups` names the group of every region. Returns
    one row a year (one row for a cross-section): total, between, within, between_share (blank where all are equal),
    n, `alone` (the groups of one region, which add nothing within), and one column `within <group>` a group, its own
    inequality times its share of the total (T) or of the people (L). total = between + within, and within = the sum
    of its columns.

    Raises MethodError for blanks, regions without a group, values of 0 under L, and what `inequality` refuses.
    """
    inequality_kernels.check_measure(measure, get_args(Entropy))
    check_series(values=values, groups=groups, weights=weights)
    frame = _frame(values, weights, positive=measure == "mean_log_deviation")
    year, years = level_codes(frame.index, "year")
    years = years if frame.index.nlevels > 1 else pd.RangeIndex(1)
    group, names = _groups(*level_codes(frame.index, "region"), groups)
    cell = year * len(names) + group
    shape = (len(years), len(names))
    w, x = frame["weights"].to_numpy(), frame["values"].to_numpy() / frame["values"].mean()
    between, parts = _terms(measure, cell, (w, x), shape)
    counts = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
    between, within = between.sum(axis=1), parts.sum(axis=1)
    total = between + within
    columns = {
        "total": total,
        "between": between,
        "within": within,
        "between_share": between / np.where(total > inequality_kernels.NOTHING, total, np.nan),
        "n": counts.sum(axis=1),
        "alone": [", ".join(str(names[g]) for g in np.flatnonzero(row == 1)) for row in counts],
    }
    own = pd.DataFrame(parts, index=years, columns=[f"within {name}" for name in names])
    return pd.concat([pd.DataFrame(columns, index=years), own], axis="columns")


@dataclass(frozen=True)
class Dagum:
    """The Gini coefficient in Dagum's three parts, total = within + net_between + transvariation.

    `pairs` has one row a pair of groups, the richer first: `gini` between the two, `affluence` (D, from 0 where they
    overlap fully to 1 where every unit of the first is above every unit of the second), and what the pair gives to
    net_between and transvariation. `own` has one row a group: mean, gini, people and held (shares), within.
    """

    total: float
    within: float
    net_between: float
    transvariation: float
    own: pd.DataFrame
    pairs: pd.DataFrame
    n: int


def dagum(values: Values, groups: Values, weights: Values | None = None) -> Dagum:
    """Split the Gini coefficient of one cross-section by groups and pairs of groups (Dagum 1997).

    Net between is what the distance of the groups' means gives, transvariation what their overlap does. Raises
    MethodError as `gini` does, and for units without a group.
    """
    x, w = cross_section(values, weights)
    if not isinstance(groups, pd.Series) and len(groups) != len(x):
        raise MethodError("groups must match", [Problem("groups", str(len(groups)), f"{len(x)}, as the values")])
    given = groups if isinstance(groups, pd.Series) else pd.Series(groups, x.index)
    codes, names = _groups(np.arange(len(x)), x.index, given)
    parts = [(x.to_numpy()[codes == g], w.to_numpy()[codes == g]) for g in range(len(names))]
    own = pd.DataFrame([_group(*part) for part in parts], index=pd.Index(names, name="group"))
    own["held"] = own["mean"] * own.people / (own["mean"] * own.people).sum()
    own["people"] /= own.people.sum()
    own["within"] = own.gini * own.people * own.held
    by_mean = own["mean"].reset_index(drop=True).sort_values(ascending=False, kind="stable").index
    rows = [_pair(own, parts, *pair) for pair in combinations(by_mean, 2)]
    columns = ["richer", "poorer", "gini", "affluence", "net_between", "transvariation"]
    pairs = pd.DataFrame(rows, columns=columns)
    sums = own.within.sum(), pairs.net_between.sum(), pairs.transvariation.sum()
    return Dagum(float(sum(sums)), *map(float, sums), own=own, pairs=pairs, n=len(x))


def contributions(values: Values, weights: Values | None = None) -> pd.Series:
    """Split Theil's T by unit: `p (x/μ) ln(x/μ)`, above 0 for a unit above the mean, below 0 for one below it.

    The terms sum to T. They say where inequality comes from, not who is to blame: above the mean they measure a lead,
    below it a lag that the leads outweigh.
    """
    x, w = cross_section(values, weights)
    p = w / w.sum()
    ratio = x / (p * x).sum()
    return (p * ratio * np.log(ratio.where(ratio > 0, 1))).rename("contribution")


def _frame(values: pd.Series, weights: pd.Series | None, *, positive: bool) -> pd.DataFrame:
    frame = aligned(values=values, weights=pd.Series(1.0, values.index) if weights is None else weights)
    blank = frame.index[frame["values"].isna()]
    if len(blank):
        raise MethodError("some values are missing", [Problem(unit_name(key), "a blank", "a value") for key in blank])
    check_values(frame["values"], frame["weights"], positive=positive)
    return frame


def _groups(region: np.ndarray, regions: pd.Index, groups: pd.Series) -> tuple[np.ndarray, list[str]]:
    """Give the place of each row's group, and the names of the groups in the order of `groups`."""
    twice = groups.index[groups.index.duplicated()].unique()
    if len(twice):
        raise MethodError(
            "some regions have two groups", [Problem(unit_name(r), "more than one row", "one") for r in twice]
        )
    places, (codes, names) = groups.index.get_indexer(regions), pd.factorize(groups)
    own = np.where(places < 0, -1, codes[places])
    lost = regions[own < 0]
    if len(lost):
        raise MethodError("some regions have no group", [Problem(unit_name(r), "no group", "one") for r in lost])
    used = np.bincount(own, minlength=len(names)) > 0
    return (used.cumsum() - 1)[own][region], list(names[used])


def _terms(measure: Entropy, cell: np.ndarray, units: tuple, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Give what each group adds between and within, by year and group."""
    w, x = units
    people, held = (_sums(cell, part, shape) for part in (w, w * x))
    share_people = people / people.sum(axis=1, keepdims=True)
    share_held = held / held.sum(axis=1, keepdims=True)
    if measure == "theil":
        own = _ratio(_sums(cell, w * x * _log(x), shape), held) - _log(_ratio(held, people))
        return share_held * _log(_ratio(share_held, share_people)), share_held * own
    own = _log(_ratio(held, people)) - _ratio(_sums(cell, w * np.log(x), shape), people)
    return -share_people * _log(_ratio(share_held, share_people)), share_people * own


def _group(x: np.ndarray, w: np.ndarray) -> dict[str, float]:
    p = w / w.sum()
    gini = inequality_kernels.gini(x[None], p[None])[0] if x.any() else 0.0
    return {"mean": p @ x, "gini": gini, "people": w.sum(), "n": len(x)}


def _pair(own: pd.DataFrame, parts: list, first: int, second: int) -> tuple:
    """Hold every unit of the richer group against every unit of the poorer one."""
    (x, w), (y, v) = parts[first], parts[second]
    differences = x[:, None] - y
    chances = np.outer(w / w.sum(), v / v.sum())
    ahead = (chances * differences.clip(min=0)).sum()
    behind = (chances * (-differences).clip(min=0)).sum()
    a, b = own.iloc[first], own.iloc[second]
    gini = (ahead + behind) / (a["mean"] + b["mean"]) if a["mean"] else 0.0
    affluence = (ahead - behind) / (ahead + behind) if ahead + behind else 0.0
    part = gini * (a.people * b.held + b.people * a.held)
    return (a.name, b.name, gini, affluence, part * affluence, part * (1 - affluence))


def _sums(cell: np.ndarray, amounts: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    return np.bincount(cell, weights=amounts, minlength=shape[0] * shape[1]).reshape(shape)


def _ratio(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """A ratio; 1 where there is nothing to divide by, so that its logarithm adds nothing."""
    return np.divide(a, b, out=np.ones_like(a), where=b > 0)


def _log(ratio: np.ndarray) -> np.ndarray:
    return np.log(np.where(ratio > 0, ratio, 1))
