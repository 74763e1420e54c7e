"""Units: facilities judged one by one against a threshold, since an average would hide a failing one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from numbers import Integral

import numpy as np
import pandas as pd

from evalkit.data.contract import STATES
from evalkit.errors import DataError, Offence, one_of

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
    chosen = units[units.indicator.isin(list(thresholds))].astype({"value": float})
    states = _with_gaps(chosen.set_index(KEY).state)
    rows = states.to_frame().join(chosen.set_index(KEY).value).reset_index()
    rows = rows[~rows.state.isin(LEFT_OUT)]
    known = rows.state == "value"
    met = known & (rows.value >= rows.indicator.map(dict(thresholds)))
    return _counted(rows.assign(met=met, below=known & ~met, unknown=~known))


def _with_gaps(states: pd.Series) -> pd.Series:
    """Say "missing" where a unit that was there before has no row."""
    wide = states.unstack("year").sort_index(axis=1)
    began = wide.notna().cummax(axis=1)
    collected = wide.notna().groupby(level=["indicator", "region"]).transform("any")
    filled = wide.mask(wide.isna() & began & collected, "missing")
    return filled.stack().dropna().rename("state")


def _counted(rows: pd.DataFrame) -> pd.DataFrame:
    groups = rows.sort_values(KEY).groupby(["indicator", "region", "year"])
    table = groups[["met", "below", "unknown"]].sum().astype(int)
    total = table.sum(axis=1)
    judged = table.met + table.below
    table["share"] = 100 * table.met / judged.where(judged > 0)
    table["low"] = 100 * table.met / total
    table["high"] = 100 * (table.met + table.unknown) / total
    for name, which in (("failing", "below"), ("unclear", "unknown")):
        named = rows[rows[which]].sort_values(KEY).groupby(["indicator", "region", "year"]).unit.agg(tuple)
        table[name] = [named.get(key, ()) for key in table.index]
    return table


def _check(units: pd.DataFrame, thresholds: Mapping[str, float]) -> None:
    absent = [Offence("units", f"no column {name!r}", "every column") for name in COLUMNS if name not in units]
    wrong = absent or [*_unnamed(units), *_of_rows(units, thresholds)]
    if wrong:
        more = [f"… and {len(wrong) - SHOWN} more"] if len(wrong) > SHOWN else []
        raise DataError("the table of units is not valid", [*wrong[:SHOWN], *more])


def _unnamed(units: pd.DataFrame) -> Iterator[Offence]:
    for name in ("unit", "region", "year"):
        blank = units[name].isna() if name != "year" else ~units.year.map(lambda year: isinstance(year, Integral))
        for place in np.flatnonzero(blank):
            yield Offence(f"{name} in row {place + 1} of the units", repr(units[name].iloc[place]), f"a {name}")


def _of_rows(units: pd.DataFrame, thresholds: Mapping[str, float]) -> Iterator[Offence]:
    number = np.isfinite(pd.to_numeric(units.value, errors="coerce"))
    for row in units[units.duplicated(KEY)].itertuples():
        yield Offence(_named(row), "a row again", "one row a unit, indicator and year")
    for row in units[~units.state.isin(STATES)].itertuples():
        yield Offence(f"state of {_named(row)}", repr(row.state), one_of(row.state, STATES))
    for row in units[~units.indicator.isin(list(thresholds))].itertuples():
        yield Offence(f"indicator of {_named(row)}", repr(row.indicator), one_of(row.indicator, thresholds))
    for row in units[(units.state == "value") & ~number].itertuples():
        yield Offence(f"value of {_named(row)}", f"{row.value}, with the state 'value'", "a number, or another state")
    for row in units[units.state.isin(["missing", *LEFT_OUT]) & units.value.notna()].itertuples():
        yield Offence(f"value of {_named(row)}", f"{row.value}, with the state {row.state!r}", "nothing, or 'value'")


def _named(row) -> str:
    return f"{row.unit} ({row.region}, {row.indicator}, {row.year})"
