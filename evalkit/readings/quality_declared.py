"""What a look at the data found beside what the metadata declare of it, which the look itself never reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from evalkit.base.once import once
from evalkit.base.text import Text
from evalkit.data.metadata import Break
from evalkit.readings.quality import Quality
from evalkit.readings.quality_changes import Finding
from evalkit.study import Study

# Kinds that speak of a variable as a whole, and so of no region more than of another.
OF_ALL = ("whole", "coarse")
# Kinds that are no doubt of a figure: it is not there, or the digits of many are looked at together.
NO_DOUBT = ("missing", "digits", "coarse")
WhyNot = Literal["alone", "small", "usual"]


@dataclass(frozen=True)
class Known:
    """One break or doubt that is declared, with what the look found there; else why it found nothing.

    `alone` says that there is no figure beside it, `small` that the change is below what is asked about, and `usual`
    that it is no larger than other changes of the series. `factor` is the larger of the changes
    into the year and out of it.
    """

    variable: str
    kind: Literal["break", "doubt"]
    declared: Break
    findings: tuple[Finding, ...]
    why_not: WhyNot | None
    factor: float

    @property
    def found(self) -> bool:
        """Whether anything was found there."""
        return bool(self.findings)


@dataclass(frozen=True)
class DeclaredBeside:
    """Breaks and doubts that are declared in the years of a report, each held against the findings."""

    quality: Quality

    @staticmethod
    @once
    def of(study: Study, year: int) -> DeclaredBeside:
        """Give the one that all reports of a year share."""
        return DeclaredBeside(Quality.of(study, year))

    @cached_property
    def known(self) -> tuple[Known, ...]:
        """Every break and doubt with a year, in the order of the metadata."""
        return tuple(self._known())

    @cached_property
    def beyond(self) -> tuple[Finding, ...]:
        """The findings that nothing dated declares, but for missing figures and digits."""
        matched = {finding for known in self.known for finding in known.findings}
        return tuple(f for f in self.quality.findings if f.kind not in NO_DOUBT and f not in matched)

    @property
    def undated(self) -> tuple[tuple[str, Text, int], ...]:
        """The oddities without a year, which no machine matches: variable, text, and the findings of the variable."""
        declared = self.quality.study.dataset.metadata.variables
        counts = {code: sum(f.variable == code for f in self.quality.findings) for code in declared}
        return tuple((code, text, counts[code]) for code, one in declared.items() for text in one.oddities)

    def _known(self) -> Iterator[Known]:
        for code, variable in self.quality.study.dataset.metadata.variables.items():
            for kind, dated in (("break", variable.breaks), ("doubt", variable.doubts)):
                for declared in (one for one in dated if self.quality.figures.shown(one.year)):
                    found = tuple(f for f in self._at.get(code, ()) if _matches(f, declared))
                    factor = np.nan if found else self._factor(code, declared)
                    yield Known(code, kind, declared, found, None if found else self._why_not(factor), factor)

    @cached_property
    def _at(self) -> dict[str, list[Finding]]:
        found: dict[str, list[Finding]] = {}
        for finding in self.quality.findings:
            found.setdefault(finding.variable, []).append(finding)
        return found

    def _factor(self, code: str, declared: Break) -> float:
        """The larger of the changes into the declared year and out of it; of all regions the median one."""
        figures = self.quality.study.dataset.printed[code].unstack("year")
        rows = figures.loc[[declared.region]] if declared.region in figures.index else figures
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.log(rows.where(rows > 0)).diff(axis=1)
        after = [year for year in logs if self.quality.figures.shown(year) and year > declared.year][:1]
        around = logs[[year for year in logs if year == declared.year] + after].dropna(how="all")
        sizes = around.abs().max(axis=1).median() if around.size else np.nan
        return float(np.exp(sizes))

    def _why_not(self, factor: float) -> WhyNot:
        if np.isnan(factor):
            return "alone"
        return "small" if factor < 1 + self.quality.design.apart else "usual"


def _matches(finding: Finding, declared: Break) -> bool:
    """Whether a finding is of the declared region and year; a change has two ends, and either may be the wrong one."""
    in_time = finding.year == declared.year or (finding.kind == "step" and finding.year == declared.year + 1)
    if finding.kind in NO_DOUBT and not (finding.kind == "coarse" and declared.region is None):
        return False
    in_place = finding.region == declared.region or declared.region is None or finding.kind in OF_ALL
    return in_time and in_place
