"""Verification: what was seen of the figures of a submission, and whether it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from evalkit.base.errors import DataError, Problem, one_of
from evalkit.base.exact import publish
from evalkit.register.decisions.deciding import decide
from evalkit.register.decisions.lookup import named, submission_of
from evalkit.register.decisions.objections import objections
from evalkit.register.entries import Entry, Rows
from evalkit.register.register import Register
from evalkit.register.schema import FIGURE, STATUS, VERIFICATION

Verdict = Literal["confirmed", "doubted"]
VERDICTS: tuple[Verdict, ...] = ("confirmed", "doubted")
SEEN = ["figure", "seen", "verdict", "note"]
DECIMALS = 6  # of a figure that is seen: what is behind them tells no two figures apart


@dataclass(frozen=True)
class Verification:
    """Whether a submission stands, by which document; of one that is doubted, `note` says what to ask again."""

    submission: str
    verdict: Verdict
    document: str
    note: str = ""


def drawn(register: Register, submission: str, number: int) -> pd.DataFrame:
    """Give the figures of a submission that are to be looked at: rows of the table, in their order.

    Those come first whose warning was explained; of the others as many are drawn as make up the number. The same
    submission gives the same draw.
    """
    submission_of(register, submission)
    figures = register.rows(FIGURE, submission=[submission]).sort_values("id")
    figures = figures[figures.value.notna()]
    explained = figures[figures.explanation != ""]
    others = figures.drop(explained.index)
    seed = int.from_bytes(hashlib.sha256(submission.encode()).digest()[:8], "big")
    size = min(max(number - len(explained), 0), len(others))
    chosen = np.random.default_rng(seed).choice(len(others), size, replace=False)
    return pd.concat([explained, others.iloc[chosen]]).sort_values("id").reset_index(drop=True)


def verify(register: Register, verification: Verification, seen: pd.DataFrame, entry: Entry) -> list[str]:
    """Put on record what was seen; a submission that is confirmed is verified, one that is doubted is returned.

    `seen` has the columns `SEEN`: the number of a figure, what was seen, and, where it is not plain from that, the
    verdict. Gives what must be asked again. Raises DataError with every offender: a figure of another submission, a
    submission that is confirmed although a figure is doubted, or doubted and nobody says of what.
    """
    return decide(register, entry, lambda: _verified(register, verification, seen))


def _verified(register: Register, verification: Verification, seen: pd.DataFrame) -> tuple[list[str], Rows]:
    known = submission_of(register, verification.submission)
    figures = register.rows(FIGURE, submission=[verification.submission]).set_index("id")
    if wrong := [*_faults(register, verification, known.status), *_not_seen(seen, figures, verification)]:
        raise DataError(f"{verification.submission} cannot be verified", wrong)
    judged = _judged(seen, figures)
    again = [_again(figures.loc[row.figure], row) for row in judged.itertuples() if row.verdict == "doubted"]
    if wrong := [*_contradictions(verification, again)]:
        raise DataError(f"{verification.submission} cannot be {verification.verdict}", wrong)
    confirmed = verification.verdict == "confirmed"
    said = verification.document if confirmed else "; ".join(filter(None, [verification.note, *again]))
    status = {"status": "verified" if confirmed else "returned", "submission": verification.submission, "note": said}
    rows = [
        row | {"document": verification.document, "seen": None if pd.isna(row["seen"]) else row["seen"]}
        for row in judged.to_dict("records")
    ]
    told = [] if confirmed else [*filter(None, [verification.note, *again])]
    return told, {VERIFICATION: rows, STATUS: [status]}


def _faults(register: Register, verification: Verification, status: str) -> Iterator[Problem]:
    code, verdict = verification.submission, verification.verdict
    if verdict not in VERDICTS:
        yield Problem("the verdict", repr(verdict), one_of(verdict, VERDICTS))
    if status == "disputed":
        known = objections(register)
        its = register.rows(FIGURE, submission=[code]).id
        opened = known.index[(known.next != "") & known.figure.isin(its)]
        yield Problem(code, f"disputed by {', '.join(opened)}", "a decision of these first")
    elif status not in ("submitted", "verified") or (status, verdict) == ("verified", "confirmed"):
        yield Problem(code, status, "a submission that is submitted, or verified and now doubted")
    if not verification.document.strip():
        yield Problem("the document", "nothing", "what the verdict rests on")


def _not_seen(seen: pd.DataFrame, figures: pd.DataFrame, verification: Verification) -> Iterator[Problem]:
    for number in seen.figure[~seen.figure.isin(figures.index)]:
        yield Problem("figure", str(number), f"the number of a figure of {verification.submission}")
    for number in seen.figure[seen.figure.duplicated()].unique():
        yield Problem("figure", f"{number} several times", "once")
    for verdict in seen.verdict[~seen.verdict.isin(["", *VERDICTS])].unique():
        yield Problem("the verdict of a figure", repr(verdict), one_of(verdict, VERDICTS))


def _judged(seen: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Give the figures that were looked at, each with its verdict: by what was seen, where nobody gave one."""
    looked = seen[seen.seen.notna() | (seen.verdict != "")].reset_index(drop=True)
    reported = figures.value.reindex(looked.figure).to_numpy(dtype=float)
    pairs = zip(looked.seen, reported, looked.verdict, strict=True)
    verdicts = [verdict or ("confirmed" if _same(found, said) else "doubted") for found, said, verdict in pairs]
    return looked.assign(verdict=verdicts)[SEEN]


def _same(found: float, said: float) -> bool:
    return not np.isnan(said) and publish(float(found), DECIMALS) == publish(float(said), DECIMALS)


def _again(figure: pd.Series, row: tuple) -> str:
    reported = "nothing" if pd.isna(figure.value) else f"{figure.value:.12g}"
    seen = "" if pd.isna(row.seen) else f", {row.seen:.12g} seen"
    return f"{named(figure)}: {reported} reported{seen}" + (f" ({row.note})" if row.note else "")


def _contradictions(verification: Verification, again: list[str]) -> Iterator[Problem]:
    if verification.verdict == "confirmed":
        yield from (Problem("a figure", each, "what was reported, or the verdict doubted") for each in again)
    elif not again and not verification.note.strip():
        yield Problem("what is doubted", "nothing", "a figure that is doubted, or a note of what to ask again")
