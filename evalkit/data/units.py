"""Units: facilities judged one by one against a threshold, since an average would hide a failing one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from numbers import Integral

import numpy as np
import pandas as pd
from pandas.api.types import is_integer_dtype

from evalkit.base.errors import DataError, Problem, one_of
from evalkit.data.contract import STATES

COLUMNS = ("unit", "region", "year", "indicator", "value", "state")
LEFT_OUT = ("not applicable", "not due")
KEY = ["indicator", "region", "unit", "year"]
SHOWN = 40


def judge_units(units: pd.DataFrame, thresholds: Mapping[str, float]) -> pd.DataFrame:
    """Count, by indicator, region and year, the units that reach the indicator's threshold.

    `units` has one row a unit and year: unit, region, year, indicator, value, state. The threshold itself is enough.
    Units that are not applicable or not due do not count; a missing or disputed one is unknown, and so is one that
    has no row in a year after its first in which others of its region have one.

    Returns index (indicator, region, year): `met`, `below`, `unknown` (numbers); `share` of those known, and `low` and
    `high`, the share if every unknown unit were below or met (in %, blank where no unit counts; `share` also where
    none is known); `failing` and `unclear`, the units by name.
    Raises DataError with every offender.
    """
    _check(units, thresholds)
    table = units.astype({"value": float}).set_index(KEY)
    states, values = (table[name].unstack("year").sort_index(axis=1) for name in ("state", "value"))
    groups = states.index.droplevel("unit")
    starts = np.flatnonzero(~groups.duplicated())
    limits = groups.get_level_values("indicator").map(dict(thresholds)).to_numpy(dtype=float)
    met = values.to_numpy() >= limits[:, None]
    return _counted(_verdicts(states, met, starts), states, groups, starts)


def _verdicts(states: pd.DataFrame, met: np.ndarray, starts: np.ndarray) -> dict[str, np.ndarray]:
    """Say, unit × year, which are met, below and unknown, like one without a row in a year after its first."""
    seen, cells = states.notna().to_numpy(), states.to_numpy(dtype=object)
    known = cells == "value"
    collected = np.logical_or.reduceat(seen, starts)
    gone = np.logical_or.accumulate(seen, axis=1) & np.repeat(collected, np.diff([*starts, len(seen)]), axis=0)
    unknown = np.where(seen, ~known & ~np.isin(cells, LEFT_OUT), gone)
    return {"met": known & met, "below": known & ~met, "unknown": unknown}


def _counted(
    verdicts: dict[str, np.ndarray], states: pd.DataFrame, groups: pd.MultiIndex, starts: np.ndarray
) -> pd.DataFrame:
    numbers = {name: np.add.reduceat(cells, starts, dtype=int) for name, cells in verdicts.items()}
    place, year = np.nonzero(sum(numbers.values()))
    keys = [groups[starts].get_level_values(name)[place] for name in groups.names] + [states.columns[year]]
    table = pd.DataFrame({name: cells[place, year] for name, cells in numbers.items()}, index=keys)
    total, judged = table.sum(axis=1), table.met + table.below
    table["share"] = 100 * table.met / judged.where(judged > 0)
    table["low"] = 100 * table.met / total
    table["high"] = 100 * (table.met + table.unknown) / total
    units = states.index.get_level_values("unit").to_numpy(dtype=object)
    rows = list(map(slice, starts, [*starts[1:], len(units)]))
    for name, which in (("failing", "below"), ("unclear", "unknown")):
        cells = verdicts[which]
        table[name] = [tuple(units[rows[g]][cells[rows[g], y]]) for g, y in zip(place, year, strict=True)]
    return table


def _check(units: pd.DataFrame, thresholds: Mapping[str, float]) -> None:
    absent = [Problem("units", f"no column {name!r}", "every column") for name in COLUMNS if name not in units]
    wrong = absent or [*_unnamed(units), *_of_rows(units, thresholds)]
    if wrong:
        more = [f"… and {len(wrong) - SHOWN} more"] if len(wrong) > SHOWN else []
        raise DataError("the table of units is not valid", [*wrong[:SHOWN], *more])


def _unnamed(units: pd.DataFrame) -> Iterator[Problem]:
    whole = is_integer_dtype(units.year) or units.year.map(lambda year: isinstance(year, Integral)).to_numpy(dtype=bool)
    for name in ("unit", "region", "year"):
        for place in np.flatnonzero(units[name].isna() if name != "year" else ~np.broadcast_to(whole, len(units))):
            yield Problem(f"{name} in row {place + 1} of the units", repr(units[name].iloc[place]), f"a {name}")


def _of_rows(units: pd.DataFrame, thresholds: Mapping[str, float]) -> Iterator[Problem]:
    number = np.isfinite(pd.to_numeric(units.value, errors="coerce"))
    for row in units[units.duplicated(KEY)].itertuples():
        yield Problem(_named(row), "a row again", "one row a unit, indicator and year")
    for row in units[~units.state.isin(STATES)].itertuples():
        yield Problem(f"state of {_named(row)}", repr(row.state), one_of(row.state, STATES))
    for row in units[~units.indicator.isin(list(thresholds))].itertuples():
        yield Problem(f"indicator of {_named(row)}", repr(row.indicator), one_of(row.indicator, thresholds))
    for row in units[(units.state == "value") & ~number].itertuples():
        yield Problem(f"value of {_named(row)}", f"{row.value}, with the state 'value'", "a number, or another state")
    for row in units[units.state.isin(["missing", *LEFT_OUT]) & units.value.notna()].itertuples():
        yield Problem(f"value of {_named(row)}", f"{row.value}, with the state {row.state!r}", "nothing, or 'value'")


def _named(row) -> str:
    return f"{row.unit} ({row.region}, {row.indicator}, {row.year})"
