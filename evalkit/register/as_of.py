"""A study as it stood on a day: NAME@2013-05-20."""

from __future__ import annotations

from datetime import date

from evalkit.base.errors import ParamsError, Problem
from evalkit.base.fields import DAY_RULE, as_day

AT = "@"


def split(name: str) -> tuple[str, date | None]:
    """Give the name of a study, and the day of which it is meant; None where it is meant as it stands now.

    Raises ParamsError where what follows the sign is no day.
    """
    bare, at, day = name.partition(AT)
    return bare, day_of(day) if at else None


def joined(name: str, day: date | None) -> str:
    """Give what `split` takes apart."""
    return f"{name}{AT}{day.isoformat()}" if day else name


def day_of(text: str) -> date:
    """Give the day that a text says. Raises ParamsError where it says none, or one that is to come."""
    day = as_day(text)
    if day is None:
        raise ParamsError("no such day", [Problem("as of", repr(text), DAY_RULE)])
    if day > date.today():
        raise ParamsError("nothing is known of that day yet", [Problem("as of", text, "today or earlier")])
    return day
