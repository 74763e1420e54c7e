"""From published scores to grades: the band, what the gates leave of it, and the quota."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from evalkit.assessment.grading.bands import UNRATED, Bands
from evalkit.assessment.grading.rules import EarmarkGate, Gate, GradeQuota, ProjectGate, Rules

Rule = Literal["valid_share", "earmark", "project", "veto", "quota"]
Outcome = Literal["lowers", "no_effect", "not_tested", "not_rated"]


class Reason(NamedTuple):
    """Why a grade is, or might be, another than the band.

    `about` is the project or the event. `found` was held
    against `bound`. `outcome` is "lowers", "no_effect" (the band is no better anyway), "not_tested" (for want of
    data) or "not_rated".
    """

    rule: Rule
    about: str
    found: float
    bound: float
    not_above: str
    outcome: Outcome | None


@dataclass(frozen=True)
class Case:
    """What the gates look at in one region and year.

    `score` is the published one, blank where the region is not rated; `projects` are published scores, blank where
    data are wanting; `earmark` says whether it is kept, None where that is not known; `vetoes` are codes of events.
    """

    score: float
    valid_share: float
    projects: Mapping[str, float]
    earmark: bool | Literal["not applicable"] | None
    vetoes: tuple[str, ...] = ()


def reasons(case: Case, rules: Rules) -> list[Reason]:
    """Give every gate that holds a case, or could not be tested.

    A veto stands whether or not there is a rating: withheld data shelter nobody from it.
    """
    found = [*_unrated(case, rules)] or [
        *_earmark(case, rules.gates.earmark),
        *_projects(case, rules.gates.project),
    ]
    found += _vetoes(case, rules.gates.veto)
    band = rules.bands.of(case.score)
    return [r if r.outcome else r._replace(outcome=_outcome(r, band, rules.bands)) for r in found]


def gated(case: Case, rules: Rules) -> str:
    """Give the grade that the gates leave, before the quota."""
    lowering = [reason.not_above for reason in reasons(case, rules) if reason.outcome == "lowers"]
    return rules.bands.lowest(rules.bands.of(case.score), *lowering)


def quota_places(rated: int, quota: GradeQuota) -> int:
    """Say how many of `rated` regions the quota lets in, on the share as it is written: 0.3 of 10 are 3."""
    exact = Fraction(str(quota.share)) * rated
    return floor(exact if quota.rounding == "down" else exact + Fraction(1, 2))


def over_quota(scores: pd.Series, grades: pd.Series, quota: GradeQuota) -> pd.DataFrame:
    """Find the regions that the quota keeps out of its band, year by year, the highest scores staying in.

    `scores` are published and `grades` are after the gates, index (region, year). Only regions with that grade
    compete, while the share is of all that have a score. Returns their index: `place` among them, `places`.
    """
    places = scores.groupby(level="year").count().map(lambda rated: quota_places(rated, quota))
    competing = scores[grades == quota.band].groupby(level="year")
    # ties across the edge: by the first place that they share they are in, by the last they are out
    place = competing.rank(method="min" if quota.ties == "in" else "max", ascending=False)
    table = pd.DataFrame({"place": place, "places": places.reindex(place.index.get_level_values("year")).to_numpy()})
    return table[table.place > table.places]


def quota_reason(place: float, places: float, rules: Rules) -> Reason:
    """Say that the quota lowers a grade."""
    return Reason("quota", "", place, places, rules.bands.below(rules.quota.band), "lowers")


def _unrated(case: Case, rules: Rules) -> Iterator[Reason]:
    if np.isnan(case.score):
        yield Reason("valid_share", "", case.valid_share, rules.valid_share.least, UNRATED, "not_rated")


def _earmark(case: Case, gate: EarmarkGate | None) -> Iterator[Reason]:
    if gate and not case.earmark:
        outcome = "not_tested" if case.earmark is None else None
        yield Reason("earmark", "", np.nan, np.nan, gate.not_above, outcome)


def _projects(case: Case, gate: ProjectGate | None) -> Iterator[Reason]:
    for project, score in case.projects.items() if gate else ():
        if not score >= gate.below:
            yield Reason(
                "project", project, score, gate.below, gate.not_above, "not_tested" if np.isnan(score) else None
            )


def _vetoes(case: Case, gate: Gate | None) -> Iterator[Reason]:
    for event in case.vetoes if gate else ():
        yield Reason("veto", event, np.nan, np.nan, gate.not_above, None)


def _outcome(reason: Reason, band: str, bands: Bands) -> Outcome:
    return "no_effect" if bands.lowest(band, reason.not_above) == band else "lowers"
