"""Checklists: what a visit looks at, indicator by indicator, with blank fields for what is found."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from evalkit.assessment.supervision.record import RoundRecord
from evalkit.assessment.supervision.rules import Checklists, Supervision
from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.base.exact import at_least, at_most
from evalkit.index import Indicator

WhyThere = Literal["unknown", "near_the_threshold", "drawn"]
BLANKS = ("found", "by", "date")


class Visit(NamedTuple):
    """One visit: to one project of a region, about the figures of a year; `seed` draws the sites."""

    region: str
    project: str
    year: int
    seed: int


@dataclass(frozen=True)
class Checklist:
    """What a visit takes along.

    Attributes
    ----------
    items : index indicator; `value` as reported, `milestone`, `lamp`, `reason`, `signals` (their kinds), `see` and
        `ask` (Text), and blank text for `found`, `by` and `date`.
    signals : the rows of `signals` that are about the project.
    places : what to visit, one row a facility or site: `indicator`, `place`, `value`, `why` (a `WhyThere`). A place
        that was drawn is a line of the ledger, counted from 1.
    terms : the figures behind each indicator but shares of facilities: `indicator`, `variable`, `value`, `publication`.
    """

    visit: Visit
    items: pd.DataFrame
    signals: pd.DataFrame
    places: pd.DataFrame
    terms: pd.DataFrame


def checklist(record: RoundRecord, rules: Supervision, rows: pd.DataFrame, visit: Visit) -> Checklist:
    """Make the checklist of a visit; `rows` are the year's `signals`.

    Indicators that are assessed at other levels only are left out. Raises ParamsError for a unit or year that is not
    there, and for tasks of unknown indicators.
    """
    rules.check(record.system)
    record.check_year(visit.year)
    _check_unit(record, visit)
    own = rows[(rows.region == visit.region) & (rows.project == visit.project)].reset_index(drop=True)
    indicators = list(_indicators(record, visit))
    places = [place for indicator in indicators for place in _places(record, rules.checklists, indicator, visit)]
    terms = [term for indicator in indicators for term in _terms(record, indicator, visit)]
    return Checklist(
        visit,
        _items(record, rules, own, indicators, visit),
        own,
        pd.DataFrame(places, columns=["indicator", "place", "value", "why"]),
        pd.DataFrame(terms, columns=["indicator", "variable", "value", "publication"]),
    )


def _check_unit(record: RoundRecord, visit: Visit) -> None:
    known = {name: record.units.unique(name) for name in record.units.names}
    wrong = [
        Problem(name, repr(value), one_of(value, known[name]))
        for name in known
        if (value := getattr(visit, name)) not in known[name]
    ]
    if wrong:
        raise ParamsError("there is no such visit", wrong)


def _indicators(record: RoundRecord, visit: Visit) -> Iterator[Indicator]:
    reasons = record.achievement.reasons.loc[(visit.region, visit.year)]
    for code, reason in reasons.items():
        if record.projects[code] == visit.project and reason != "assessed_elsewhere":
            yield record.system.node(code)


def _items(
    record: RoundRecord, rules: Supervision, own: pd.DataFrame, indicators: list[Indicator], visit: Visit
) -> pd.DataFrame:
    codes = pd.Index([indicator.code for indicator in indicators], name="indicator")
    tasks = [rules.task(indicator.code, indicator.aim.kind) for indicator in indicators]
    reached = record.achievement
    frames = {
        "value": record.reported,
        "milestone": reached.milestones,
        "lamp": reached.lamps,
        "reason": reached.reasons,
    }
    cells = {name: frame.loc[(visit.region, visit.year), codes].to_numpy() for name, frame in frames.items()}
    return pd.DataFrame(cells, index=codes).assign(
        signals=[tuple(own.signal[own.indicator == code]) for code in codes],
        see=[task.see for task in tasks],
        ask=[task.ask for task in tasks],
        **dict.fromkeys(BLANKS, ""),
    )


def _places(record: RoundRecord, rule: Checklists, indicator: Indicator, visit: Visit) -> Iterator[tuple]:
    if indicator.target.by_unit:
        yield from _facilities(record, rule, indicator, visit)
    elif indicator.target.is_count:
        reported = record.reported.loc[(visit.region, visit.year), indicator.code]
        for line in ledger_lines(int(np.nan_to_num(reported)), rule.sites, indicator.code, visit):
            yield indicator.code, str(line), np.nan, "drawn"


def _facilities(record: RoundRecord, rule: Checklists, indicator: Indicator, visit: Visit) -> Iterator[tuple]:
    """Give the facilities that are not known, and those that barely reach the threshold, the lowest first."""
    table, key = record.panel.units, (indicator.code, visit.region, visit.year)
    if table.empty:
        return
    own = table[(table.indicator == key[0]) & (table.region == key[1]) & (table.year == key[2])].set_index("unit")
    counted = record.achievement.units
    for unit in counted.unclear.get(key, ()) if counted is not None else ():
        yield indicator.code, unit, own.value.get(unit, np.nan), "unknown"
    least = indicator.target.threshold
    near = own[(own.state == "value") & at_least(own.value, least) & at_most(own.value, least * (1 + rule.near))]
    for unit, value in near.value.sort_index().sort_values(kind="stable").items():
        yield indicator.code, unit, value, "near_the_threshold"


def ledger_lines(length: int, number: int, code: str, visit: Visit) -> list[int]:
    """Draw that many lines of a ledger, or all of a shorter one, each line alike: numbers from 1, in order.

    The draw depends on the visit and the indicator alone, and so stays as it is when others are added.
    """
    named = zlib.crc32("|".join((visit.region, visit.project, code)).encode())
    rng = np.random.default_rng((visit.seed, visit.year, named))
    lines = max(length, 0)
    return sorted(int(line) + 1 for line in rng.choice(lines, size=min(lines, number), replace=False))


def _terms(record: RoundRecord, indicator: Indicator, visit: Visit) -> Iterator[tuple]:
    key, panel = (visit.region, visit.year), record.panel
    for variable in () if indicator.target.by_unit else indicator.terms:
        if variable in panel.variables:
            publication = panel.publications.loc[key, variable] if variable in panel.publications else ""
            yield indicator.code, variable, panel.variables.loc[key, variable], publication
