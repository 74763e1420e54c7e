"""Shortfalls: year by year, what a region was held against, whether it kept it, and what it would take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from evalkit.assessment.findings.inspections import Findings
from evalkit.assessment.grading.assessment import Assessment
from evalkit.assessment.rectification.accountability import Fault
from evalkit.assessment.targets.achievement import Achievement
from evalkit.base.errors import DataError, Problem, one_of, unit_name
from evalkit.base.exact import FINE_DECIMALS
from evalkit.base.text import Text
from evalkit.index import IndexSystem, Indicator
from evalkit.index.plain_target import TargetStatus

EARMARK = "earmark"
_KEPT = {"met": True, "on_schedule": True, "behind": False}
_JUDGED = ("lamps", "values", "milestones", "reasons", "completion", "gaps", "acceptance")
_REPORTED = {**dict.fromkeys(_KEPT, True), "no_data": False}


@dataclass(frozen=True)
class RoundResults:
    """What regions are called to account by: achievement and assessment of the same regions and years.

    `earmark` is the indicator that the rules' earmark judges, in place of its own milestone. Raises
    DataError with every region and year that only one of the tables has, and for an indicator without a target.
    """

    achievement: Achievement
    assessment: Assessment
    system: IndexSystem
    earmark: str | None = None

    def __post_init__(self):
        rows = {"achievement": self.achievement.lamps.index, "assessment": self.assessment.results.index}
        wrong = [
            Problem(name, f"no {unit_name(key)}", "every region and year that is achieved and assessed")
            for name, index in rows.items()
            for other in rows.values()
            for key in other.difference(index, sort=False)
        ]
        if self.earmark not in {None, *self.achievement.lamps}:
            wrong.append(Problem("earmark", repr(self.earmark), one_of(self.earmark, self.achievement.lamps)))
        if wrong:
            raise DataError("achievement and assessment do not fit together", wrong)

    @property
    def years(self) -> list[int]:
        """The years of the round, in order."""
        return sorted(self.achievement.lamps.index.unique("year"))

    @cached_property
    def grades(self) -> dict[tuple[str, int], str]:
        """The grade of every region and year."""
        return self.assessment.results.grade.to_dict()

    def figure_of(self, one: Observation) -> tuple[str, str]:
        """Give the region, and the indicator or project that something is about: of the earmark, its indicator."""
        return one.region, self.earmark if one.subject == EARMARK and self.earmark else one.subject

    def departments(self, subject: str) -> tuple[str, ...]:
        """Give the departments that answer for an indicator, a project or the earmark; the lead first."""
        code = self.earmark if subject == EARMARK else subject
        return () if code is None else self.system.departments_of(code)


class Observation(NamedTuple):
    """What one year shows of one subject (an indicator, a project, "earmark") of a region under one fault.

    `kept` is None where the year shows nothing. `value` was held against `bound`; `gap` is what it lacks, in its own
    unit and above 0 where it falls short, whichever direction is better. `accept_at` is the number at which the next
    year is in order, read by `accept_kind`: a kind of target, or "figure" or "finding", which have no number.
    `completion` is that of a target, in per cent. `status` and `source` are those of what was asked; `finding` is the
    code of a finding of an inspection.
    """

    region: str
    subject: str
    fault: Fault
    year: int
    kept: bool | None
    source: Text
    status: TargetStatus
    value: float = np.nan
    bound: float = np.nan
    gap: float = np.nan
    accept_at: float = np.nan
    accept_kind: str = "figure"
    completion: float = np.nan
    reason: str = ""
    finding: str = ""


def observe(results: RoundResults, findings: Findings) -> list[Observation]:
    """Say of every region, subject, fault and year what was seen, the years of each in order.

    A disputed figure shows nothing but the dispute itself.
    """
    disputed = findings.disputing
    found = [*_figures(results, disputed)]
    found += [*_projects(results), *_earmark(results, disputed), *_disputes(results, findings)]
    return sorted(found, key=lambda one: one.year)


def _figures(results: RoundResults, disputed: Mapping) -> Iterator[Observation]:
    """Hold every figure against its milestone, and ask whether it was reported."""
    achievement = results.achievement
    frames = {name: getattr(achievement, name) for name in (*_JUDGED, "states")}
    for indicator in results.system.indicators:
        if indicator.code in achievement.lamps:
            cells = {name: frame[indicator.code] for name, frame in frames.items()}
            yield from _of_indicator(indicator, cells, disputed, judged=indicator.code != results.earmark)


def _of_indicator(
    indicator: Indicator, cells: Mapping[str, pd.Series], disputed: Mapping, *, judged: bool
) -> Iterator[Observation]:
    code, target, index = indicator.code, indicator.aim, cells["values"].index
    columns = [*(cells[name].tolist() for name in _JUDGED), _only_disputed(cells).tolist()]
    for (region, year), lamp, value, bound, reason, completion, lacks, number, whole in zip(
        index, *columns, strict=True
    ):
        kept, reported = _KEPT.get(lamp), None if whole else _REPORTED.get(lamp)
        if (region, year, code) in disputed:
            kept = reported = None
        common = {"source": target.document, "status": target.status, "reason": reason}
        yield Observation(region, code, "missing", year, reported, **common, value=value if reported else np.nan)
        if judged:
            asked = {"gap": lacks, "accept_at": number, "accept_kind": target.kind, "completion": completion}
            yield Observation(region, code, "behind", year, kept, **common, value=value, bound=bound, **asked)


def _only_disputed(cells: Mapping[str, pd.Series]) -> pd.Series:
    """Say of which figures the sum is not known for disputes alone: they were reported, as was every one before."""
    unsummed = cells["reasons"] == "earlier_years_missing"
    missing = (cells["states"] == "missing") & ~unsummed
    return unsummed & ~missing.groupby(level="region").cummax()


def _projects(results: RoundResults) -> Iterator[Observation]:
    """Hold the score of every project that is due against the floor of the round's gate."""
    gate = results.assessment.rules.gates.project
    for (region, year), case in results.assessment.cases.items() if gate else ():
        for project in results.assessment.projects:
            score = case.projects.get(project, np.nan)
            kept = None if np.isnan(score) else bool(score >= gate.below)
            numbers = {"value": score, "bound": gate.below, "gap": round(gate.below - score, FINE_DECIMALS)}
            accept = {"accept_at": gate.below, "accept_kind": "floor"}
            yield Observation(region, project, "project", year, kept, gate.source, gate.status, **numbers, **accept)


