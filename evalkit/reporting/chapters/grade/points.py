"""Tables of a city's points: from the values of the year, indicator by indicator, to the score and the grade."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from evalkit.assessment.grading.pathway import DECIMALS
from evalkit.reporting.aims import COMPLETION_DECIMALS, goal, levels
from evalkit.reporting.chapters.grade.reasons import event_name, rule_name
from evalkit.reporting.chapters.grade.tables import part_name
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import of_an_assessed_round, outcome_of
from evalkit.reporting.made import report_table
from evalkit.tabular import Table
from evalkit.tabular.cells import NO_DATA, NOT_PRINTED, number, signed

_STEPS = {
    "part": "step_part",
    "event": "step_event",
    "limit": "step_limit",
    "rounding": "step_rounding",
    "score": "step_score",
    "band": "step_band",
    "gate": "step_gate",
    "quota": "step_gate",
    "grade": "step_grade",
}
_LIMITS = {"events": "limit_events", "scale": "limit_scale"}


@report_table
@of_an_assessed_round
def parts(report: CityReport) -> Table:
    """The parts of the 100 points; the points are the sums of those printed for each indicator."""
    steps = report.steps[report.steps.step == "part"].set_index("part")
    declared = report.study.rules.parts
    rows = [
        {
            "part": part_name(report, code),
            "declared_points": number(row.declared, 2),
            "available_points": number(row.available, DECIMALS, blank=NOT_PRINTED),
            "counted_indicators": int(row.n),
            "part_mean": number(row["mean"], COMPLETION_DECIMALS, blank=NOT_PRINTED),
            "points": number(steps.total[code], DECIMALS, blank=NOT_PRINTED),
            "rule_status": report.word(declared[code].status),
        }
        for code, row in report.assessed.parts.iterrows()
    ]
    return report.table(rows)


@report_table
@of_an_assessed_round
def pathway(report: CityReport) -> Table:
    """From the parts' points to the grade, step by step; the points add up to the score.

    Events and limits that move no points are left out.
    """
    rows = []
    for step in report.steps[(report.steps.step != "indicator") & (report.steps.points != 0)].itertuples():
        points = step.total if step.step == "part" else step.points
        row = {
            "pathway_step": report.word(_STEPS[step.step]),
            "about": _about(report, step),
            "points": signed(points, DECIMALS) if step.step in ("event", "limit", "rounding") else _points(points),
            "total": number(step.total, 2) if step.step == "score" else NOT_PRINTED,
            "grade": NOT_PRINTED if pd.isna(step.grade) else report.band(step.grade),
        }
        rows.append(row)
    return report.table(rows)


@report_table
@of_an_assessed_round
def indicator_points(report: CityReport) -> Table:
    """The points that each indicator gives to completion or to equality, and the value that they come from."""
    rows = []
    for step in _indicators(report, "completion", "equality"):
        indicator = report.system.node(step.about)
        row = {"part": part_name(report, step.part), "indicator": report.target_name(indicator.code)}
        lamp = report.lamp(report.judged.lamps[step.about])
        rows.append(row | levels(report, indicator) | {"lamp": lamp} | _earned(step, "completion"))
    return report.table(rows)


@report_table
@of_an_assessed_round
def progress_points(report: CityReport) -> Table | None:
    """The points that each indicator gives to progress: what this year did of what its milestone still required.

    None where the rules give none for it.
    """
    if "progress" not in report.study.rules.parts:
        return None
    rows, values_before = [], _before(report)
    for step in _indicators(report, "progress"):
        indicator = report.system.node(step.about)
        before = number(values_before[step.about], indicator.decimals, blank=NO_DATA)
        levels_then = {name: cell for name, cell in levels(report, indicator).items() if name != "baseline"}
        row = {"indicator": report.target_name(indicator.code), "value_before": before}
        rows.append(row | levels_then | {"target": goal(report, indicator)} | _earned(step, "progress"))
    return report.table(rows)


def _indicators(report: CityReport, *parts: str) -> Iterator:
    """Give the steps of the indicators whose target is one of cities, in some parts of the score."""
    steps = report.steps[(report.steps.step == "indicator") & report.steps.part.isin(parts)]
    return steps[steps.about.isin(report.judged.index)].itertuples()


def _about(report: CityReport, step) -> str:
    if step.step == "part":
        return part_name(report, step.part)
    if step.step == "event":
        return event_name(report, step.about)
    if step.step == "limit":
        return report.word(_LIMITS[step.about])
    if step.step not in ("gate", "quota"):
        return NOT_PRINTED
    reason = next(r for r in report.assessed.reasons.itertuples() if (r.rule, r.about) == (step.rule, step.about))
    outcome = report.word(f"outcome_{outcome_of(report, reason.rule, reason.outcome)}")
    return report.word("rule_outcome", rule=rule_name(report, reason), outcome=outcome)


def _points(points: float | None) -> Decimal | str:
    return number(points, DECIMALS, blank=NOT_PRINTED)


def _earned(step, basis: str) -> dict[str, Decimal | str]:
    return {
        basis: number(step.basis, COMPLETION_DECIMALS),
        "weight_in_part": number(100 * step.weight, 3, blank=NOT_PRINTED),
        "points": _points(step.points) if pd.notna(step.basis) else NOT_PRINTED,
    }


def _before(report: CityReport) -> pd.Series:
    """Give the values of the year before; the baseline in the first year that asks for something."""
    found, key = report.study.assessed.cities, (report.city, report.year - 1)
    if key not in found.milestones.index:
        return report.judged.baselines
    due = found.milestones.loc[key].notna()
    return found.values.loc[key].where(due, report.judged.baselines)


OF_A_CITY = {
    "parts": parts,
    "pathway": pathway,
    "indicator_points": indicator_points,
    "progress_points": progress_points,
}
