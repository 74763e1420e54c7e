"""What is on record of a figure or of a submission that somebody names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from evalkit.base.errors import DataError, Problem, one_of
from evalkit.register.latest import latest
from evalkit.register.register import Register
from evalkit.register.schema import FIGURE, STATUS
from evalkit.register.statuses import COUNTING


@dataclass(frozen=True)
class FigureKey:
    """Which figure is meant: of a variable, a region, a unit of it (a facility, or "") and a year."""

    variable: str
    region: str
    year: int
    unit: str = ""

    def __str__(self):
        return named(vars(self))


def named(figure: Mapping) -> str:
    """Name a figure by its key."""
    unit = f", {figure['unit']}" if figure["unit"] else ""
    return f"{figure['variable']} of {figure['region']}{unit} in {figure['year']}"


def counting(register: Register, key: FigureKey) -> dict:
    """Give the figure that counts now. Raises DataError where there is none, with what is near."""
    own = {name: [value] for name, value in vars(key).items()}
    known = register.submissions()
    found = latest(register.rows(FIGURE, **own), known.index[known.status.isin(COUNTING["submitted"])])
    if found.empty:
        raise DataError("there is no such figure on record", [_unknown(register, key)])
    return found.iloc[0].to_dict()


def _unknown(register: Register, key: FigureKey) -> Problem:
    """Say which part of a key is not that of any figure, with what is near."""
    known = register.figures([key.year])
    for name in ("variable", "region", "unit"):
        value, options = getattr(key, name), list(dict.fromkeys(known[name]))
        known = known[known[name] == value]
        if known.empty:
            break
    return Problem(f"the {name} of {key}", repr(value), one_of(value, options))


def submission_of(register: Register, code: str) -> pd.Series:
    """Give a submission with its status. Raises DataError where there is none, with what is near."""
    known = register.submissions()
    if code not in known.index:
        raise DataError("there is no such submission", [Problem("submission", code, one_of(code, known.index))])
    return known.loc[code]


def status_before_dispute(register: Register, code: str) -> str:
    """Give the status that a submission has, or had before it was disputed."""
    steps = register.rows(STATUS, submission=[code]).sort_values("id")
    return steps.status[steps.status != "disputed"].iloc[-1]
