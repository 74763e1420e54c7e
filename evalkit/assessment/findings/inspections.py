"""Inspections: what was found on the spot about a reported figure, and the figures that it puts in dispute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import field_validator

from evalkit.base import params
from evalkit.base.errors import DataError, Problem, one_of
from evalkit.base.fields import Code, Codes, Year
from evalkit.base.model import DeclaredModel
from evalkit.base.params import ContradictionError
from evalkit.base.text import Text
from evalkit.data import Panel

Verdict = Literal["confirmed", "contradicted", "falsified", "rectified"]
# The verdicts under which a reported figure does not stand; the first is the graver.
DISPUTING: tuple[Verdict, ...] = ("falsified", "contradicted")


class Finding(DeclaredModel):
    """One finding of an inspection about a region's figure of a year, with the document that records it.

    `seen` is the figure found on the spot, in the indicator's unit. `closes` are the codes of items of the
    rectification list that a rectified finding closes in `year`.
    """

    code: Code
    region: Code
    year: Year
    indicator: Code | None = None
    verdict: Verdict
    seen: float | None = None
    date: str
    document: Text
    note: Text
    closes: Codes = ()


class Findings(DeclaredModel):
    """The findings of a round, each declared once."""

    code: Code
    findings: tuple[Finding, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Findings:
        """Read findings from YAML. Raises ParamsError with every offender."""
        return params.read(cls, path)

    @field_validator("findings")
    @classmethod
    def _documented_and_once(cls, findings):
        wrong = [found for place, one in enumerate(findings) for found in _contradictions(place, one, findings)]
        if wrong:
            raise ContradictionError(wrong)
        return findings

    def check(
        self,
        regions: Iterable[str],
        years: Iterable[int],
        indicators: Iterable[str],
        *,
        items: Iterable[str] | None = None,
    ) -> None:
        """Raise DataError with every region, year, indicator and, where `items` are given, item that is not there."""
        wrong = self.problems(regions, years, indicators, items=items)
        if wrong:
            raise DataError("some findings are about what is not assessed", wrong)

    def problems(
        self,
        regions: Iterable[str],
        years: Iterable[int],
        indicators: Iterable[str],
        *,
        items: Iterable[str] | None = None,
    ) -> list[Problem]:
        """Give what `check` raises."""
        known = {"region": sorted(set(regions)), "year": sorted(set(years)), "indicator": list(indicators)}
        wrong = [
            Problem(f"{name} of the finding {one.code}", repr(value), one_of(value, options))
            for one in self.findings
            for name, options in known.items()
            if (value := getattr(one, name)) not in options and value is not None
        ]
        listed = None if items is None else sorted(set(items))
        wrong += [
            Problem(f"closes of the finding {one.code}", f"the item {item!r}", one_of(item, listed))
            for one in self.findings
            for item in one.closes
            if listed is not None and item not in listed
        ]
        return wrong

    def of(self, region: str, year: int | None = None, indicator: str | None = None) -> tuple[Finding, ...]:
        """Give the findings about a region; of one year and about one indicator, where these are given."""
        return tuple(
            one
            for one in self.findings
            if one.region == region and year in (None, one.year) and indicator in (None, one.indicator)
        )

    def until(self, day: date) -> Findings:
        """Give the findings that are dated on a day or before."""
        return self.model_copy(update={"findings": tuple(one for one in self.findings if one.date <= day.isoformat())})

    @property
    def disputing(self) -> dict[tuple[str, int, str], Finding]:
        """The contradicted and falsified cells (region, year, indicator), each with its gravest finding."""
        ordered = sorted(self.findings, key=lambda one: one.verdict == DISPUTING[0])
        return {(one.region, one.year, one.indicator): one for one in ordered if one.verdict in DISPUTING}


NO_FINDINGS = Findings(code="none")


def dispute(panel: Panel, findings: Findings, *, whole: str | None = None) -> Panel:
    """Put contradicted and falsified figures in dispute: a blank with the state "disputed".

    The figure found on the spot is not put in their place, and nothing else changes. Cells that the panel does not
    have are left alone: `Findings.check` tells what nobody knows. `whole` is the one region of a panel that adds all
    others up: what is disputed of any of them is disputed of it.
    """
    values, states = panel.values.copy(), panel.states.copy()
    for disputed, year, indicator in findings.disputing:
        region = whole or disputed
        if (region, year) in values.index and indicator in values:
            values.loc[(region, year), indicator] = np.nan
            states.loc[(region, year), indicator] = "disputed"
    return replace(panel, values=values, states=states)


def _contradictions(place: int, one: Finding, findings: tuple[Finding, ...]) -> Iterator[tuple[tuple, str]]:
    earlier = findings[:place]
    if one.code in [other.code for other in earlier]:
        yield (place, "code"), "every finding once, under a code of its own"
    if not all(one.document[language].strip() for language in ("zh", "en")):
        yield (place, "document"), "a document that is named, in Chinese and in English"
    if one.verdict in DISPUTING and one.indicator is None:
        yield (place, "indicator"), f"the indicator whose figure is {one.verdict}"
    if (one.verdict == "rectified") != bool(one.closes):
        yield (place, "closes"), "items that are closed on a rectified finding, and on no other"
    elif len(set(one.closes)) < len(one.closes) or {*one.closes} & {item for other in earlier for item in other.closes}:
        yield (place, "closes"), "each item closed once"
    if not _dated(one):
        yield (place, "date"), f"a day such as {one.year}-09-30, not before {one.year}"


def _dated(one: Finding) -> bool:
    try:
        return date.fromisoformat(one.date).isoformat() == one.date and one.date >= f"{one.year:04d}"
    except ValueError:
        return False
