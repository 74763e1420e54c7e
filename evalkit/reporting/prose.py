"""Sentences as Markdown, of which only the sentences' own marks are marks: all that was declared or entered is text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from IPython.display import Markdown

STRONG = "\ue000"  # of private use: what `**` in a sentence is while its braces are filled
LINK = re.compile(r"\[([^\]{}]+)\]\(#([\w-]+)\)")  # to a chapter, by its name; no braces
SET_LINK = re.compile("\ue001(.+?)\ue002([\\w-]+)\ue003")
INLINE = re.compile(r"[\\`*_<|$]|~(?=~)|&(?=#?\w+;)|\](?=[(\[:])")  # emphasis, code, HTML, tables, TeX, entities, links
NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")
BLOCK = re.compile(r"^(?:([+#])(?=\1*(?:\s|$))|[-=](?=[-=]*(?:\s|$))|>)")  # a rule, an item, a heading, a quotation
ITEM = "- "


def marked(sentence: str) -> str:
    """Set the marks of a sentence of the package apart from such characters in what will fill its braces.

    They are `**` and `[words](#chapter)`, which leads to a chapter in whatever volume it stands.
    """
    return LINK.sub("\ue001\\1\ue002\\2\ue003", sentence.replace("**", STRONG))


def link(words: str, chapter: str) -> str:
    """Give words that lead to a chapter, for the braces of a sentence."""
    return f"\ue001{words}\ue002{chapter}\ue003"


def plain_text(text: str) -> str:
    """Give text without its marks, for where there is no Markdown."""
    return SET_LINK.sub(r"\1", text).replace(STRONG, "")


def prose(text: str) -> Markdown:
    """Give text as Markdown: a line that begins with `- ` is an item of a list, an empty one ends a paragraph.

    Every other character that Markdown or HTML would take for a mark stands for itself.
    """
    lines = "\n".join(map(_line, text.split("\n")))
    return Markdown(SET_LINK.sub(r"[\1](#\2)", lines).replace(STRONG, "**"))


def paragraphs(*parts: str) -> Markdown:
    """Put what is said into paragraphs."""
    return prose("\n\n".join(filter(None, parts)))


def bullets(sentences: Iterable[str]) -> Markdown:
    """Give one point a sentence."""
    return prose(points(sentences))


def points(sentences: Iterable[str]) -> str:
    """Give one point a sentence, as text that goes on."""
    return "\n".join(f"- {sentence}" for sentence in sentences)


def _line(line: str) -> str:
    body = line.strip()
    item = ITEM if body.startswith(ITEM) else ""
    body = INLINE.sub(r"\\\g<0>", body.removeprefix(item).lstrip())
    return item + BLOCK.sub(r"\\\g<0>", NUMBERED.sub(r"\1\\\2", body))
