"""Revisions: a new version of a figure, with its reason and its evidence; the old one stays on record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from evalkit.base.errors import DataError, Problem, one_of
from evalkit.data.contract import STATES, WITHOUT_VALUE
from evalkit.register.decisions.deciding import decide
from evalkit.register.decisions.lookup import named, status_before_dispute, submission_of
from evalkit.register.entries import FIGURE_COLUMNS, Entry, Rows, Submission
from evalkit.register.register import Register
from evalkit.register.schema import REVISION, STATUS
from evalkit.register.statuses import Status

OF_BEFORE = re.compile(r"-r\d+$")  # of a revision's code: it revises the submission of this name
WAYS: Mapping[str, tuple[Status, ...]] = {
    "submitted": ("submitted",),
    "verified": ("submitted", "verified"),
    "final": ("submitted", "verified", "final"),
}


@dataclass(frozen=True)
class Revision:
    """What a figure on record, given by its row, is to say from now on, why, and what proves it."""

    figure: Mapping
    value: float | None
    state: str
    because: str
    evidence: str


@dataclass(frozen=True)
class Authority:
    """By what a revision is made: a document of the office, or an objection; maybe neither before the final edition."""

    decision: str = ""
    objection: str = ""

    def __bool__(self):
        return bool(self.decision or self.objection)


def revise(register: Register, revisions: Sequence[Revision], entry: Entry, authority: Authority) -> str:
    """Put new versions of figures of one submission on record; gives the code of the submission that holds them.

    Raises DataError with every offender, and where figures are final and nobody decided that they be revised.
    """
    return decide(register, entry, lambda: revision_rows(register, revisions, entry, authority))


def revision_rows(
    register: Register, revisions: Sequence[Revision], entry: Entry, authority: Authority
) -> tuple[str, Rows]:
    """Give the code and the rows of a submission of new versions. Raises DataError as `revise` does."""
    of = {revision.figure["submission"] for revision in revisions}
    if len(of) != 1:
        found = ", ".join(sorted(of)) or "none"
        raise DataError("nothing can be revised", [Problem("submissions", found, "figures of one submission")])
    (before,) = of
    status = status_before_dispute(register, before)
    if wrong := [*_faults(revisions, before, status, authority)]:
        raise DataError("the figures cannot be revised", wrong)
    return _rows(register, _submission(register, before), revisions, entry, (WAYS[status], authority))


def _faults(revisions: Sequence[Revision], before: str, status: str, authority: Authority) -> Iterator[Problem]:
    if status not in WAYS:
        yield Problem(f"the submission {before}", status, one_of(status, WAYS))
    elif status == "final" and not authority:
        yield Problem(f"the submission {before}", "final", "a decision, or an objection that was upheld")
    for revision in revisions:
        yield from _wrong(revision)


def _wrong(revision: Revision) -> Iterator[Problem]:
    name, blank = named(revision.figure), pd.isna(revision.value)
    if revision.state not in STATES:
        yield Problem(f"the state of {name}", repr(revision.state), one_of(revision.state, STATES))
    elif blank and revision.state == "value":
        yield Problem(f"the value of {name}", "nothing, with the state 'value'", "a number, or another state")
    elif not blank and revision.state in WITHOUT_VALUE:
        yield Problem(f"the value of {name}", f"{revision.value:g}, with the state {revision.state!r}", "nothing")
    elif _same(revision):
        yield Problem(f"the new version of {name}", "what is on record", "another value or another state")
    for what in ("because", "evidence"):
        if not getattr(revision, what).strip():
            yield Problem(f"{what} of {name}", "nothing", "why it is revised, and what proves it")


def _same(revision: Revision) -> bool:
    old, new = revision.figure["value"], revision.value
    return revision.state == revision.figure["state"] and (old == new or (pd.isna(old) and pd.isna(new)))


def _submission(register: Register, before: str) -> Submission:
    base = OF_BEFORE.sub("", before)
    taken = register.submissions().index
    number = sum(OF_BEFORE.sub("", code) == base and code != base for code in taken) + 1
    known = submission_of(register, before)
    about = {name: known[name] for name in ("study", "reporter", "standing", "system")}
    return Submission(f"{base}-r{number}", year=int(known.year), kind="revision", **about)


def _rows(
    register: Register,
    submission: Submission,
    revisions: Sequence[Revision],
    entry: Entry,
    as_decided: tuple[tuple[Status, ...], Authority],
) -> tuple[str, Rows]:
    way, authority = as_decided
    figures = pd.DataFrame([_version(revision, entry) for revision in revisions])
    note = authority.decision or authority.objection
    steps = [{"submission": submission.code, "status": status, "note": note} for status in way]
    rows = replace(submission).rows(figures, way[0], note)
    return submission.code, {**rows, STATUS: steps, REVISION: [{"submission": submission.code, **vars(authority)}]}


def _version(revision: Revision, entry: Entry) -> dict:
    kept = {name: revision.figure[name] for name in FIGURE_COLUMNS}
    new = {"value": revision.value, "state": revision.state, "because": revision.because}
    made = {"source": revision.evidence, "evidence": revision.evidence, "page": "", "compiler": entry.by}
    return kept | new | made | {"compiled": entry.day.isoformat(), "explanation": "", "revises": revision.figure["id"]}
