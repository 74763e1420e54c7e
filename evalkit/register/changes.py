"""What changed on record between two days: every figure that counts differently, and by which decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from evalkit.data.contract import KEY
from evalkit.register.register import Register
from evalkit.register.schema import FIGURE, OBJECTION_STEP, REVISION, STATUS
from evalkit.register.statuses import Status

ABSENT = ""  # the state of a figure that nothing says
COLUMNS = [
    *KEY, "value_before", "state_before", "value", "state", "day", "by", "submission", "because", "evidence",
    "decision", "objection",
]  # fmt: skip


def changed_figures(
    register: Register, years: Iterable[int], before: date, after: date | None = None, *, accepted: Status = "submitted"
) -> pd.DataFrame:
    """Give the figures of some years whose value or state is another one than at the end of a day.

    One row a figure, with `COLUMNS`: what it was and is (the state is "" where nothing was said), when, by whom and in
    which submission it became so, why, by which evidence, and by which `decision` (a document) after which `objection`.
    Of a figure whose submission was returned, these are of the return.
    """
    years = list(years)
    then, now = (_counting(register, years, day, accepted) for day in (before, after))
    both = then.add_suffix("_before").join(now, how="outer").fillna({"state_before": ABSENT, "state": ABSENT})
    values = both[["value_before", "value"]].astype(float).fillna(float("inf"))
    found = both[(values.value_before != values.value) | (both.state_before != both.state)]
    rows = found.reset_index().to_dict("records")
    reasons = _Reasons(register, after, found.id)
    return pd.DataFrame([row | reasons.of(row) for row in rows], columns=COLUMNS)


def _counting(register: Register, years: list[int], day: date | None, accepted: Status) -> pd.DataFrame:
    return register.figures(years, day=day, accepted=accepted).set_index(KEY)[["id", "value", "state", "submission"]]


class _Reasons:
    """How figures became what they are, up to a day."""

    def __init__(self, register: Register, day: date | None, figures: pd.Series):
        self._register, self._day = register, day
        known = register.rows(FIGURE, day, id=[int(number) for number in figures.dropna()])
        self._figures = {row.id: row for row in known.itertuples()}
        steps = register.rows(OBJECTION_STEP, day)
        decided = steps[steps.step == "decision"]
        self._documents = dict(zip(decided.objection, decided.document, strict=True))
        revisions = register.rows(REVISION, day)
        self._revisions = {row.submission: row for row in revisions.itertuples()}

    def of(self, row: Mapping) -> dict:
        """Say who made a figure what it is, when, why and by what."""
        if pd.isna(row["id"]) or row["id"] < row["id_before"]:
            return self._returned(row["submission_before"])
        figure = self._figures[int(row["id"])]
        because = figure.because or figure.explanation
        own = {"because": because, "evidence": figure.evidence or figure.source, **self._authority(figure.submission)}
        return {"day": figure.day, "by": figure.by, "submission": figure.submission, **own}

    def _returned(self, submission: str) -> dict:
        steps = self._register.rows(STATUS, self._day, submission=[submission]).sort_values("id")
        last = steps.iloc[-1]
        nothing = {"evidence": "", "decision": "", "objection": ""}
        return {"day": last.day, "by": last.by, "submission": submission, "because": last.note, **nothing}

    def _authority(self, submission: str) -> dict:
        revision = self._revisions.get(submission)
        if revision is None:
            return {"decision": "", "objection": ""}
        document = revision.decision or self._documents.get(revision.objection, "")
        return {"decision": document, "objection": revision.objection}
