"""Putting on record what was decided from what is on record: nothing may have been put there in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, func, select

from evalkit.base.errors import DataError, Problem
from evalkit.register.entries import Entry, Rows
from evalkit.register.register import Register
from evalkit.register.schema import ENTRY

Result = TypeVar("Result")
TRIES = 20


class _OvertakenError(Exception):
    """Somebody else put something on record meanwhile."""


def decide(register: Register, entry: Entry, plan: Callable[[], tuple[Result, Rows]]) -> Result:
    """Put the rows of a plan on record, and give what it gives beside them; one that was overtaken is made again.

    Raises whatever the plan raises; then nothing is put on record.
    """
    for _ in range(TRIES):
        upto = register.until()
        result, rows = plan()
        try:
            register.write(entry, rows, first=lambda connection, upto=upto: _check_last(connection, upto))
        except _OvertakenError:
            continue
        return result
    wrong = Problem("the register", f"other entries, {TRIES} times", "a pause of those who put something on record")
    raise DataError("nothing was put on record", [wrong])


def _check_last(connection: Connection, upto: int) -> None:
    if (connection.execute(select(func.max(ENTRY.c.id))).scalar() or 0) != upto:
        raise _OvertakenError
