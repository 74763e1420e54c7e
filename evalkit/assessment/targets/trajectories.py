"""Trajectories: one indicator's way to its target, in arrays with the regions down and the years across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

import numpy as np

from evalkit.assessment.targets.completion import completion, progress
from evalkit.base.exact import FINE_DECIMALS, above
from evalkit.index.plain_target import Target

# Why a judgement has the state that it has; "" is a value like any other.
REASONS = {
    "": "value",
    "above_the_range": "value",
    "no_earlier_value": "value",
    "assessed_elsewhere": "not applicable",
    "no_share": "not applicable",
    "not_applicable": "not applicable",
    "ended": "not applicable",
    "not_due": "not due",
    "base_year": "not due",
    "disputed": "disputed",
    "missing": "missing",
    "no_series": "missing",
    "imputed": "missing",
    "no_units": "missing",
    "units_unknown": "missing",
    "earlier_years_missing": "missing",
    "no_baseline": "missing",
}
EXCUSED = ("not applicable", "not due")
Lamp = Literal["met", "on_schedule", "behind", "not_applicable", "no_data", "disputed"]
UNLIT: dict[str, Lamp] = {
    "not applicable": "not_applicable", "not due": "not_applicable", "missing": "no_data", "disputed": "disputed",
}  # fmt: skip
_OF_STATES = {"not applicable": "not_applicable", "not due": "not_due", "no series": "no_series"}
_reason = np.frompyfunc(lambda state: code if (code := _OF_STATES.get(state, state)) in REASONS else "missing", 1, 1)
_state = np.frompyfunc(REASONS.get, 1, 1)
_unlit = np.frompyfunc(UNLIT.get, 1, 1)


@dataclass(frozen=True)
class Trajectory:
    """One indicator's values beside what was asked of them; of regions × years of the round, unless said otherwise.

    Attributes
    ----------
    target : the target under its kind, as declared for all.
    regions : the regions, and `own` the target as each of them has it: None where it is not assessed.
    years : the years of the round, one after the other; `since` is the base year.
    calendar : the years that matter, one after the other: the base year, and from the one before the round on.
    given : the values as they are known, and `known` their states, in the calendar.
    bounds : the least and the largest share that unknown units leave open.
    narrows : whether it is a gap, so that a wider one is no progress even within the target.
    """

    _unknown: ClassVar[str] = "no_baseline"  # why there is no completion, where all else is known

    target: Target
    regions: Sequence[str]
    own: Sequence[Target | None]
    years: range
    since: int
    calendar: range
    given: np.ndarray
    known: np.ndarray
    bounds: tuple[np.ndarray, np.ndarray] | None = None
    narrows: bool = False

    @cached_property
    def targets(self) -> np.ndarray:
        """What each region is measured against; blank where it is not assessed."""
        return np.array([np.nan if own is None else own.value for own in self.own], dtype=float)

    @cached_property
    def baselines(self) -> np.ndarray:
        """Where each region starts from: what is declared, nothing for a quota, or its own value of the base year."""
        own, baseline = self._counted[:, self.since - self.calendar[0]], self.target.baseline
        if baseline is None:
            return np.zeros(len(own)) if self.target.is_count else own
        declared = np.array([baseline.at(region) for region in self.regions], dtype=float)
        return np.where(np.isnan(declared), own, declared)

    @cached_property
    def milestones(self) -> np.ndarray:
        """What each year should have reached; blank before anything is due and where it is not assessed."""
        way, assessed = np.full(self.values.shape, np.nan), ~np.isnan(self.targets)
        if assessed.any():
            own = [target for target in self.own if target is not None]
            starts = zip(own, self.baselines[assessed], strict=True)
            way[assessed] = [target.way(self._year[0], start, since=self.since) for target, start in starts]
        return np.where(self._year >= self._first, way, np.nan)

    @property
    def values(self) -> np.ndarray:
        """The values that can be judged."""
        return self._of_the_round(self._counted)

    @cached_property
    def completion(self) -> np.ndarray:
        """Completion, 0–100, where the state is a value."""
        return np.where(self._judged, self._completion, np.nan)

    @cached_property
    def progress(self) -> np.ndarray:
        """Progress, 0–1, where the state is a value."""
        return np.where(self._judged, self._progress, np.nan)

    @cached_property
    def lamps(self) -> np.ndarray:
        """Whether the target, the milestone or neither is reached, whatever unknown units hold; or why not known.

        For want of a baseline there is no completion, but the target itself and milestones that are known still tell.
        """
        x = self.values if self.bounds is None else self.bounds[0]
        met = self._met(x)
        told = (self.reasons == "no_baseline") & (met | ~np.isnan(self._way))
        dark = ~(self._judged | told)
        return np.select([dark, met, self._kept(x)], [_unlit(self.states), "met", "on_schedule"], "behind")

    @cached_property
    def reasons(self) -> np.ndarray:
        """Why each judgement has its state: a key of `REASONS`, the first that applies."""
        known, asked = self._of_the_round(self.known), self.targets[:, None]
        checks = (
            ("assessed_elsewhere", np.isnan(asked)),
            ("no_share", (asked == 0) & self.target.is_count),
            ("base_year", self._year == self.since),
            ("not_due", self._year < self._first),
            ("ended", self._ended),
            (_reason(known), known != "value"),
            ("units_unknown", self._undecided),
            (self._unknown, np.isnan(self._completion)),
            ("above_the_range", above(self.values, self.target.most)),
            ("no_earlier_value", np.isnan(self._progress)),
        )
        found, masks = zip(*checks, strict=True)
        return np.select(masks, found, "")

    @cached_property
    def states(self) -> np.ndarray:
        """The state of each judgement."""
        return _state(self.reasons)

    @cached_property
    def gaps(self) -> np.ndarray:
        """What each value lacks to its milestone, in its own unit; below 0 where it is ahead."""
        return self._gap.round(FINE_DECIMALS)

    @cached_property
    def acceptance(self) -> np.ndarray:
        """What the next year must reach to be in order: its milestone, or after the last year the target."""
        following = self._following
        return np.where(np.isnan(following), self.targets[:, None], following).round(FINE_DECIMALS)

    @property
    def _gap(self) -> np.ndarray:
        return np.asarray(self.target.better_by(self.milestones, than=self.values), dtype=float)

    @property
    def _following(self) -> np.ndarray:
        """The milestone of the year after each; blank for the last one."""
        last = np.full((len(self.milestones), 1), np.nan)
        return np.hstack([self.milestones[:, 1:], last])

    @property
    def _ended(self) -> np.ndarray | bool:
        """Whether a year comes after all that the target asks."""
        return False

    @cached_property
    def _judged(self) -> np.ndarray:
        return self.states == "value"

    @cached_property
    def _year(self) -> np.ndarray:
        return np.array(self.years)[None, :]

    @property
    def _first(self) -> int:
        """The first year that is due."""
        return max(self.since + 1, self.target.valid_from or 0)

    def _of_the_round(self, cells: np.ndarray, ago: int = 0) -> np.ndarray:
        """Choose the years of the round, or those that lie so many years before each of them."""
        start = self.years[0] - self.calendar[0] - ago
        return cells[:, start : start + len(self.years)]

    @cached_property
    def _counted(self) -> np.ndarray:
        return np.where(self.known == "value", self.given, np.nan)

    @cached_property
    def _before(self) -> np.ndarray:
        """The value of the year before; the baseline, in the first year that is due."""
        before = self._of_the_round(self._counted, ago=1)
        return np.where(self._year == self._first, self.baselines[:, None], before)

    @cached_property
    def _way(self) -> np.ndarray:
        return self.target.distance(self.milestones)

    @cached_property
    def _completion(self) -> np.ndarray:
        x, baseline = self.target.distance(self.values), self.target.distance(self.baselines[:, None])
        scale = np.abs(self.targets[:, None])
        found = completion(x, baseline, self._way, rises=self.target.rises, scale=scale)
        return np.where(self._met(self.values) & ~np.isnan(found), 100.0, found)

    @cached_property
    def _progress(self) -> np.ndarray:
        x, before, goal = map(self.target.distance, (self.values, self._before, self.targets[:, None]))
        return progress(x, before, self._way, goal=goal, rises=self.target.rises, narrows=self.narrows)

    @property
    def _undecided(self) -> np.ndarray | bool:
        """Whether unknown units decide if the milestone is reached."""
        return False if self.bounds is None else ~self._kept(self.bounds[0]) & self._kept(self.bounds[1])

    def _met(self, x: np.ndarray) -> np.ndarray:
        return self.target.reaches(x, self.targets[:, None])

    def _kept(self, x: np.ndarray) -> np.ndarray:
        return self._met(x) | self.target.reaches(x, self.milestones)