def _earmark(results: RoundResults, disputed: Mapping) -> Iterator[Observation]:
    """Take the verdict on the earmark, with the figure of its indicator where there is one."""
    gate, code = results.assessment.rules.gates.earmark, results.earmark
    own = results.system.node(code).aim if code else None
    if own is None and gate is None:
        return
    source, status = (own.document, own.status) if own else (gate.source, gate.status)
    frames = (results.achievement.values, results.achievement.milestones) if code else ()
    figures = [frame[code].to_dict() for frame in frames] or [{}, {}]
    for (region, year), case in results.assessment.cases.items():
        unknown = case.earmark not in (True, False) or (region, year, code) in disputed
        kept = None if unknown else bool(case.earmark)
        value, bound = (figure.get((region, year), np.nan) for figure in figures)
        numbers = {"value": value, "bound": bound, "gap": round(bound - value, FINE_DECIMALS), "accept_at": bound}
        yield Observation(region, EARMARK, "earmark", year, kept, source, status, **numbers, accept_kind="floor")


def _disputes(results: RoundResults, findings: Findings) -> Iterator[Observation]:
    """Take figures that were contradicted or falsified: from then on the fault stands until a finding closes it."""
    known = {indicator.code: indicator for indicator in results.system.indicators}
    regions = set(results.achievement.lamps.index.unique("region"))
    for (region, since, code), finding in findings.disputing.items():
        if region in regions and code in known and since in results.years:
            common = {"accept_kind": "finding", "finding": finding.code, "reason": finding.verdict}
            seen = np.nan if finding.seen is None else finding.seen
            for year in range(since, results.years[-1] + 1):
                about = (region, code, finding.verdict, year, False, finding.document, known[code].target_status)
                yield Observation(*about, value=seen, **common)
