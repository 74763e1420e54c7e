"""The look at the data of a study: what is unusual or contradicts itself, and what to ask back from whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
import pandas as pd

from evalkit.analysis.quality_design import QualityDesign
from evalkit.base.exact import at_least
from evalkit.base.once import once
from evalkit.readings.quality_changes import Chances, Changes, Finding
from evalkit.readings.quality_digits import Register, registers
from evalkit.readings.quality_figures import QualityFigures
from evalkit.readings.quality_relations import Relations
from evalkit.study import Study

Gravity = Literal["correct", "explain", "supply", "look"]
GRAVITIES: tuple[Gravity, ...] = get_args(Gravity)
EXPLAINED = ("same", "copied", "zero")
# What cannot be right as it stands, whoever explains it.
WRONG = ("slip", "parts", "counties", "range", "units", "exceeds")


@dataclass(frozen=True)
class Ask:
    """One thing to ask back: a variable of a region, with all that was found in it, the gravest first.

    `region` is blank where all regions of the level are asked, or the department alone.
    """

    gravity: Gravity
    level: str
    region: str
    variable: str
    departments: tuple[str, ...]
    scored: bool
    findings: tuple[Finding, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The years of what was found."""
        return tuple(sorted({finding.year for finding in self.findings}))


@dataclass(frozen=True)
class Quality:
    """What a look at the figures of a study up to a year finds; it never reads what is declared of their faults."""

    study: Study
    year: int

    @staticmethod
    @once
    def of(study: Study, year: int) -> Quality:
        """Give the one that all reports of a year share."""
        return Quality(study, year)

    @property
    def design(self) -> QualityDesign:
        """The bounds that the round declares."""
        return self.study.round.readings.quality

    @property
    def figures(self) -> QualityFigures:
        """The figures that are looked at."""
        return QualityFigures.of(self.study, self.year)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found in figures that are there."""
        unusual = (finding for block in self._changes for finding in block.findings())
        return (*unusual, *Relations(self.figures).findings(), *self._of_digits())

    @cached_property
    def chances(self) -> pd.DataFrame:
        """What chance alone would flag, by test: tested, normal, heavy (expected numbers) and flagged."""
        rows = [chances for block in self._changes for chances in block.chances()]
        frame = pd.DataFrame(rows, columns=list(Chances._fields))
        return frame.groupby("test", sort=False).sum()

    @cached_property
    def registers(self) -> tuple[Register, ...]:
        """The digits of every variable of a level, tested or too few for it."""
        return registers(self.figures, self.design)

    @cached_property
    def missing(self) -> tuple[Finding, ...]:
        """The figures of the round that are missing; a whole level that lacks one is told once, without a region."""
        wanted = self.figures.wanted
        wanted = wanted[(wanted.year >= self.study.years[0]) & (wanted.year <= self.year)]
        found = []
        for (variable, level, year), own in wanted.groupby(["variable", "level", "year"], sort=False):
            regions = own.region[own.state == "missing"].unique()
            everywhere = len(own.region.unique()) > 1 and (own.state == "missing").all()
            found += [Finding("missing", level, variable, r, int(year)) for r in ([""] if everywhere else regions)]
        return tuple(found)

    @cached_property
    def asks(self) -> tuple[Ask, ...]:
        """What to ask back, by gravity; among equals what is scored first, and then by how much is off."""
        told: dict[tuple[str, str, str], list[Finding]] = {}
        for finding in (*self.findings, *self.missing):
            told.setdefault((finding.level, finding.region, finding.variable), []).append(finding)
        asks = [self._ask(*place, found) for place, found in told.items()]
        return tuple(sorted(asks, key=_place))

    def gravity(self, finding: Finding) -> Gravity:
        """Say how grave a finding is: it cannot be right, has to be explained, is not there, or is worth a look."""
        if finding.kind in WRONG:
            return "correct"
        if finding.kind == "missing":
            return "supply"
        if finding.kind == "step":
            large = finding.tests == 1 and at_least(finding.size, np.log(self.design.large))
            return "explain" if (finding.tests > 1 or large) and not finding.few else "look"
        return "explain" if finding.kind in EXPLAINED else "look"

    @cached_property
    def _changes(self) -> tuple[Changes, ...]:
        blocks = (*self.figures.blocks, *self.figures.registers)
        variables = self.study.dataset.metadata.variables
        return tuple(Changes(block, variables, self.design) for block in blocks)

    def _of_digits(self) -> Iterator[Finding]:
        for register in self.registers:
            if register.suspicious(self.design.digits_chance):
                yield Finding("digits", register.level, register.variable, "", register.last_year, value=register.n)

    def _ask(self, level: str, region: str, variable: str, found: list[Finding]) -> Ask:
        ordered = sorted(found, key=lambda one: (GRAVITIES.index(self.gravity(one)), -one.size, one.year))
        departments = self.figures.departments.get(variable, ())
        scored = variable in self.figures.scored
        return Ask(self.gravity(ordered[0]), level, region, variable, departments, scored, tuple(ordered))


def _place(ask: Ask) -> tuple:
    return GRAVITIES.index(ask.gravity), not ask.scored, -max(finding.size for finding in ask.findings)
