"""Signals: what in the record of a year calls for a look on the spot, each by a declared rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from evalkit.assessment.findings.inspections import Finding
from evalkit.assessment.supervision.record import RoundRecord
from evalkit.assessment.supervision.rules import (
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
from evalkit.base.exact import at_least
from evalkit.data.panel import cube
from evalkit.data.plausibility import robust_z

SeenBy = Literal[
    "finding",
    "self_assessment",
    "factor",
    "own_changes",
    "peers",
    "state",
    "lamps",
    "last_inspected",
    "never_inspected",
]
COLUMNS = ("region", "project", "indicator", "signal", "found", "bound", "points", "why", "about")


class Sighting(NamedTuple):
    """One signal before its points: `found` reached `bound`; `about` a finding, or a key of `REASONS`."""

    region: str
    indicator: str
    found: float
    bound: float
    why: SeenBy
    about: str = ""
    project: str = ""


def signals(record: RoundRecord, rules: Supervision, year: int) -> pd.DataFrame:
    """Give a row for every signal of a year, from what was known by it.

    Columns: `region`, `project`, `indicator` (blank where the project as a whole is meant), `signal`, `found` and
    `bound` (what reached what), `points`, `why` (a `SeenBy`) and `about` (the code of the finding, or the reason of the
    state). Rows stand in the order of regions, projects, signals and indicators; of what cannot be visited there is
    none. Raises ParamsError for a year that is not of the round.
    """
    record.check_year(year)
    seen = _Year(record, rules, year)
    rows = [
        {**sighting._asdict(), "signal": rule.kind, "points": rule.points}
        for rule in rules.signals
        for sighting in _SIGHTED[type(rule)](seen, rule)
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"found": float, "bound": float, "points": int})
    table["project"] = [row.project or record.projects[row.indicator] for row in table.itertuples()]
    orders = {
        "region": record.regions,
        "project": list(record.units.unique("project")),
        "signal": rules.kinds,
        "indicator": ["", *record.projects],
    }
    table = table[pd.MultiIndex.from_frame(table[["region", "project"]]).isin(record.units)]
    places = pd.DataFrame({name: table[name].map(order.index) for name, order in orders.items()})
    return table.loc[places.sort_values(list(orders), kind="stable").index].reset_index(drop=True)


@dataclass(frozen=True)
class _Year:
    """One year of a record; each method finds the signals of one rule."""

    record: RoundRecord
    rules: Supervision
    year: int

    def disputing(self, rule: Falsified | Contradicted) -> Iterator[Sighting]:
        for finding in self._remembered(rule):
            ago = self.year - finding.year
            yield Sighting(finding.region, finding.indicator, ago, rule.within, "finding", finding.code)

    def overstated(self, rule: Overstated) -> Iterator[Sighting]:
        for finding in self._remembered(rule):
            excess = self._over(finding)
            yield Sighting(finding.region, finding.indicator, excess, rule.margin, "finding", finding.code)
        claims = self.record.claims
        claims = claims[claims.index.get_level_values("year") == self.year]
        verified = self.record.panel.values.loc[claims.index, claims.columns]
        for (region, _), claimed, seen in zip(claims.index, claims.to_numpy(), verified.to_numpy(), strict=True):
            for code, *pair in zip(claims, claimed, seen, strict=True):
                if at_least(excess := self._excess(code, *pair), rule.margin):
                    yield Sighting(region, code, excess, rule.margin, "self_assessment")

    def jump(self, rule: Jump) -> Iterator[Sighting]:
        figures = self.record.comparable
        codes, regions, x = self._cube(figures, range(figures.index.unique("year").min(), self.year + 1))
        if x.shape[-1] < 2:
            return
        before, last = x[..., -2], x[..., -1]
        ratio, apart = _ratio(before, last), _apart(last, before, rule)
        for i, r in zip(*np.nonzero(at_least(ratio, rule.factor) | apart), strict=True):
            if at_least(ratio[i, r], rule.factor):
                yield Sighting(regions[r], codes[i], ratio[i, r], rule.factor, "factor")
            elif at_least(abs(z := robust_z(np.diff(x[i, r]), least=rule.least)[-1]), rule.z):
                yield Sighting(regions[r], codes[i], z, rule.z, "own_changes")

    def outlier(self, rule: Outlier) -> Iterator[Sighting]:
        codes, regions, x = self._cube(self.record.comparable, [self.year])
        for code, peers in zip(codes, x[..., 0], strict=True):
            z = robust_z(peers, least=rule.least)
            far = np.flatnonzero(at_least(np.abs(z), rule.z))
            for r in far[_apart(peers[far], np.nanmedian(peers), rule)] if len(far) else ():
                yield Sighting(regions[r], code, z[r], rule.z, "peers")

    def disputed(self, rule: Disputed) -> Iterator[Sighting]:
        found = {(f.region, f.indicator) for f in self.record.known(self.year) if f.year == self.year and self._kind(f)}
        return (s for s in self._in_a_row("disputed", rule.years) if (s.region, s.indicator) not in found)

    def missing(self, rule: Missing) -> Iterator[Sighting]:
        return self._in_a_row("missing", rule.years)

    def behind(self, rule: Behind) -> Iterator[Sighting]:
        lamps = self.record.achievement.lamps.xs(self.year, level="year")
        projects = pd.Series(self.record.projects)[lamps.columns]
        behind, lit = lamps.to_numpy() == "behind", lamps.isin(["met", "on_schedule", "behind"]).to_numpy()
        for project in projects.unique():
            own = projects == project
            late, known = behind[:, own].sum(axis=1), lit[:, own].sum(axis=1)
            for r in np.flatnonzero((known > 0) & at_least(late, rule.share * known)):
                yield Sighting(lamps.index[r], "", late[r] / known[r], rule.share, "lamps", project=project)

    def uninspected(self, rule: Uninspected) -> Iterator[Sighting]:
        began = self.record.years[0] - 1
        for (region, project), last in self.record.last_inspected(self.year).items():
            never = pd.isna(last)
            if (since := self.year - (began if never else last)) >= rule.years:
                why = "never_inspected" if never else "last_inspected"
                yield Sighting(region, "", since, rule.years, why, project=project)

    def _remembered(self, rule: Remembered) -> Iterator[Finding]:
        """Give the findings that count under a rule, in its years."""
        for finding in self.record.known(self.year):
            if self.year - finding.year < rule.within and self._kind(finding) == rule.kind:
                yield finding

    def _kind(self, finding: Finding) -> str | None:
        """Say under which one of the declared signals a finding counts: one fact never counts twice."""
        over = self.rules.signal("overstated")
        holds = {
            "falsified": finding.verdict == "falsified",
            "overstated": over and finding.verdict != "rectified" and at_least(self._over(finding), over.margin),
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
        return float(target.better_by(reported, than=seen)) / size

    @cached_property
    def _aims(self) -> dict:
        return {indicator.code: indicator.aim for indicator in self.record.system.indicators}

    def _in_a_row(self, state: str, least: int) -> Iterator[Sighting]:
        reached, years = self.record.achievement, range(self.record.years[0], self.year + 1)
        codes, regions, states = self._cube(reached.states, years)
        others = (states != state)[..., ::-1]
        runs = np.where(others.any(axis=-1), others.argmax(axis=-1), len(years))
        *_, reasons = self._cube(reached.reasons, [self.year])
        for i, r in zip(*np.nonzero(runs >= least), strict=True):
            yield Sighting(regions[r], codes[i], int(runs[i, r]), least, "state", reasons[i, r, 0])

    @staticmethod
    def _cube(frame: pd.DataFrame, years: Iterable[int]) -> tuple[list[str], list[str], np.ndarray]:
        """Give indicators, regions, and the cells of both by year."""
        codes, regions = list(frame), list(frame.index.unique("region"))
        return codes, regions, cube(frame, codes, regions, years)


_SIGHTED = {
    Falsified: _Year.disputing,
    Contradicted: _Year.disputing,
    Overstated: _Year.overstated,
    Jump: _Year.jump,
    Outlier: _Year.outlier,
    Disputed: _Year.disputed,
    Missing: _Year.missing,
    Behind: _Year.behind,
    Uninspected: _Year.uninspected,
}


def _ratio(before: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Give the larger of two figures over the smaller; blank where one is not above 0."""
    low = np.minimum(before, last)
    return np.maximum(before, last) / np.where(low > 0, low, np.nan)


def _apart(value: np.ndarray, middle: np.ndarray | float, rule: Jump | Outlier) -> np.ndarray:
    return at_least(np.abs(value - middle), rule.apart * np.abs(middle))
