"""The words of forms and answers, in both languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from evalkit.base import params
from evalkit.base.fields import Code
from evalkit.base.model import DeclaredModel
from evalkit.base.text import Text

LONGEST = 60  # characters of what is cited


class Message(DeclaredModel):
    """What is said of a cell: what was found there, and what was expected."""

    found: Text
    expected: Text


class Words(DeclaredModel):
    """All words: labels, how to fill in a form, what is said of cells, and of files that are no forms."""

    labels: dict[Code, Text]
    how: tuple[Text, ...]
    messages: dict[Code, Message]
    files: dict[Code, Text]


@cache
def words() -> Words:
    """Give all words."""
    return params.read(Words, Path(__file__).with_name("words.yaml"))


def label(key: str) -> Text:
    """Give a label. KeyError where there is none."""
    return words().labels[key]


def filled(text: Text, **values: object) -> Text:
    """Fill the braces of a text; a value that is a Text says each language's."""
    told = {
        language: {key: each[language] if isinstance(each, Text) else each for key, each in values.items()}
        for language in ("zh", "en")
    }
    return Text(zh=text.zh.format_map(told["zh"]), en=text.en.format_map(told["en"]))


def cited(value: object) -> str:
    """Cite what stands in a cell, cut short where it is long."""
    text = str(value)
    text = "".join(each if each.isprintable() else "�" for each in text)
    return f"“{text[:LONGEST]}…”" if len(text) > LONGEST else f"“{text}”"
