"""The record of a round: what was reported, judged, assessed by the regions themselves, and found on the spot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from evalkit.assessment.findings.inspections import NO_FINDINGS, Finding, Findings
from evalkit.assessment.targets.achievement import Achievement
from evalkit.base.errors import DataError, ParamsError, Problem, one_of, unit_name
from evalkit.data import Panel
from evalkit.index import IndexSystem


@dataclass(frozen=True)
class RoundRecord:
    """What is known of every region when visits are planned. Raises DataError with every unknown name.

    Attributes
    ----------
    panel : as it was reported: what a finding disputes still has its value, to be held against what was seen.
    achievement : what was reached of every target, in the years of the round.
    findings : of inspections; a finding's `year` is that of the figures that were inspected.
    self_assessed : values that regions claimed before verification; shaped like `panel.values`, rows and columns may
        be fewer.
    """

    system: IndexSystem
    panel: Panel
    achievement: Achievement
    findings: Findings = NO_FINDINGS
    self_assessed: pd.DataFrame | None = None

    def __post_init__(self):
        values = self.panel.values
        years, codes = values.index.unique("year"), [code for code in self.projects if code in values]
        wrong = [*self.findings.problems(self.regions, years, codes), *self._wrong_claims(codes)]
        if wrong:
            raise DataError("the record of the round does not fit together", wrong)

    @cached_property
    def projects(self) -> dict[str, str]:
        """The project of every indicator; outside projects, the highest group below the root."""
        return {indicator.code: self.system.project_of(indicator.code).code for indicator in self.system.indicators}

    @cached_property
    def units(self) -> pd.MultiIndex:
        """What can be visited: every project of a region with a target that is judged there, in declared order."""
        judged = self.achievement.reasons.ne("assessed_elsewhere").groupby("region").any()
        aimed = judged.T.groupby(self.projects).any()
        order = [project for project in dict.fromkeys(self.projects.values()) if project in aimed.index]
        pairs = [(region, project) for region in self.regions for project in order if aimed.loc[project, region]]
        return pd.MultiIndex.from_tuples(pairs, names=["region", "project"])

    @property
    def regions(self) -> list[str]:
        """The regions, in the order of the panel."""
        return list(self.panel.values.index.unique("region"))

    @property
    def years(self) -> list[int]:
        """The years of the round."""
        return sorted(self.achievement.lamps.index.unique("year"))

    @cached_property
    def claims(self) -> pd.DataFrame:
        """The self-assessed values as numbers; without rows where there are none."""
        table = self.self_assessed
        if table is None:
            return pd.DataFrame(index=self.panel.values.index[:0])
        return table.apply(pd.to_numeric, errors="coerce").astype(float)

    @cached_property
    def reported(self) -> pd.DataFrame:
        """What each region said of itself: its self-assessment, otherwise the panel's figure, also in dispute."""
        figures = self.panel.values.where(self.panel.states.isin(["value", "disputed"]))
        return self.claims.reindex_like(figures).fillna(figures)

    @cached_property
    def comparable(self) -> pd.DataFrame:
        """The undisputed figures of indicators with a target, such that years and regions compare.

        What counts towards a quota is taken as a share of the year's milestone: sums grow, and parts differ in size.
        """
        given = self.panel.values.where(self.panel.states == "value")[list(self.achievement.lamps)]
        due, made = self.achievement.milestones, self.achievement.values
        shares = (made / due.where(due > 0)).reindex(given.index)
        return given.assign(**{code: shares[code] for code in given if self.system.node(code).target.is_count})

    def known(self, year: int) -> tuple[Finding, ...]:
        """Give the findings about figures of that year and earlier ones."""
        return tuple(finding for finding in self.findings.findings if finding.year <= year)

    def last_inspected(self, year: int) -> pd.Series:
        """Give the year of each unit's last inspected figures, up to that year; blank where there is none.

        A finding without an indicator is about the region as a whole, and is no inspection of any project.
        """
        found = [(f.region, self.projects[f.indicator], f.year) for f in self.known(year) if f.indicator is not None]
        table = pd.DataFrame(found, columns=["region", "project", "year"])
        return table.groupby(["region", "project"]).year.max().reindex(self.units).astype("Int64")

    def check_year(self, year: int) -> None:
        """Raise ParamsError for a year that is not of the round."""
        if year not in self.years:
            raise ParamsError("no visits can be planned", [Problem("year", repr(year), one_of(year, self.years))])

    def _wrong_claims(self, codes: list[str]) -> list[Problem]:
        table, index = self.self_assessed, self.panel.values.index
        if table is None:
            return []
        if list(table.index.names) != ["region", "year"]:
            return [Problem("index of the self-assessment", str(list(table.index.names)), "region, year")]
        named = {name: (table.index.unique(name), index.unique(name)) for name in ("region", "year")}
        wrong = [
            Problem(f"{name} of the self-assessment", repr(given), one_of(given, known))
            for name, (found, known) in (named | {"indicator": (table.columns, codes)}).items()
            for given in found.difference(known, sort=False)
        ]
        twice = [unit_name(key) for axis in table.axes for key in axis[axis.duplicated()].unique()]
        wrong += [
            Problem("self-assessment", f"{key} twice", "each region and year, and indicator, once") for key in twice
        ]
        odd = table.notna() & ~np.isfinite(table.apply(pd.to_numeric, errors="coerce"))
        return wrong + [
            Problem(
                f"self-assessed {table.columns[column]} of {unit_name(table.index[row])}",
                repr(table.iloc[row, column]),
                "a number or a blank",
            )
            for row, column in np.argwhere(odd.to_numpy())
        ]
