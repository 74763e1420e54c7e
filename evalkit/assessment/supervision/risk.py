"""Risk: what the signals of a region's project add up to, and the order in which that puts them."""

from __future__ import annotations

from collections.abc import Iterator
from numbers import Integral

import pandas as pd

from evalkit.assessment.supervision.rules import Supervision
from evalkit.base.errors import DataError, Problem, one_of

UNIT = ["region", "project"]


def risk_scores(rows: pd.DataFrame, units: pd.MultiIndex, rules: Supervision) -> pd.DataFrame:
    """Add up the points of every unit's signals, held within the cap.

    `rows` are as `signals` gives them, of which region, project, signal and points are read; `units` are (region,
    project) in declared order. Returns index (region, project): one column a signal with its points; `points`, their
    sum; `score`, the sum within the cap; `place`, 1 for the riskiest. Equal scores are put in order by the points of
    the first declared signal that tells them apart, then as units are declared: every place is held once.
    Raises DataError with every unit, signal and number of points that is not one.
    """
    wrong = list(_wrong(rows, units, rules))
    if wrong:
        raise DataError("the risk scores cannot be computed", wrong)
    table = rows.pivot_table(index=UNIT, columns="signal", values="points", aggfunc="sum") if len(rows) else rows[:0]
    table = table.reindex(index=units, columns=list(rules.kinds)).fillna(0).astype(int).rename_axis(columns=None)
    table["points"] = table.sum(axis=1)
    table["score"] = table.points.clip(upper=rules.cap.points)
    order = table.sort_values(["score", *rules.kinds], ascending=False, kind="stable").index
    return table.assign(place=pd.Series(range(1, len(order) + 1), index=order))


def _wrong(rows: pd.DataFrame, units: pd.MultiIndex, rules: Supervision) -> Iterator[Problem]:
    known = [f"{region} {project}" for region, project in units]
    for place, row in enumerate(rows.itertuples(), start=1):
        if (row.region, row.project) not in units:
            unit = f"{row.region} {row.project}"
            yield Problem(f"unit of signal {place}", repr(unit), one_of(unit, known))
        if row.signal not in rules.kinds:
            yield Problem(f"kind of signal {place}", repr(row.signal), one_of(row.signal, rules.kinds))
        if not (isinstance(row.points, Integral) and row.points >= 0):
            yield Problem(f"points of signal {place}", f"{row.points}", "a whole number of 0 or more")
    for region, project in units[units.duplicated()]:
        yield Problem("units", f"{region} {project} twice", "each unit once")
