"""Which indicators may be scored: complete, unbroken, still telling regions apart; and why the others are not."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from pydantic import Field

from evalkit.base.errors import ParamsError, Problem
from evalkit.base.exact import above, at_least, at_most
from evalkit.base.model import DeclaredModel
from evalkit.data import Panel
from evalkit.data.imputation import IMPUTED
from evalkit.index import IndexSystem, Indicator
from evalkit.index.indicator import DataReason
from evalkit.scoring.method import Method

FOUND: dict[DataReason, str] = {"short-series": "incomplete", "broken": "broken", "saturated": "saturated"}


class Limits(DeclaredModel):
    """What the figures of an indicator must keep to for it to be scored.

    `missing` is the share of them, over all regions and years, that may lack a published value; where it is left out,
    as many as the method deals with: none, unless it imputes or a node needs only part of its weight. `jump` is the
    factor by which a region's value may change on the year before, and `at_cap` the share of the regions that may be
    at the better goalpost.
    """

    missing: float | None = Field(default=None, ge=0, le=1)
    jump: float = Field(default=1.6, ge=1)
    at_cap: float = Field(default=1 / 3, ge=0, le=1)


def composition(
    panel: Panel, system: IndexSystem, report_year: int, limits: Limits | None = None, method: Method | None = None
) -> pd.DataFrame:
    """Hold every indicator that is shown against the conditions for being scored, with what the method imputes.

    What is scored belongs to a round and not to a year, or its scores would not compare over the years: the conditions
    are those of all its years, and of `report_year` alone where they ask for one, whichever year a report is made for.

    Returns one row an indicator (index: code): `layer`; `missing`, the cells without a value; `imputed`, those that
    have one from the method only; `jump`, the largest change of a published value on the year before, as a factor of 1
    or more (infinite from or to zero), with `jump_region` and `jump_year`; `at_cap`, the regions at or past the better
    goalpost in `report_year` (blank without goalposts); `unscored`, the reason that is declared, and the reasons that
    were found. Raises EvalkitError where the method cannot impute.
    """
    limits, method = limits or Limits(), method or Method()
    panel, codes = method.imputation(panel, system), [indicator.code for indicator in system.indicators]
    values, imputed = panel.values[codes].sort_index(), panel.states[codes].sort_index() == IMPUTED
    tables = (values.to_numpy(), imputed.to_numpy(), _factors(values.mask(imputed)))
    now = values.xs(report_year, level="year").to_numpy()
    columns = zip(system.indicators, *(table.T for table in (*tables, now)), strict=True)
    rows = [_row(values.index, *column) for column in columns]
    return pd.DataFrame([row | {"found": tuple(_reasons(row, limits, method))} for row in rows]).set_index("code")


def check_composition(table: pd.DataFrame, system: IndexSystem, *, scored: bool = True) -> None:
    """Hold what is declared against the composition that was found.

    Raises ParamsError with every reason of the round that its data do not bear out and, where `scored` indicators keep
    to limits, with every one that does not.
    """
    wrong = [
        Problem(f"{code} ({system.node(code).name.zh})", _say(row), _expected(code, row))
        for code, row in table.iterrows()
        if (scored and row.found if pd.isna(row.unscored) else _not_borne_out(row))
    ]
    if wrong:
        raise ParamsError(f"the composition of {system.code} does not fit the data", wrong)


def _factors(values: pd.DataFrame) -> np.ndarray:
    """Give each change on the calendar year before as a factor of 1 or more; blank where it has no value ≥ 0."""
    years = values.index.get_level_values("year")
    a_year_before = pd.MultiIndex.from_arrays([values.index.get_level_values("region"), years - 1])
    before = values.reindex(a_year_before).to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.where(before >= 0, values.to_numpy() / before, np.nan)
        return np.maximum(change, 1 / change)


def _row(index: pd.MultiIndex, indicator: Indicator, values: np.ndarray, *measured: np.ndarray) -> dict:
    imputed, factors, now = measured
    largest = None if np.isnan(factors).all() else np.nanargmax(factors)
    region, year = (None, None) if largest is None else index[largest]
    return {
        "code": indicator.code,
        "layer": indicator.layer,
        "cells": len(values),
        "missing": int(np.isnan(values).sum()),
        "imputed": int(imputed.sum()),
        "jump": float("nan") if largest is None else factors[largest],
        "jump_region": region,
        "jump_year": year,
        "at_cap": _at_cap(indicator, now),
        "regions": len(index.unique("region")),
        "unscored": indicator.unscored,
    }


def _at_cap(indicator: Indicator, values: np.ndarray) -> float:
    if indicator.goalposts is None:
        return float("nan")
    best = indicator.goalposts.best
    return float((at_least(values, best) if indicator.higher_is_better else at_most(values, best)).sum())


def _reasons(row: dict, limits: Limits, method: Method) -> Iterable[str]:
    if row["layer"] == "input":
        yield "input"
    if (row["missing"] and (row["unscored"] or method.min_weight == 1)) or _too_little_known(row, limits):
        yield "incomplete"
    if above(row["jump"], limits.jump):
        yield "broken"
    if above(row["at_cap"], limits.at_cap * row["regions"]):
        yield "saturated"


def _too_little_known(row: dict, limits: Limits) -> bool:
    most = 1 if limits.missing is None else limits.missing
    return row["missing"] == row["cells"] or above(row["missing"] + row["imputed"], most * row["cells"])


def _not_borne_out(row: pd.Series) -> bool:
    return row.unscored in FOUND and FOUND[row.unscored] not in row.found


def _say(row: pd.Series) -> str:
    cap = "" if pd.isna(row.at_cap) else f", regions at the cap: {row.at_cap:.0f} of {row.regions}"
    imputed = f", {row.imputed} imputed" if row.imputed else ""
    jump = "" if pd.isna(row.jump) else f", largest jump ×{row.jump:.2f}"
    jump = ", a jump from or to 0" if np.isinf(row.jump) else jump
    return f"cells missing: {row.missing} of {row.cells}{imputed}{jump}{cap}"


def _expected(code: str, row: pd.Series) -> str:
    if pd.notna(row.unscored):
        return f"a reason that the data bear out, instead of {row.unscored!r}, or none: then it is scored"
    reason = next(reason for reason, found in FOUND.items() if found in row.found)
    imputed = ", or an imputation" if row.found == ("incomplete",) else ""
    return f"`unscored: {{{code}: {reason}}}` in the study{imputed} (found: {', '.join(row.found)})"
