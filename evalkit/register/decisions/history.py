"""The history of a figure: every version of it, and all that became of it, in the order of the days."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from evalkit.base.errors import DataError, Problem, one_of
from evalkit.register.register import Register
from evalkit.register.schema import FIGURE, OBJECTION, OBJECTION_STEP, REVISION, STATUS, VERIFICATION

COLUMNS = ["entry", "day", "by", "step", "year", "value", "state", "text", "document", "submission"]


def history(register: Register, variable: str, region: str, unit: str = "", year: int | None = None) -> pd.DataFrame:
    """Give every version of the figures of a variable, a region and a unit, and each step that was taken with them.

    One row a step, with `COLUMNS`; `step` is "figure" for a version, "status", "verification", "objection", or a step
    of an objection. Raises DataError where nothing is on record, with what is near.
    """
    asked = {"variable": variable, "region": region, "unit": unit} | ({"year": year} if year is not None else {})
    its = register.rows(FIGURE, **{name: [value] for name, value in asked.items()})
    if its.empty:
        raise DataError("there is no such figure on record", [_unknown(register, asked)])
    parts = [_versions(register, its), _statuses(register, its), _verified(register, its), _objected(register, its)]
    found = pd.concat([part.reindex(columns=COLUMNS) for part in parts if len(part)] or [pd.DataFrame(columns=COLUMNS)])
    return found.sort_values("entry", kind="stable").reset_index(drop=True)


def _unknown(register: Register, asked: Mapping[str, object]) -> Problem:
    """Say from which part on nothing is on record, with what is."""
    of: dict[str, list] = {}
    for name, value in asked.items():
        of[name] = [value]
        if register.rows(FIGURE, **of).empty:
            del of[name]
            break
    known = [str(each) for each in dict.fromkeys(register.rows(FIGURE, **of)[name])]
    return Problem(f"the {name}", repr(value), one_of(str(value), known))


def _versions(register: Register, its: pd.DataFrame) -> pd.DataFrame:
    made = register.rows(REVISION)
    by = dict(zip(made.submission, made.decision.where(made.decision != "", made.objection), strict=True))
    authority = its.submission.map(lambda code: by.get(code, ""))
    because = its.because.where(its.because != "", its.explanation.where(its.explanation != "", its.reason))
    evidence = its.evidence.where(its.evidence != "", its.source)
    text = (because + " (" + authority + ")").where(authority != "", because)
    return its.assign(step="figure", text=text, document=evidence)


def _statuses(register: Register, its: pd.DataFrame) -> pd.DataFrame:
    steps = register.rows(STATUS, submission=its.submission.unique())
    return steps.assign(step="status", state=steps.status, text=steps.note)


def _verified(register: Register, its: pd.DataFrame) -> pd.DataFrame:
    seen = register.rows(VERIFICATION, figure=its.id).merge(
        its[["id", "submission", "year"]], left_on="figure", right_on="id"
    )
    return seen.assign(step="verification", value=seen.seen, state=seen.verdict, text=seen.note)


def _objected(register: Register, its: pd.DataFrame) -> pd.DataFrame:
    known = register.rows(OBJECTION)
    raised = known[known.figure.isin(set(its.id))]
    taken = register.rows(OBJECTION_STEP)
    taken = taken[taken.objection.isin(set(raised.code))].assign(year=lambda each: _years(each, raised))
    taken = taken.assign(state=taken.outcome, text=taken.objection + ": " + taken.text)
    first = raised.assign(step="objection", state=raised.raised_by, text=raised.code + ": " + raised.text)
    return pd.concat([first, taken])


def _years(taken: pd.DataFrame, raised: pd.DataFrame) -> pd.Series:
    return taken.objection.map(raised.set_index("code").year)
