"""What is said of a workbook that came in, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from evalkit.base.text import Text
from evalkit.register.forms.words import filled, label, words

Level = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = ("error", "warning", "note")


@dataclass(frozen=True)
class Place:
    """A cell: the sheet and the coordinate as they came in, and the row (its key) and the column that it is of."""

    sheet: str = ""
    cell: str = ""
    key: str = ""
    column: str = ""

    def __str__(self):
        return "!".join(filter(None, (self.sheet, self.cell)))


NOWHERE = Place()


@dataclass(frozen=True)
class Comment:
    """What was found at a place and what was expected.

    An error stops the workbook, a warning asks for an explanation, and a note says how something was taken.
    `name` is what the row is of.
    """

    level: Level
    rule: str
    place: Place
    found: Text
    expected: Text
    name: Text | None = None


@dataclass
class Comments:
    """Comments as they are gathered."""

    all: list[Comment] = field(default_factory=list)

    def say(self, rule: str, place: Place, *, level: Level = "error", **values: object) -> None:
        """Add what a message says of a place."""
        message = words().messages[rule]
        found, expected = (filled(text, **values) for text in (message.found, message.expected))
        self.all.append(Comment(level, rule, place, found, expected))

    def refuse(self, kind: str, **values: object) -> None:
        """Add that a file is no form, and what it is."""
        self.say("not_workbook", NOWHERE, what=filled(words().files[kind], **values))


def by_cell(comments: Iterable[Comment]) -> Mapping[tuple[str, str], list[Comment]]:
    """Give comments by the row and the column that they are of."""
    found: dict[tuple[str, str], list[Comment]] = {}
    for comment in comments:
        if comment.place.key:
            found.setdefault((comment.place.key, comment.place.column), []).append(comment)
    return found


def worst(comments: Iterable[Comment]) -> Level:
    """Give the most serious level of some comments."""
    return min((comment.level for comment in comments), key=LEVELS.index)


def where(place: Place, language: str) -> str:
    """Name a place."""
    return str(place) or label("workbook")[language]
