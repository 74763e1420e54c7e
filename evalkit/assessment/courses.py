"""Courses: one indicator's way to its target, in tables with the regions down and the years across."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from evalkit.assessment.completion import (
    completion,
    interval_completion,
    measured,
    progress,
    quota_completion,
    reached,
    rises,
)
from evalkit.assessment.milestones import levels
from evalkit.index.target import Quota, Target

# Why a judgement has the state that it has; "" is a value like any other.
REASONS = {
    "": "value",
    "above the range": "value",
    "no earlier value": "value",
    "assessed elsewhere": "not applicable",
    "no share": "not applicable",
    "not applicable": "not applicable",
    "ended": "not applicable",
    "not due": "not due",
    "base year": "not due",
    "disputed": "disputed",
    "missing": "missing",
    "no series": "missing",
    "imputed": "missing",
    "no units": "missing",
    "units unknown": "missing",
    "earlier years missing": "missing",
    "no baseline": "missing",
}
EXCUSED = ("not applicable", "not due")
Lamp = Literal["met", "on_schedule", "behind", "not_applicable", "no_data", "disputed"]
UNLIT: dict[str, Lamp] = {
    "not applicable": "not_applicable", "not due": "not_applicable", "missing": "no_data", "disputed": "disputed",
}  # fmt: skip


@dataclass(frozen=True)
class Course:
    """One indicator's values beside what was asked of them.

    Attributes
    ----------
    target : the target under its kind, as declared for all; `own`, by region, is empty where it is not assessed.
    years : the years of the round, one after the other; `since` is the base year.
    given : the values as they are known, and `known` their states, from the first year that matters on.
    bounds : the least and the largest share that unknown units leave open, in the years of the round.
    """

    target: Target
    own: dict[str, Target]
    years: range
    since: int
    given: pd.DataFrame
    known: pd.DataFrame
    bounds: tuple[np.ndarray, np.ndarray] | None = None

    @cached_property
    def targets(self) -> pd.Series:
        """What each region is measured against; blank where it is not assessed."""
        return pd.Series({r: self.own[r].value if r in self.own else np.nan for r in self.given.index}, dtype=float)

    @cached_property
    def baselines(self) -> pd.Series:
        """Where each region starts from: what is declared, nothing for a quota, or its own value of the base year."""
        own, baseline = self._counted[self.since], self.target.baseline
        if baseline is None:
            return pd.Series(0.0, index=own.index) if isinstance(self.target, Quota) else own
        return pd.Series({region: baseline.at(region) for region in own.index}, dtype=float).fillna(own)

    @cached_property
    def milestones(self) -> pd.DataFrame:
        """What each year should have reached; blank before anything is due and where it is not assessed."""
        rows = [self._milestones(region) for region in self.given.index]
        return self._framed(np.where(self._year >= self._first, np.array(rows, dtype=float), np.nan))

    @cached_property
    def values(self) -> pd.DataFrame:
        """The values that can be judged."""
        return self._counted[list(self.years)]

    @cached_property
    def completion(self) -> pd.DataFrame:
        """Completion, 0–100, where the state is a value."""
        return self._framed(self._completion).where(self.states == "value")

    @cached_property
    def progress(self) -> pd.DataFrame:
        """Progress, 0–1, where the state is a value."""
        return self._framed(self._progress).where(self.states == "value")

    @cached_property
    def lamps(self) -> pd.DataFrame:
        """Whether the target, the milestone or neither is reached, whatever unknown units hold; or why not known.

        For want of a baseline there is no completion, but the target itself and milestones that are known still tell.
        """
        x = self._x if self.bounds is None else self.bounds[0]
        met = self._met(x)
        lit = np.where(met, "met", np.where(self._kept(x), "on_schedule", "behind"))
        told = (self.reasons == "no baseline") & (met | ~np.isnan(self._way))
        return self._framed(lit).where((self.states == "value") | told, self.states.map(UNLIT.get))

    @cached_property
    def reasons(self) -> pd.DataFrame:
        """Why each judgement has its state: a key of `REASONS`, the first that applies."""
        given, asked = self.known[list(self.years)], self.targets.to_numpy()[:, None]
        found = given.where(given.isin(list(REASONS)), "missing").mask(given == "value", "")
        annual = self.target.kind == "annual_quota"
        checks = (
            ("assessed elsewhere", np.isnan(asked)),
            ("no share", (asked == 0) & isinstance(self.target, Quota)),
            ("base year", self._year == self.since),
            ("not due", self._year < self._first),
            ("ended", (self._year > self.target.year) & annual),
            (found.to_numpy(dtype=object), given != "value"),
            ("units unknown", self._undecided),
            ("earlier years missing" if annual else "no baseline", np.isnan(self._completion)),
            (
                "above the range",
                self._x > getattr(self.target, "upper", np.inf) if self.target.kind == "range" else False,
            ),
            ("no earlier value", np.isnan(self._progress)),
        )
        shape = given.shape
        reasons = np.full(shape, "", dtype=object)
        for reason, mask in reversed(checks):
            reasons = np.where(np.broadcast_to(mask, shape), reason, reasons)
        return self._framed(reasons)

    @cached_property
    def states(self) -> pd.DataFrame:
        """The state of each judgement."""
        return self.reasons.map(REASONS.get)

    def _milestones(self, region: str) -> np.ndarray:
        if region not in self.own:
            return np.full(len(self.years), np.nan)
        return levels(self.own[region], np.array(self.years), self.baselines[region], since=self.since)

    @property
    def _year(self) -> np.ndarray:
        return np.array(self.years)[None, :]

    @property
    def _first(self) -> int:
        """The first year that is due."""
        return max(self.since + 1, self.target.valid_from or 0)

    @cached_property
    def _counted(self) -> pd.DataFrame:
        return self.given.where(self.known == "value")

    @cached_property
    def _x(self) -> np.ndarray:
        return self.values.to_numpy()

    @cached_property
    def _before(self) -> np.ndarray:
        """The value of the year before; the baseline, in the first year that is due."""
        before = self._counted.shift(axis=1)[list(self.years)]
        return np.where(self._year == self._first, self.baselines.to_numpy()[:, None], before)

    @cached_property
    def _goal(self) -> np.ndarray:
        return measured(self.target, self.targets.to_numpy()[:, None])

    @cached_property
    def _way(self) -> np.ndarray:
        return measured(self.target, self.milestones.to_numpy())

    @cached_property
    def _completion(self) -> np.ndarray:
        if self.target.kind == "interval":
            return interval_completion(self._x, self.target)
        baseline = measured(self.target, self.baselines.to_numpy()[:, None])
        scale = np.abs(self.targets.to_numpy()[:, None])
        found = completion(measured(self.target, self._x), baseline, self._way, rises=rises(self.target), scale=scale)
        return np.where(self._met(self._x) & ~np.isnan(found), 100.0, found)

    @cached_property
    def _progress(self) -> np.ndarray:
        x, before = measured(self.target, self._x), measured(self.target, self._before)
        return progress(x, before, self._way, goal=self._goal, rises=rises(self.target))

    @property
    def _undecided(self) -> np.ndarray | bool:
        """Whether unknown units decide if the milestone is reached."""
        return False if self.bounds is None else ~self._kept(self.bounds[0]) & self._kept(self.bounds[1])

    def _met(self, x: np.ndarray) -> np.ndarray:
        return reached(measured(self.target, x), self._goal, rises=rises(self.target))

    def _kept(self, x: np.ndarray) -> np.ndarray:
        return self._met(x) | reached(measured(self.target, x), self._way, rises=rises(self.target))

    def _framed(self, cells: np.ndarray) -> pd.DataFrame:
        return pd.DataFrame(cells, index=self.given.index, columns=list(self.years))


class AnnualCourse(Course):
    """A quota of each year, judged by the year and by the sum since the first one due; excused years ask nothing."""

    @cached_property
    def _excused(self) -> np.ndarray:
        return self.known[list(self.years)].isin(EXCUSED).to_numpy() | (self._year < self._first)

    @cached_property
    def _made(self) -> np.ndarray:
        return np.where(self._excused, 0, self._x).cumsum(axis=1)

    @cached_property
    def _quotas(self) -> np.ndarray:
        return np.where(self._excused, 0, self.milestones.to_numpy())

    @cached_property
    def _goal(self) -> np.ndarray:
        """All that the years up to the target's ask, less what excused years would have asked."""
        due = range(self._first, self.target.year + 1)
        asked = {r: sum(target.milestones.get(year, target.value) for year in due) for r, target in self.own.items()}
        waived = np.where(self._excused, self.milestones.fillna(0).to_numpy(), 0).cumsum(axis=1)
        return self.targets.index.map(asked).to_numpy(dtype=float)[:, None] - waived

    @cached_property
    def _completion(self) -> np.ndarray:
        return quota_completion(self._x, self._quotas, self._made, self._quotas.cumsum(axis=1))

    @cached_property
    def _progress(self) -> np.ndarray:
        before = self._made - np.where(self._excused, 0, self._x)
        return progress(self._made, before, self._quotas.cumsum(axis=1), goal=self._goal, rises=True)

    def _kept(self, x: np.ndarray) -> np.ndarray:
        return self._completion >= 100

    def _met(self, x: np.ndarray) -> np.ndarray:
        return self._kept(x) & reached(self._made, self._goal, rises=True)
