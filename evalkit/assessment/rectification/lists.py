"""The rectification list: what each region has to put right, carried over the years of a round until it is closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from evalkit.assessment.findings.inspections import DISPUTING, NO_FINDINGS, Finding, Findings
from evalkit.assessment.rectification.accountability import Accountability
from evalkit.assessment.rectification.shortfalls import Observation, RoundResults, observe
from evalkit.base.errors import DataError, ParamsError, Problem, one_of

BY_VALUE = "value"
_COLUMNS = (
    *("region", "fault", "subject", "lead", "joint", "origin", "value", "bound", "gap", "reason"),
    *(
        "accept_kind",
        "accept_at",
        "status",
        "years_behind",
        "years_counted",
        "not_observed",
        "step",
        "noticed",
        "deadline",
        "report_by",
    ),
    *("closed_by", "closed_value", "closed_document", "finding", "target_status", "apportioned", "rule", "source"),
)


@dataclass(frozen=True)
class RectificationLists:
    """Every item of the rectification list in every year in which it stands there.

    Attributes
    ----------
    entries : DataFrame, index (year, code). `region`; `fault` and `subject` (an indicator, a project, "earmark");
        `lead` and `joint` departments; `origin`, the year of the figure that opened it. As the year that last showed
        the fault has it: `value` (of a finding: what was seen), `bound`, `gap`, `reason` (of the judgement), and the
        acceptance test `accept_kind`, `accept_at`. `noticed`, `deadline`, `report_by` (ISO days) are of the
        year's notice, and of a closed item, of the last about it. `status` is open or closed; `years_behind` the years
        that showed the fault, `years_counted` the last of them in a row that count
        towards the `step` of escalation, `not_observed` those that showed nothing. `closed_by` is "value", with
        `closed_value`, or the code of a finding, with `closed_document`. `finding` opened it; `target_status` and
        `source` are those of what was asked, `apportioned` marks an inferred target, and `rule` names the rules and
        their version.
    years : of the round.
    """

    entries: pd.DataFrame
    years: tuple[int, ...]

    def opening(self, year: int) -> pd.DataFrame:
        """Give the items that a year takes over: those that the year before left open. Index code."""
        return self._of(year).iloc[:0] if year == self.years[0] else self.closing(year - 1)

    def new(self, year: int) -> pd.DataFrame:
        """Give the items that a year's figures opened."""
        found = self._of(year)
        return found[found.origin == year]

    def closed(self, year: int) -> pd.DataFrame:
        """Give the items that were closed in a year."""
        found = self._of(year)
        return found[found.status == "closed"]

    def closing(self, year: int) -> pd.DataFrame:
        """Give the items that a year leaves open: its opening and new items, without those closed."""
        found = self._of(year)
        return found[found.status == "open"]

    def _of(self, year: int) -> pd.DataFrame:
        if year not in self.years:
            raise ParamsError("there is no list of that year", [Problem("year", repr(year), one_of(year, self.years))])
        return self.entries.loc[self.entries.index.get_level_values("year") == year].droplevel("year")


class _Held(NamedTuple):
    """An item as it is carried: the years that showed its fault, those that count, and the last of them."""

    code: str
    origin: int
    years: int
    counted: int
    unseen: tuple[int, ...]
    last: Observation


class _Entry(NamedTuple):
    """An item in one year, and what closed it then: a finding, or the year's own value."""

    held: _Held
    now: Observation
    finding: Finding | None

    @property
    def closed(self) -> bool:
        return self.finding is not None or self.now.kept is True


def rectification(results: RoundResults, rules: Accountability, findings: Findings = NO_FINDINGS) -> RectificationLists:
    """Draw up the rectification list of every year of a round.

    An item is closed by a later year's value that is in order, or by a rectified finding; a contradicted or falsified
    figure by a rectified finding alone. A year that shows nothing neither closes an item nor counts among the years
    behind; nor does one in which a finding closes the item.
    Raises ParamsError for rules that do not fit the round's grades, and DataError with every finding that is about
    something unknown or closes what is not open.
    """
    rules.check(results.assessment.rules.bands.codes)
    tracks, closing = defaultdict(list), {}
    for one in observe(results, findings):
        if one.fault in rules.grounds:
            tracks[one.region, one.subject, one.fault, one.finding].append(one)
    for finding in findings.findings:
        closing |= {(item, finding.region, finding.year): finding for item in finding.closes}
    entries = _entries(tracks, closing, rules, results)
    _check(results, findings, entries)
    entries.sort(key=lambda entry: (entry.now.year, entry.held.code))
    index = [(entry.now.year, entry.held.code) for entry in entries]
    table = pd.DataFrame([_row(entry, results, rules) for entry in entries], columns=list(_COLUMNS), dtype=object)
    table.index = pd.MultiIndex.from_tuples(index, names=["year", "code"])
    numbers = ("value", "bound", "gap", "accept_at", "closed_value")
    kinds = (
        dict.fromkeys(numbers, float)
        | dict.fromkeys(("origin", "years_behind", "years_counted"), int)
        | {"apportioned": bool}
    )
    return RectificationLists(table.astype(kinds), tuple(results.years))


