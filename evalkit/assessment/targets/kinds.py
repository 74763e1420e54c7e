"""How a kind of target is judged where it differs from a plain one; all others are judged by their declaration."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from evalkit.assessment.targets.completion import interval_completion, progress, quota_completion
from evalkit.assessment.targets.trajectories import EXCUSED, Trajectory
from evalkit.base.exact import FINE_DECIMALS, reached
from evalkit.index.plain_target import Target


class IntervalTrajectory(Trajectory):
    """An interval has no way: every year is judged by the bounds."""

    @cached_property
    def acceptance(self) -> np.ndarray:
        """The bound that the value is to come back to."""
        return np.where(self.values > self.target.upper, self.target.upper, self.target.value)

    @cached_property
    def _completion(self) -> np.ndarray:
        return interval_completion(self.values, self.target)


class AnnualTrajectory(Trajectory):
    """A quota of each year, judged by the year and by the sum since the first one due; excused years ask nothing."""

    _unknown = "earlier_years_missing"

    @cached_property
    def acceptance(self) -> np.ndarray:
        """The next year's quota and what is owed; after the last one what is lacking."""
        owed = self._following + self._backlog.clip(min=0)
        return np.where(np.isnan(owed), self.gaps, owed).round(FINE_DECIMALS)

    @property
    def _gap(self) -> np.ndarray:
        """What the year or the sum lacks, whichever is more."""
        return np.maximum(super()._gap, self._backlog)

    @cached_property
    def _backlog(self) -> np.ndarray:
        """By how much all that was made stays behind all that was asked."""
        lacking = np.where(np.isin(self.states, EXCUSED), 0, self.milestones - self.values)
        return np.where(np.isnan(lacking), np.nan, np.nancumsum(lacking, axis=1))

    @property
    def _ended(self) -> np.ndarray:
        return self._year > self.target.year

    @cached_property
    def _excused(self) -> np.ndarray:
        return np.isin(self._of_the_round(self.known), EXCUSED) | (self._year < self._first)

    @cached_property
    def _made(self) -> np.ndarray:
        return np.where(self._excused, 0, self.values).cumsum(axis=1)

    @cached_property
    def _quotas(self) -> np.ndarray:
        return np.where(self._excused, 0, self.milestones)

    @cached_property
    def _goal(self) -> np.ndarray:
        """All that the years up to the target's ask, less what excused years would have asked."""
        due = range(self._first, self.target.year + 1)
        asked = [np.nan if t is None else sum(t.milestones.get(year, t.value) for year in due) for t in self.own]
        waived = np.where(self._excused, np.nan_to_num(self.milestones), 0).cumsum(axis=1)
        return np.array(asked, dtype=float)[:, None] - waived

    @cached_property
    def _completion(self) -> np.ndarray:
        return quota_completion(self.values, self._quotas, self._made, self._quotas.cumsum(axis=1))

    @cached_property
    def _progress(self) -> np.ndarray:
        before = self._made - np.where(self._excused, 0, self.values)
        return progress(self._made, before, self._quotas.cumsum(axis=1), goal=self._goal, rises=True)

    def _kept(self, x: np.ndarray) -> np.ndarray:
        return self._completion >= 100

    def _met(self, x: np.ndarray) -> np.ndarray:
        return self._kept(x) & reached(self._made, self._goal, rises=True)


_KINDS = {"interval": IntervalTrajectory, "annual_quota": AnnualTrajectory}


def trajectory_of(target: Target) -> type[Trajectory]:
    """Give the rule by which a kind of target is judged."""
    return _KINDS.get(target.kind, Trajectory)
