"""Which indicators may be scored: complete, unbroken, still telling regions apart; and why the others are not."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from evalkit.data import Panel
from evalkit.errors import Offence, ParamsError
from evalkit.exact import above, at_least, at_most
from evalkit.index import IndexSystem, Indicator

BREAK_FACTOR = 1.6
SATURATED_ABOVE = 1 / 3


def composition(panel: Panel, system: IndexSystem, report_year: int) -> pd.DataFrame:
    """Hold every indicator that is shown against the three conditions for being scored.

    Returns one row an indicator (index: code): `layer`; `missing`, the cells without a value; `jump`, the largest
    change on the year before, as a factor of 1 or more (infinite from or to zero), with `jump_region` and `jump_year`;
    `at_cap`, the regions at or past the better goalpost in `report_year` (blank without goalposts); the reason that was
    found, and `unscored`, the reason that is declared.
    """
    values = panel.values[[indicator.code for indicator in system.indicators]].sort_index()
    tables = (values.to_numpy(), _factors(values), values.xs(report_year, level="year").to_numpy())
    columns = zip(system.indicators, *(table.T for table in tables), strict=True)
    return pd.DataFrame([_row(values.index, *column) for column in columns]).set_index("code")


def check_composition(panel: Panel, system: IndexSystem, report_year: int) -> pd.DataFrame:
    """Give the composition. Raises ParamsError where what is declared is not what the data show."""
    table = composition(panel, system, report_year)
    wrong = [
        Offence(f"{code} ({system.node(code).name.zh})", _say(row), _expected(row))
        for code, row in table.iterrows()
        if _contradicts(row)
    ]
    if wrong:
        raise ParamsError(f"the composition of {system.code} does not fit the data", wrong)
    return table


def _factors(values: pd.DataFrame) -> np.ndarray:
    """Give each change on the calendar year before as a factor of 1 or more; blank where it has no value ≥ 0."""
    years = values.index.get_level_values("year")
    a_year_before = pd.MultiIndex.from_arrays([values.index.get_level_values("region"), years - 1])
    before = values.reindex(a_year_before).to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.where(before >= 0, values.to_numpy() / before, np.nan)
        return np.maximum(change, 1 / change)


def _row(index: pd.MultiIndex, indicator: Indicator, values: np.ndarray, factors: np.ndarray, now: np.ndarray) -> dict:
    largest = None if np.isnan(factors).all() else np.nanargmax(factors)
    region, year = (None, None) if largest is None else index[largest]
    row = {
        "code": indicator.code,
        "layer": indicator.layer,
        "cells": len(values),
        "missing": int(np.isnan(values).sum()),
        "jump": float("nan") if largest is None else factors[largest],
        "jump_region": region,
        "jump_year": year,
        "at_cap": _at_cap(indicator, now),
        "regions": len(index.unique("region")),
        "unscored": indicator.unscored,
    }
    return row | {"found": ", ".join(_reasons(row))}


def _at_cap(indicator: Indicator, values: np.ndarray) -> float:
    if indicator.goalposts is None:
        return float("nan")
    best = indicator.goalposts.best
    return float((at_least(values, best) if indicator.higher_is_better else at_most(values, best)).sum())


def _reasons(row: dict) -> Iterable[str]:
    if row["layer"] == "input":
        yield "input"
    if row["missing"]:
        yield "incomplete"
    if above(row["jump"], BREAK_FACTOR):
        yield "broken"
    if above(row["at_cap"], SATURATED_ABOVE * row["regions"]):
        yield "saturated"


def _contradicts(row: pd.Series) -> bool:
    needs = {
        "short-series": "incomplete",
        "snapshot": "incomplete",
        "broken": "broken",
        "saturated": "saturated",
    }
    if pd.isna(row.unscored):
        return bool(row.found)
    return row.unscored in needs and needs[row.unscored] not in row.found


def _say(row: pd.Series) -> str:
    cap = "" if pd.isna(row.at_cap) else f", {row.at_cap:.0f} of {row.regions} regions at the cap"
    return f"{row.missing} of {row.cells} cells missing, largest jump ×{row.jump:.2f}{cap}"


def _expected(row: pd.Series) -> str:
    if pd.isna(row.unscored):
        return f"`unscored` with a reason (found: {row.found})"
    return f"a reason that the data bear out, instead of {row.unscored!r}"
