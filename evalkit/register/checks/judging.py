"""Answers judged by all rules at once."""

from __future__ import annotations

import pandas as pd

from evalkit.data.metadata import Metadata
from evalkit.index import IndexSystem
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
    told: list[tuple[int, int, Remark]] = []
    kinds: dict[int, set[str]] = {}
    place = {label: number for number, label in enumerate(answers.index)}
    for order, rule in enumerate(checks.rules):
        for remark in rule.judge(figures):
            kinds.setdefault(remark.row, set()).add(rule.kind)
            told.append((place[remark.row], order, remark))
    said_by = [rule.said_by for rule in checks.rules]
    kept = [one for one in told if not kinds[one[2].row].intersection(said_by[one[1]])]
    return [remark for *_, remark in sorted(kept, key=lambda one: one[:2])]
