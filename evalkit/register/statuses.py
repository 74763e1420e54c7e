"""How far a submission has come, and where it may go from there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from evalkit.base.errors import DataError, Problem

Status = Literal["draft", "submitted", "returned", "verified", "disputed", "final"]
STATUSES: tuple[Status, ...] = get_args(Status)
# What may follow; a returned submission is not mended: another takes its place. One that was disputed is what it was.
NEXT: Mapping[Status | None, tuple[Status, ...]] = {
    None: ("draft", "submitted", "returned"),
    "draft": ("submitted", "returned"),
    "submitted": ("returned", "verified", "disputed"),
    "returned": (),
    "verified": ("returned", "disputed", "final"),
    "disputed": ("returned", "submitted", "verified", "final"),
    "final": (),
}
# The statuses in which figures count, by the first of them.
COUNTING: Mapping[Status, tuple[Status, ...]] = {
    "submitted": ("submitted", "verified", "disputed", "final"),
    "verified": ("verified", "disputed", "final"),
    "final": ("final",),
}


def check_step(submission: str, before: Status | None, after: Status) -> None:
    """Raise DataError where a submission cannot go from one status to another."""
    if after not in NEXT[before]:
        expected = " or ".join(NEXT[before]) or "nothing more: hand in another one"
        raise DataError(
            f"{submission} cannot become {after}", [Problem(submission, f"{before}, then {after}", expected)]
        )
