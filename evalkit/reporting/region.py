"""What reports of one region share, a city or a county: what it reached of every target in the year."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import pandas as pd

from evalkit.assessment.grading.assessment import Assessment, RegionAssessment
from evalkit.assessment.targets.achievement import Achievement
from evalkit.index.plain_target import Level
from evalkit.reporting.report import Report


class RegionReport(Report):
    """A report of the region `code`; `achievement` is that of all regions of the level that it stands at."""

    stands_at: ClassVar[Level] = "city"

    @property
    def achievement(self) -> Achievement:
        """What all regions of the level achieved; only for a round that is assessed, as all that follows."""
        raise NotImplementedError

    @property
    def assessed(self) -> RegionAssessment:
        """What the rules make of the region in the year."""
        raise NotImplementedError

    @property
    def assessment(self) -> Assessment | None:
        """What the rules make of all regions of the level in all years."""
        raise NotImplementedError

    @cached_property
    def judged(self) -> pd.DataFrame:
        """What it reached of every target of its level, by indicator: a column for each table of `Achievement`."""
        found, key = self.achievement, (self.code, self.year)
        here = [code for code in found.lamps if self.stands_at in self.system.node(code).target.assessed]
        frames = ("values", "states", "reasons", "lamps", "milestones", "completion", "progress")
        ends = {name: getattr(found, name).loc[self.code] for name in ("baselines", "targets")}
        return pd.DataFrame({name: getattr(found, name).loc[key] for name in frames} | ends).loc[here]

    def judged_of(self, code: str) -> tuple:
        """Give a row of `judged`, with its columns as attributes."""
        return self._rows[code]

    @cached_property
    def _rows(self) -> dict[str, tuple]:
        return dict(zip(self.judged.index, self.judged.itertuples(index=False, name="Judged"), strict=True))

    @cached_property
    def facilities(self) -> pd.DataFrame | None:
        """Its facilities against their thresholds, by indicator, as `judge_units` counts them; None without."""
        units = self.achievement.units
        return None if units is None else units.query("region == @self.code and year == @self.year")
