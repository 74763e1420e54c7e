"""Signals: what in the record of a year calls for a look on the spot, each by a declared rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from evalkit.assessment.completion import NOISE, measured, rises
from evalkit.assessment.inspections import Finding
from evalkit.assessment.record import Record
from evalkit.assessment.supervision import (
    Behind,
    Contradicted,
    Disputed,
    Falsified,
    Jump,
    Missing,
    Outlier,
    Overstated,
    Remembered,
    Supervision,
    Uninspected,
)

# What makes a sample's median deviation, or its mean one, a standard deviation under normality: 1/Φ⁻¹(3/4), √(π/2).
MEDIAN_SCALE, MEAN_SCALE = 1.4826, 1.2533
COLUMNS = ("region", "project", "indicator", "signal", "found", "bound", "points", "why", "about")


class Sighting(NamedTuple):
    """One signal before its points: `found` reached `bound`; `about` a finding, or a reason of `courses.REASONS`."""

    region: str
    indicator: str
    found: float
    bound: float
    why: str
    about: str = ""
    project: str = ""


def robust_z(x: np.ndarray, *, least: int = 3) -> np.ndarray:
    """Give `(x − median) / (1.4826 · MAD)` of a series; blanks stay blank, as does all with fewer than `least` values.

    Where more than half of the values are the same, the MAD is 0 and 1.2533 times the mean absolute deviation takes
    its place; where all are the same, z is 0. Source: Iglewicz & Hoaglin, *How to Detect and Handle Outliers*, 1993
    (from memory, not checked at the source).

    >>> robust_z(np.array([1.0, 2.0, 3.0, 4.0, 10.0])).round(2).tolist()
    [-1.35, -0.67, 0.0, 0.67, 4.72]
    """
    known = x[~np.isnan(x)]
    if len(known) < least:
        return np.full(len(x), np.nan)
    middle = np.median(known)
    off = np.where(np.abs(x - middle) <= NOISE * np.max(np.abs(known)), 0.0, x - middle)
    sizes = np.abs(off[~np.isnan(x)])
    spread = MEDIAN_SCALE * np.median(sizes) or MEAN_SCALE * np.mean(sizes)
    return off / (spread or 1.0)


def signals(record: Record, rules: Supervision, year: int) -> pd.DataFrame:
    """Give a row for every signal of a year, from what was known by it.

    Columns: `region`, `project`, `indicator` (blank where the project as a whole is meant), `signal`, `found` and
    `bound` (what reached what), `points`, `why` (finding, self-assessment, factor, own changes, peers, state, lamps,
    last inspected, never inspected) and `about` (the code of the finding, or the reason of the state). Rows stand in
    the order of regions, projects, signals and indicators. Raises ParamsError for a year that is not of the round.
    """
    record.check_year(year)
    seen = _Year(record, rules, year)
    rows = [
        {**sighting._asdict(), "signal": rule.kind, "points": rule.points}
        for rule in rules.signals
        for sighting in getattr(seen, rule.kind)(rule)
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"found": float, "bound": float, "points": int})
    table["project"] = [row.project or record.projects[row.indicator] for row in table.itertuples()]
    orders = {
        "region": record.regions,
        "project": list(record.units.unique("project")),
        "signal": rules.kinds,
        "indicator": ["", *record.projects],
    }
    places = pd.DataFrame({name: table[name].map(order.index) for name, order in orders.items()})
    return table.loc[places.sort_values(list(orders), kind="stable").index].reset_index(drop=True)


@dataclass(frozen=True)
class _Year:
    """One year of a record; each method finds the signals of the rule that bears its name."""

    record: Record
    rules: Supervision
    year: int

    def falsified(self, rule: Falsified) -> Iterator[Sighting]:
        return self._remembered(rule)

    def contradicted(self, rule: Contradicted) -> Iterator[Sighting]:
        return self._remembered(rule)

    def overstated(self, rule: Overstated) -> Iterator[Sighting]:
        yield from self._remembered(rule)
        claims, verified = self.record.claims, self.record.panel.values
        for key in claims.index[claims.index.get_level_values("year") == self.year]:
            for code in claims:
                excess = self._excess(code, claims.loc[key, code], verified.loc[key, code])
                if excess >= rule.margin:
                    yield Sighting(key[0], code, excess, rule.margin, "self-assessment")

    def jump(self, rule: Jump) -> Iterator[Sighting]:
        years = range(self.record.panel.values.index.unique("year").min(), self.year + 1)
        for (code, region), row in self._wide(self.record.comparable, years).iterrows():
            x = row.to_numpy(dtype=float)
            z, ratio = robust_z(np.diff(x), least=rule.least), _ratio(x[-2:])
            if ratio >= rule.factor:
                yield Sighting(region, code, ratio, rule.factor, "factor")
            elif len(z) and _far(z[-1], x[-1], x[-2], rule):
                yield Sighting(region, code, z[-1], rule.z, "own changes")

    def outlier(self, rule: Outlier) -> Iterator[Sighting]:
        peers = self.record.comparable.xs(self.year, level="year")
        for code, column in peers.items():
            x = column.to_numpy(dtype=float)
            for region, value, z in zip(peers.index, x, robust_z(x, least=rule.least), strict=True):
                if _far(z, value, column.median(), rule):
                    yield Sighting(region, code, z, rule.z, "peers")

    def disputed(self, rule: Disputed) -> Iterator[Sighting]:
        found = {(f.region, f.indicator) for f in self.record.known(self.year) if f.year == self.year and self._kind(f)}
        return (s for s in self._in_a_row("disputed", rule.years) if (s.region, s.indicator) not in found)

    def missing(self, rule: Missing) -> Iterator[Sighting]:
        return self._in_a_row("missing", rule.years)

    def behind(self, rule: Behind) -> Iterator[Sighting]:
        lamps = self.record.achievement.lamps.xs(self.year, level="year")
        projects = pd.Series(self.record.projects)[lamps.columns]
        for project, codes in projects.groupby(projects, sort=False).groups.items():
            own = lamps[list(codes)]
            late, lit = (own == "behind").sum(axis=1), own.isin(["met", "on_schedule", "behind"]).sum(axis=1)
            for region in own.index[(lit > 0) & (late >= rule.share * lit - NOISE)]:
                yield Sighting(region, "", late[region] / lit[region], rule.share, "lamps", project=project)

    def uninspected(self, rule: Uninspected) -> Iterator[Sighting]:
        began = self.record.years[0] - 1
        for (region, project), last in self.record.last_inspected(self.year).items():
            never = pd.isna(last)
            if (since := self.year - (began if never else last)) >= rule.years:
                why = "never inspected" if never else "last inspected"
                yield Sighting(region, "", since, rule.years, why, project=project)

    def _remembered(self, rule: Remembered) -> Iterator[Sighting]:
        """Give the findings that count under a rule, in its years."""
        for finding in self.record.known(self.year):
            ago = self.year - finding.year
            if ago < rule.within and self._kind(finding) == rule.kind:
                pair = (self._over(finding), rule.margin) if isinstance(rule, Overstated) else (ago, rule.within)
                yield Sighting(finding.region, finding.indicator, *pair, "finding", finding.code)

    def _kind(self, finding: Finding) -> str | None:
        """Say under which one of the declared signals a finding counts: one fact never counts twice."""
        over = self.rules.signal("overstated")
        holds = {
            "falsified": finding.verdict == "falsified",
            "overstated": over is not None and finding.verdict != "rectified" and self._over(finding) >= over.margin,
            "contradicted": finding.verdict in ("falsified", "contradicted"),
        }
        return next((kind for kind in self.rules.kinds if holds.get(kind)), None)

    def _over(self, finding: Finding) -> float:
        if finding.indicator is None or finding.seen is None:
            return np.nan
        reported = self.record.reported.loc[(finding.region, finding.year), finding.indicator]
        return self._excess(finding.indicator, reported, finding.seen)

    def _excess(self, code: str, reported: float, seen: float) -> float:
        """Give by how much a figure was reported better than it is, as a share of the larger of both."""
        target, size = self._aims[code], np.maximum(abs(reported), abs(seen))
        if target is None or not size > 0:
            return np.nan
        gained = float(measured(target, reported) - measured(target, seen))
        return (gained if rises(target) else -gained) / size

    @cached_property
    def _aims(self) -> dict:
        return {indicator.code: indicator.aim for indicator in self.record.system.indicators}

    def _in_a_row(self, state: str, least: int) -> Iterator[Sighting]:
        reached, years = self.record.achievement, range(self.record.years[0], self.year + 1)
        for (code, region), row in self._wide(reached.states, years).iterrows():
            others = np.flatnonzero((row != state).to_numpy()[::-1])
            run = int(others[0]) if len(others) else len(row)
            if run >= least:
                about = reached.reasons.loc[(region, self.year), code]
                yield Sighting(region, code, run, least, "state", about)

    @staticmethod
    def _wide(frame: pd.DataFrame, years: range) -> pd.DataFrame:
        """Put years across: index (indicator, region)."""
        wide = {code: frame[code].unstack("year").reindex(columns=list(years)) for code in frame}
        return pd.concat(wide, names=["indicator", "region"])


def _ratio(pair: np.ndarray) -> float:
    """Give the larger of two figures over the smaller; blank where one is not above 0."""
    return np.max(pair) / np.min(pair) if len(pair) == 2 and np.min(pair) > 0 else np.nan


def _far(z: float, value: float, middle: float, rule: Jump | Outlier) -> bool:
    return abs(z) >= rule.z and abs(value - middle) >= rule.apart * abs(middle)
