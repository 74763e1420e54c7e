"""What an assessment rests on: completion, progress, equality and the rest, by region and year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

import numpy as np
import pandas as pd

from evalkit.assessment.grading.events import NO_EVENTS, Events
from evalkit.assessment.grading.rules import PartCode
from evalkit.base.errors import DataError, Problem, one_of, unit_name
from evalkit.base.exact import at_most
from evalkit.base.once import once
from evalkit.data.contract import STATES, WITHOUT_VALUE

VALID = "value"
WEIGHING = ("value", "missing", "disputed")
SHOWN = 40
_LIMITS = {"completion": 100, "equality": 100, "progress": 1, "public_evaluation": 100}

EXEMPT = "not applicable"  # of an earmark: there are no new means
_SERIES = ("public_evaluation", "earmark")
_TABLES = ("completion", "states", "progress", "equality", *_SERIES)


@dataclass(frozen=True)
class Evidence:
    """What the points of every region and year are made from. Raises DataError with every offender.

    Attributes
    ----------
    completion : DataFrame, index (region, year), one column an indicator; 0–100, blank without a valid value.
    states : DataFrame shaped like `completion`: value, missing, not applicable, not due, disputed. Only a value
        counts in any part. *Missing* and *disputed* keep their weight and so lower the valid share; *not applicable*
        and *not due* leave weight altogether, and the others share it.
    weights : Series by indicator, 0 or more; they need not sum to 1.
    projects : Series, indicator → project; an indicator that it leaves out or blank belongs to none.
    progress : like `completion`, in 0–1. It may lack rows, as a base year has no progress, and columns.
    equality : like `progress`, in 0–100.
    public_evaluation : Series by (region, year), 0–100; blank or absent where there is none.
    earmark : Series by (region, year): True, False, "not applicable" where the rule asks nothing, or None where it
        cannot be tested.
    groups : Series by region: its peer group; blank or absent where it has none.
    """

    completion: pd.DataFrame
    states: pd.DataFrame
    weights: pd.Series
    projects: pd.Series
    progress: pd.DataFrame | None = None
    equality: pd.DataFrame | None = None
    public_evaluation: pd.Series | None = None
    earmark: pd.Series | None = None
    groups: pd.Series | None = None
    events: Events = NO_EVENTS

    def __post_init__(self):
        wrong = [*_rows(self), *_columns(self)] or [*_cells(self), *_weights(self), *_verdicts(self)]
        if wrong:
            more = [f"… and {len(wrong) - SHOWN} more"] if len(wrong) > SHOWN else []
            raise DataError("the assessment's tables do not fit together", [*wrong[:SHOWN], *more])
        self.events.check(self.index.unique("region"), self.index.unique("year"))

    @property
    def index(self) -> pd.MultiIndex:
        """The regions and years that are assessed."""
        return self.completion.index

    @once
    def basis(self, part: PartCode) -> tuple[pd.DataFrame, pd.Series]:
        """Give what a part averages, each cell in 0–100 and blank where it does not count, and its columns' weights.

        The public evaluation is one column of its own.
        """
        if part == "public_evaluation":
            frame = pd.DataFrame({part: self.given(part)}, dtype=float)
            return frame, pd.Series({part: 1.0})
        frame = self.given(part).astype(float) * (100 / _LIMITS[part])
        counts = self.states.reindex(columns=frame.columns).fillna(VALID) == VALID
        return frame.where(counts), self.weights[frame.columns].astype(float)

    def given(self, name: str) -> pd.DataFrame | pd.Series:
        """Give one of the tables with every row that is assessed; blank where it lacks one."""
        table = getattr(self, name)
        if table is None:
            return pd.Series(index=self.index, dtype=object) if name in _SERIES else pd.DataFrame(index=self.index)
        return table.reindex(self.index)


def _rows(evidence: Evidence) -> Iterator[Problem]:
    tables = {name: getattr(evidence, name) for name in _TABLES}
    for name, table in tables.items():
        if table is None:
            continue
        if list(table.index.names) != ["region", "year"]:
            yield Problem(f"index of {name}", str(list(table.index.names)), "region, year")
            continue
        twice = table.index[table.index.duplicated()].unique()
        yield from (Problem(name, f"{unit_name(key)} twice", "each region and year once") for key in twice)
        unknown = table.index.difference(evidence.index, sort=False)
        yield from (Problem(name, unit_name(key), "a region and year of completion") for key in unknown)
    absent = evidence.index.difference(evidence.states.index, sort=False)
    yield from (Problem("states", f"no {unit_name(key)}", "every region and year of completion") for key in absent)


def _columns(evidence: Evidence) -> Iterator[Problem]:
    known = [str(code) for code in evidence.weights.index]
    named = {name: getattr(evidence, name) for name in ("completion", "states", "progress", "equality")}
    codes = {name: table.columns for name, table in named.items() if table is not None}
    codes |= {"weights": evidence.weights.index, "projects": evidence.projects.index}
    for name, given in codes.items():
        twice = given[given.duplicated()].unique()
        yield from (Problem(name, f"{code!r} twice", "each indicator once") for code in twice)
        yield from (Problem(name, repr(code), one_of(code, known)) for code in given if code not in known)
    for code in evidence.completion.columns.difference(evidence.states.columns, sort=False):
        yield Problem("states", f"no {code}", "every indicator of completion")


def _cells(evidence: Evidence) -> Iterator[Problem]:
    for part in get_args(PartCode):
        if getattr(evidence, part) is not None:
            yield from _outside(part, evidence.given(part), _LIMITS[part])
    states = evidence.given("states")[evidence.completion.columns]
    weighs = (evidence.weights[evidence.completion.columns] != 0).to_numpy()
    blank = evidence.completion.isna()
    yield from _at("state", states, ~states.isin(STATES), f"one of {', '.join(STATES)}")
    contradicts = blank & (states == VALID) & weighs
    yield from _at("completion", evidence.completion, contradicts, "a number where the state is value")
    contradicts = ~blank & states.isin(WITHOUT_VALUE)
    yield from _at("completion", evidence.completion, contradicts, "a blank where the state is no value")


def _outside(name: str, table: pd.DataFrame | pd.Series, most: float) -> Iterator[Problem]:
    """Name every cell that is neither blank nor a number within the limits."""
    frame = table.to_frame(name) if isinstance(table, pd.Series) else table
    numbers = frame.apply(pd.to_numeric, errors="coerce")
    fits = (numbers >= 0) & at_most(numbers, most)
    yield from _at(name, frame, frame.notna() & ~fits, f"a number from 0 to {most:g}, or a blank")


def _at(name: str, frame: pd.DataFrame, wrong: pd.DataFrame, expected: str) -> Iterator[Problem]:
    for row, column in np.argwhere(wrong.to_numpy()):
        found = frame.iloc[row, column]
        code = frame.columns[column]
        where = (
            f"{name} of {unit_name(frame.index[row])}"
            if code == name
            else f"{name} of {code}, {unit_name(frame.index[row])}"
        )
        yield Problem(where, "a blank" if pd.isna(found) else f"{found}", expected)


def _weights(evidence: Evidence) -> Iterator[Problem]:
    numbers = pd.to_numeric(evidence.weights, errors="coerce")
    fits = (numbers >= 0) & np.isfinite(numbers)
    for code, weight in evidence.weights[~fits].items():
        yield Problem(f"weight of {code}", f"{weight}", "a number of 0 or more")
    if fits.all() and not numbers[evidence.completion.columns].sum():
        yield Problem("weights", "a sum of 0", "a weight above 0 on an indicator of completion")


def _verdicts(evidence: Evidence) -> Iterator[Problem]:
    for key, met in evidence.given("earmark").items():
        if not (pd.isna(met) or met in (True, False, EXEMPT)):
            yield Problem(
                f"earmark of {unit_name(key)}", repr(met), f"True, False, {EXEMPT}, or None where it is not known"
            )