def _entries(
    tracks: Mapping[tuple, list[Observation]],
    closing: Mapping[tuple, Finding],
    rules: Accountability,
    results: RoundResults,
) -> list[_Entry]:
    """Carry every track; a figure that an open item waits for is no second matter."""
    found = [e for track in tracks.values() if track[0].fault != "missing" for e in _carried(track, closing, rules)]
    waiting = {(*results.figure_of(e.now), e.now.year) for e in found if e.now.kept is None and not e.closed}
    for track in (track for track in tracks.values() if track[0].fault == "missing"):
        seen = [one._replace(kept=None) if (*results.figure_of(one), one.year) in waiting else one for one in track]
        found += _carried(seen, closing, rules)
    return found


def _carried(track: Iterable[Observation], closing: Mapping[tuple, Finding], rules: Accountability) -> Iterator[_Entry]:
    """Carry the items of one subject and fault over its years: one is open at a time."""
    held = None
    for now in track:
        code = held.code if held else _code(now)
        finding = closing.get((code, now.region, now.year))
        if held is None or finding is None:
            held = _further(held, now, counts=rules.counts(now.fault, now.completion))
        if held is None:
            continue
        entry = _Entry(held, now, finding)
        yield entry
        held = None if entry.closed else held
        if entry.closed and now.fault in DISPUTING:
            return


def _further(held: _Held | None, now: Observation, *, counts: bool) -> _Held | None:
    """Take an item into a year, or open one where its fault shows for the first time."""
    if held is None:
        return _Held(_code(now), now.year, 1, int(counts), (), now) if now.kept is False else None
    if now.kept is None:
        return held._replace(unseen=(*held.unseen, now.year))
    if now.kept:
        return held
    return held._replace(years=held.years + 1, counted=held.counted + 1 if counts else 0, last=now)


def _code(now: Observation) -> str:
    return f"{now.region}-{now.subject}-{now.year}"


def _row(entry: _Entry, results: RoundResults, rules: Accountability) -> tuple:
    held, now, finding = entry
    # the notice of a year is about all that it leaves open; what no figure shows is held to what that year asks next
    last, noticed = held.last, held.last.year if entry.closed else now.year
    accept_at = now.accept_at if now.kept is None and not np.isnan(now.accept_at) else last.accept_at
    lead, *joint = results.departments(last.subject) or ("",)
    grade = results.grades[last.region, noticed]
    by = finding.code if finding else BY_VALUE if entry.closed else ""
    days = rules.noticed(noticed), rules.deadline(last.fault, noticed), rules.report_by(grade, noticed)
    return (
        *(last.region, last.fault, last.subject, lead, tuple(joint), held.origin),
        *(last.value, last.bound, last.gap, last.reason, last.accept_kind, accept_at),
        *("closed" if entry.closed else "open", held.years, held.counted, held.unseen),
        rules.step(last.fault, held.counted, last.status),
        *(day.isoformat() for day in days),
        *(by, now.value if by == BY_VALUE else np.nan, finding.document if finding else None),
        *(last.finding, last.status, last.subject in results.achievement.parts),
        *(f"{rules.code} {rules.version}", last.source),
    )


def _check(results: RoundResults, findings: Findings, entries: list[_Entry]) -> None:
    """Refuse findings about what is unknown, and closures of what is not open there and then."""
    years, items = defaultdict(list), {}
    for entry in entries:
        years[entry.held.code].append(entry.now.year)
        items[entry.held.code] = entry.now.region
    regions = results.achievement.lamps.index.unique("region")
    codes = [indicator.code for indicator in results.system.indicators]
    wrong = findings.problems(regions, results.years, codes, items=items)
    for one in findings.findings:
        for item in (item for item in one.closes if item in items):
            if one.region != items[item]:
                wrong.append(Problem(f"region of the finding {one.code}", repr(one.region), f"that of the item {item}"))
            elif one.year not in years[item]:
                open_in = ", ".join(map(str, years[item]))
                wrong.append(
                    Problem(f"year of the finding {one.code}", str(one.year), f"one with {item} open: {open_in}")
                )
    if wrong:
        raise DataError("some findings do not fit the rectification list", wrong)
