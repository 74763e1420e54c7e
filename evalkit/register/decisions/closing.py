"""Closing a year: what is verified becomes final, once every objection is decided."""

from __future__ import annotations

from evalkit.base.errors import DataError, Problem
from evalkit.register.decisions.deciding import decide
from evalkit.register.decisions.objections import objections
from evalkit.register.entries import Entry, Rows
from evalkit.register.register import Register
from evalkit.register.schema import STATUS


def close(register: Register, year: int, entry: Entry) -> list[str]:
    """Take every verified submission of a year to "final", all at once; gives their codes.

    Raises DataError while objections are open, all named, or where nothing is verified.
    """
    return decide(register, entry, lambda: _closed(register, year))


def _closed(register: Register, year: int) -> tuple[list[str], Rows]:
    known = objections(register)
    opened = known[(known.year == year) & (known.next != "")]
    if len(opened):
        wrong = [
            Problem(code, f"open: {one.subject} of {one.about}, raised by {one.raised_by}", f"its {one.next}")
            for code, one in opened.iterrows()
        ]
        raise DataError(f"{year} cannot be closed while objections are open", wrong)
    submissions = register.submissions()
    verified = submissions.index[(submissions.year == year) & (submissions.status == "verified")].tolist()
    if not verified:
        raise DataError(f"{year} cannot be closed", [Problem("submissions that are verified", "none", "one at least")])
    steps = [{"submission": code, "status": "final", "note": ""} for code in verified]
    return verified, {STATUS: steps}
