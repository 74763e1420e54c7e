"""What would lift a grade: gates first, then the indicators that gain most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from evalkit.assessment.grading.assessment import Assessment, RegionAssessment
from evalkit.assessment.grading.grades import Case, Reason, gated, over_quota, quota_reason, reasons
from evalkit.assessment.grading.points import project_codes, score_of, shares_in
from evalkit.base.exact import FINE_DECIMALS, publish

COLUMNS = ("rule", "about", "completion", "gain", "score", "grade", "held_by")


def improvements(assessment: Assessment, region: str, year: int, *, without: Iterable[str] = ()) -> pd.DataFrame:
    """Say what to raise, in which order, until one region reaches the grade above its own.

    First the gates that would keep it from that grade: the earmark, to be met; a project below its floor,
    whose indicators are raised until it clears it; a veto, which nothing in the year lifts, so that the list ends
    there. Then indicators with a valid value, each raised to its milestone (completion 100, and so full progress where
    it has any), the largest gain first; `without` those that nobody is to raise. Equality points, events and the other
    regions are taken as they are, although a better value may move the first, and the last may rise as well.

    Returns one row a step: `rule` (earmark, project, veto, score), `about` (the indicator; an event), `completion`
    before, `gain` in points, and `score`, `grade` and `held_by` (the rules that still lower the grade) after it.
    Empty for the best grade and for a region that is not rated. Where even the last step does not reach the grade
    above, raising indicators is not enough. Raises ParamsError where the region or year is not known.
    """
    graded = assessment.of(region, year)
    target = assessment.rules.bands.above(graded.result.grade)
    rows = (
        _climb(_Position.start(assessment, graded, without), target) if target and pd.notna(graded.result.score) else []
    )
    return pd.DataFrame(rows, columns=list(COLUMNS)).rename_axis("step")


@dataclass(frozen=True)
class _Position:
    """Where a region would stand with some of its indicators raised and the earmark met or not.

    `projects` are the codes, completions and weights of the indicators of each that is looked at; `standings` what all
    regions reached in the year, before the quota.
    """

    assessment: Assessment
    key: tuple[str, int]
    completion: pd.Series
    gains: pd.Series
    projects: Mapping[str, tuple[np.ndarray, np.ndarray, np.ndarray]]
    standings: pd.DataFrame
    raised: tuple[str, ...] = ()
    earmark: bool | str | None = None

    @classmethod
    def start(cls, assessment: Assessment, graded: RegionAssessment, without: Iterable[str]) -> _Position:
        key = (graded.region, graded.year)
        completion = assessment.evidence.basis("completion")[0].loc[key]
        gains = _gains(assessment, graded).drop(list(without), errors="ignore")
        case, codes = assessment.cases[key], project_codes(assessment.evidence)
        weights = assessment.evidence.weights.astype(float)
        columns = {one: (codes[one], completion[codes[one]], weights[codes[one]]) for one in case.projects}
        projects = {one: tuple(map(np.array, each)) for one, each in columns.items()}
        standings = assessment.results.xs(graded.year, level="year", drop_level=False)[["score", "gated"]]
        return cls(assessment, key, completion, gains, projects, standings, earmark=case.earmark)

    def with_raised(self, code: str) -> _Position:
        return replace(self, raised=(*self.raised, code))

    @cached_property
    def case(self) -> Case:
        """What the gates would look at."""
        result, before = self.assessment.results.loc[self.key], self.assessment.cases[self.key]
        score = score_of(result.points + self.gains[list(self.raised)].sum(), result.counted)
        projects = {project: self._project(project) for project in before.projects}
        return replace(before, score=score, projects=projects, earmark=self.earmark)

    @cached_property
    def held(self) -> tuple[Reason, ...]:
        """What would lower the grade; the quota against the other regions as they are."""
        rules = self.assessment.rules
        lowering = [reason for reason in reasons(self.case, rules) if reason.outcome == "lowers"]
        grade = gated(self.case, rules)
        if not rules.quota or grade != rules.quota.band:
            return tuple(lowering)
        own = self.standings.index == self.key
        scores, grades = self.standings.score.mask(own, self.case.score), self.standings.gated.mask(own, grade)
        over = over_quota(scores, grades, rules.quota)
        kept_out = [quota_reason(row.place, row.places, rules) for key, row in over.iterrows() if key == self.key]
        return (*lowering, *kept_out)

    @property
    def grade(self) -> str:
        bands = self.assessment.rules.bands
        return bands.lowest(bands.of(self.case.score), *(reason.not_above for reason in self.held))

    def blocking(self, target: str) -> list[Reason]:
        """Give the gates that keep the grade below `target` at any score."""
        rules = self.assessment.rules
        found = [reason for reason in reasons(self.case, rules) if reason.outcome in ("lowers", "no_effect")]
        return [reason for reason in found if rules.bands.lowest(target, reason.not_above) != target]

    def row(self, rule: str, about: str, *, raised: bool = False) -> dict:
        change = {"completion": self.completion[about], "gain": self.gains[about]} if raised else {}
        held_by = tuple(dict.fromkeys(reason.rule for reason in self.held))
        after = {"score": self.case.score, "grade": self.grade, "held_by": held_by}
        return {"rule": rule, "about": about, **change, **after}

    def _project(self, project: str) -> float:
        codes, reached, weights = self.projects[project]
        known, raised = ~np.isnan(reached), np.array([code in self.raised for code in codes], dtype=bool)
        scored = np.where(raised, 100.0, reached)[known]
        return publish(np.average(scored, weights=weights[known])) if known.any() else np.nan


def _climb(position: _Position, target: str) -> Iterator[dict]:
    blocking = position.blocking(target)
    vetoes = [reason for reason in blocking if reason.rule == "veto"]
    if vetoes:
        yield from (position.row("veto", reason.about) for reason in vetoes)
        return
    for reason in blocking:
        if reason.rule == "earmark":
            position = replace(position, earmark=True)
            yield position.row("earmark", "")
        for code in _of_project(position, reason):
            if reason.about in [other.about for other in position.blocking(target)]:
                position = position.with_raised(code)
                yield position.row("project", code, raised=True)
    bands = position.assessment.rules.bands
    for code in position.gains.index.difference(position.raised, sort=False):
        if bands.lowest(position.grade, target) == target:
            return
        position = position.with_raised(code)
        yield position.row("score", code, raised=True)


def _of_project(position: _Position, reason: Reason) -> list[str]:
    codes = project_codes(position.assessment.evidence)
    return [code for code in position.gains.index if code in codes.get(reason.about, ())]


def _gains(assessment: Assessment, graded: RegionAssessment) -> pd.Series:
    """Give the points that each indicator would gain at its milestone, the largest first; ties in their order."""
    key, found = (graded.region, graded.year), {}
    for part in ("completion", "progress"):
        if part in graded.parts.index:
            own, shares = assessment.evidence.basis(part)[0].loc[key], shares_in(assessment.evidence, part).loc[key]
            found[part] = (1 - own / 100) * shares * graded.parts.available[part]
    short = found["completion"] > 0
    gains = pd.DataFrame(found).loc[short[short].index].sum(axis=1).round(FINE_DECIMALS)
    return gains.sort_values(ascending=False, kind="stable")
