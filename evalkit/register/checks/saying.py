"""The words in which figures are remarked on."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

from pydantic import RootModel

from evalkit.base import params
from evalkit.base.exact import publish
from evalkit.base.text import Text

DIGITS = 6  # decimals, and of what is smaller than 1 significant ones


class _Words(RootModel[dict[str, Text]]):
    pass


@cache
def words() -> dict[str, Text]:
    """Give every text by its key."""
    return params.read(_Words, Path(__file__).with_name("words.yaml")).root


def said(key: str, **values: object) -> Text:
    """Give a text in both languages; what fills its braces is a text in both, or the same in either."""
    found = words()[key]
    filled = {
        language: found[language].format(
            **{name: value[language] if isinstance(value, Text) else value for name, value in values.items()}
        )
        for language in ("zh", "en")
    }
    return Text(**filled)


def shown(number: float) -> str:
    """Give a number as one types it: with the digits that it has, at most six decimals.

    >>> shown(8444693.0), shown(0.1 + 0.2), shown(0.00001234)
    ('8444693', '0.3', '0.00001234')
    """
    rounded = publish(float(number), DIGITS) if abs(number) >= 1 else float(f"{number:.{DIGITS}g}") + 0.0
    return format(Decimal(str(rounded)).normalize(), "f")
