"""Step by step from the values of one region and year to its grade."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from evalkit.assessment.grading.assessment import Assessment, RegionAssessment
from evalkit.assessment.grading.evidence import Evidence
from evalkit.assessment.grading.points import shares_in
from evalkit.base.exact import publish

DECIMALS = 4
MEANING = ("step", "part", "about", "state", "value", "basis", "weight", "available")
COLUMNS = (*MEANING, "points", "total", "rule", "found", "bound", "grade", "outcome")


def pathway(assessment: Assessment, region: str, year: int, *, values: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give the steps that lead one region and year from its values to its grade, in the order in which they are taken.

    `values` are the indicators' own, index (region, year). Columns: `step` (indicator, part, event, limit, rounding,
    score, band, gate, quota, grade), `part`, `about` (an indicator, an event, what a rule is about), `state`, `value`,
    then `points` = `basis` / 100 × `weight` × `available` (what the part averages, 0–100; the share in the part; the
    part's points, rescaled where others are dropped), the `total` of a part and of all, the `rule` of a gate, what it
    `found` and its `bound`, the `grade` as it stands, and the gate's `outcome`.

    The points of a rated region, as printed to four decimals, add up exactly to its published score: what rounding
    takes or gives is a step of its own, and so is what the limits on events and the ends of the scale (0 and 100)
    take or give. A region that is not rated has no points. Raises ParamsError where the region or year is not known.
    """
    graded = assessment.of(region, year)
    rows = [row for part in graded.parts.index for row in _part(assessment.evidence, graded, part, values)]
    if _rated(graded):
        rows += _events(assessment.evidence, graded)
        rows += [_rounding(rows, graded), {"step": "score", "total": graded.result.score}]
    rows += _grades(assessment, graded)
    return pd.DataFrame(rows, columns=list(COLUMNS)).rename_axis("number")


def _rated(graded: RegionAssessment) -> bool:
    return pd.notna(graded.result.score)


def _part(evidence: Evidence, graded: RegionAssessment, part: str, values: pd.DataFrame | None) -> list[dict]:
    """Give every cell of a part, with its points where it counts and its state where it does not, and their sum."""
    key, available = (graded.region, graded.year), graded.parts.available[part]
    frame, weights = evidence.basis(part)
    cells = pd.DataFrame({"basis": frame.loc[key], "weight": shares_in(evidence, part).loc[key]})[weights > 0]
    states, found = evidence.states.loc[key], {} if values is None else values.loc[key]
    rows = [
        {
            "step": "indicator",
            "part": part,
            "about": code,
            "state": states.get(code),
            "value": found.get(code),
            "basis": basis,
            "weight": weight,
            "available": available,
            "points": publish(basis / 100 * weight * available, DECIMALS) if _rated(graded) else None,
        }
        for code, basis, weight in cells.itertuples()
    ]
    whole = {"step": "part", "part": part, "basis": graded.parts["mean"][part], "available": available}
    counts = _rated(graded) and graded.parts.n[part] > 0
    return [*rows, {**whole, "total": float(_exact(rows)) if counts else None}]


def _events(evidence: Evidence, graded: RegionAssessment) -> Iterator[dict]:
    for event in evidence.events.of(graded.region, graded.year):
        yield {"step": "event", "about": event.code, "points": event.points}
    result = graded.result
    total = result.points + result.counted
    for about, taken in (("events", result.counted - result.events), ("scale", min(max(total, 0), 100) - total)):
        if publish(taken, DECIMALS):
            yield {"step": "limit", "about": about, "points": publish(taken, DECIMALS)}


def _rounding(rows: list[dict], graded: RegionAssessment) -> dict:
    """Give what is missing between the printed points and the published score."""
    return {"step": "rounding", "points": float(Decimal(str(graded.result.score)) - _exact(rows))}


def _exact(rows: list[dict]) -> Decimal:
    """Add the points as they are printed."""
    return sum((Decimal(str(row["points"])) for row in rows if pd.notna(row.get("points"))), Decimal(0))


def _grades(assessment: Assessment, graded: RegionAssessment) -> Iterator[dict]:
    bands, grade = assessment.rules.bands, graded.result.band
    yield {"step": "band", "grade": grade}
    for reason in graded.reasons.itertuples():
        if reason.outcome == "lowers":
            grade = bands.lowest(grade, reason.not_above)
        held = {name: getattr(reason, name) for name in ("rule", "about", "found", "bound", "outcome")}
        yield {"step": "quota" if reason.rule == "quota" else "gate", **held, "grade": grade}
    yield {"step": "grade", "grade": graded.result.grade}
