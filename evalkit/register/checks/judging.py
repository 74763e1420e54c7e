"""Answers judged by all rules at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from evalkit.data.metadata import Metadata
from evalkit.index import IndexSystem
from evalkit.register.checks.check import Check
from evalkit.register.checks.checks import Checks
from evalkit.register.checks.figures import Figures
from evalkit.register.remarks import Remark


def judge(
    answers: pd.DataFrame,
    history: pd.DataFrame,
    checks: Checks,
    metadata: Metadata,
    regions: pd.DataFrame,
    *,
    system: IndexSystem | None = None,
) -> list[Remark]:
    """Give all remarks on answers, in the order of the rows and, on one row, of the rules.

    Parameters
    ----------
    answers : one row a figure asked for (variable, region, unit, year, value, state, standing, last, source, …), under
        labels of its own; its values are numbers, in the units in which they are handed in.
    history : the accepted figures of all regions, of the years before and of the same year; a department's figure may
        stand beside the region's own.
    checks : the rules; what they name is known (`Checks.check`).
    regions : by code: level, parent, since, until.
    system : the index system whose indicators the rule on ratios holds against their range.

    Returns every remark, settled or not: `evalkit.register.remarks.open_remarks` keeps those that stand in the way.
    """
    figures = Figures(answers, history, metadata, regions, system)
    with np.errstate(over="ignore", invalid="ignore"):  # what is handed in may be 1e300
        told = [(rule, remark) for rule in checks.rules for remark in rule.judge(figures)]
    place = {label: number for number, label in enumerate(answers.index)}
    return sorted(_each_once(told), key=lambda remark: place[remark.row])


def _each_once(told: Sequence[tuple[Check, Remark]]) -> Iterator[Remark]:
    """Leave out what another remark on the row says already; a warning never stands for an error."""
    said = {(remark.row, rule.kind, remark.level) for rule, remark in told}
    for rule, remark in told:
        enough = ("error",) if remark.level == "error" else ("error", "warning")
        if not any((remark.row, kind, level) in said for kind in rule.said_by for level in enough):
            yield remark
