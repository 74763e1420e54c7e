"""What the arguments of the commands may say: days, years, numbers, and text that can be put on record."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from datetime import date

from evalkit.base.errors import ParamsError, Problem
from evalkit.base.fields import DAY_RULE, as_day
from evalkit.base.limits import FIRST_YEAR, LAST_YEAR
from evalkit.base.reading import UNSEEN, said

SIZE = re.compile(r"(\d+(?:\.\d+)?) *([MG])I?B?", re.IGNORECASE)
UNITS = {"M": 2**20, "G": 2**30}
LEAST = 256 * 2**20  # a report of the smallest study needs as much


def day(text: str) -> date:
    """Take a day in ISO form."""
    found = as_day(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"found {text!r}; expected {DAY_RULE}")
    return found


def year(text: str) -> int:
    """Take a year of figures."""
    number = _whole(text)
    if number is None or not FIRST_YEAR <= number <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"found {text!r}; expected a year from {FIRST_YEAR} to {LAST_YEAR}")
    return number


def count(text: str) -> int:
    """Take a whole number of at least one."""
    number = _whole(text)
    if number is None or number < 1:
        raise argparse.ArgumentTypeError(f"found {text!r}; expected a whole number of at least 1")
    return number


def memory(text: str) -> int:
    """Take a size such as 512M or 2G, and give its bytes."""
    found = SIZE.fullmatch(text.strip())
    size = int(float(found[1]) * UNITS[found[2].upper()]) if found else 0
    if size < LEAST:
        raise argparse.ArgumentTypeError(f"found {text!r}; expected a size such as 512M or 2G, of at least 256M")
    return size


def check_texts(options: argparse.Namespace) -> None:
    """Raise ParamsError with every text that holds what nobody sees, or that is in another encoding."""
    wrong = [
        Problem(f"--{name.replace('_', '-')}", said(found[0]), "text that can be seen, in UTF-8")
        for name, text in _texts(options)
        if (found := UNSEEN.search(text))
    ]
    if wrong:
        raise ParamsError("the command cannot be read", wrong)


def _texts(options: argparse.Namespace) -> Iterator[tuple[str, str]]:
    for name, value in vars(options).items():
        for each in value if isinstance(value, list | tuple) else [value]:
            if isinstance(each, str):
                yield name, each


def _whole(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None
