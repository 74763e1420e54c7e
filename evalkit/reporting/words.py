"""The words of tables, figures, pages and sentences, in the language of the report; a study may have its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from functools import cache
from pathlib import Path
from string import Formatter
from typing import get_args

from evalkit.base import params
from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.base.fields import Code
from evalkit.base.model import DeclaredModel
from evalkit.base.once import once
from evalkit.base.text import Language, Text
from evalkit.reporting.prose import marked
from evalkit.study import Study
from evalkit.tabular.table import in_language
from evalkit.words import Wording

WORDS = "words.yaml"
LANGUAGES = get_args(Language)
STOPS = re.compile(r"[。！？]。|(?<!\.)\.\.(?!\.)")
NAME = "{name}"  # tells labels of one key that stand in one table
TITLE, SHEET_NAME = "title_", re.compile(r"(?!')[^\[\]:*?/\\]{1,31}(?<!')")  # as Excel takes them


class _Words(DeclaredModel):
    """The words of one chapter, or of all: in sentences `**` is a mark, and in labels it is text."""

    labels: dict[Code, Text] = {}
    sentences: dict[Code, Text] = {}


@cache
def words() -> dict[str, Text]:
    """Every label and sentence of the package by its key. Raises ParamsError with every key that stands twice."""
    times_said = Counter(key for own in _files() for key in (*own.labels, *own.sentences))
    if twice := sorted(key for key, times in times_said.items() if times > 1):
        raise ParamsError("keys stand twice among the words of the package", twice)
    labels = {key: text for own in _files() for key, text in own.labels.items()}
    sentences = {key: text for own in _files() for key, text in own.sentences.items()}
    return labels | {key: Text(zh=marked(text.zh), en=marked(text.en)) for key, text in sentences.items()}


@once
def wording(study: Study) -> Mapping[str, Text]:
    """Every label and sentence by its key, in the words of the study where it has its own.

    Raises ParamsError with every offender in them: an unknown key, braces that nothing fills, two labels that were
    different and are no longer, a label without its `{name}`, a sheet's name that Excel does not take.
    """
    package = words()
    own = {key: text for key, text in study.words.items() if key in package}
    said = package | {key: _in_other_words(key, text) for key, text in own.items()}
    unknown = (Problem(key, "no label or sentence", one_of(key, package)) for key in study.words if key not in own)
    places = [(key, language) for key, text in own.items() for language in LANGUAGES if text[language] is not None]
    if wrong := [*unknown, *(problem for place in places for problem in _misfits(said, *place))]:
        raise ParamsError(f"the words {study.round.words} do not fit those of the reports", wrong)
    return said


def word(key: str, language: str, study: Study | None = None, **values) -> str:
    """Give one label or sentence, in the words of a study if one is given; `values` fill its braces."""
    if study is None:
        return _said(words()[key][language], language, {}, values)
    if not values:
        return _bare(study, key, language)
    return _said(wording(study)[key][language], language, declared_names(study, language), values)


@once
def _bare(study: Study, key: str, language: str) -> str:
    """Give one that stands by itself, as most labels do."""
    return _said(wording(study)[key][language], language, declared_names(study, language), {})


def _said(text: str, language: str, declared: Mapping[str, str], values: Mapping[str, object]) -> str:
    filled = {name: in_language(value, language) for name, value in values.items()}
    return _one_stop(text.format(**(declared | filled)))


def _one_stop(text: str) -> str:
    """Leave one stop where a declared text that has its own ends a sentence; an ellipsis stays."""
    return STOPS.sub(lambda found: found[0][0], text)


@once
def declared_names(study: Study, language: str) -> dict[str, str]:
    """Give what the rules of a study call things, for the braces of words; nothing where it is not assessed."""
    rules = study.rules
    if rules is None:
        return {}
    named = {f"{code}_part": part.name for code, part in rules.parts.items()}
    named |= {"unrated": rules.bands.unrated, "lowest_band": rules.bands.scale[-1].name}
    if rules.quota:
        named["quota_band"] = rules.bands.name_of(rules.quota.band)
    return {name: text[language] for name, text in named.items()}


@cache
def _files() -> tuple[_Words, ...]:
    """Read the words that all share, and those of each chapter and folder."""
    room = Path(__file__).parent
    own = (path for folder in ("*", "chapters/*") for path in sorted(room.glob(f"{folder}/{WORDS}")))
    return tuple(params.read(_Words, path) for path in (room / WORDS, *own))


@cache
def _labels() -> Set[str]:
    return {key: None for own in _files() for key in own.labels}.keys()


def _in_other_words(key: str, own: Wording) -> Text:
    mark = str if key in _labels() else marked
    return Text(**{to: words()[key][to] if own[to] is None else mark(own[to]) for to in LANGUAGES})


def _misfits(said: Mapping[str, Text], key: str, language: str) -> Iterator[Problem]:
    where, text, before = f"{key}.{language}", said[key][language], words()[key][language]
    if not text.strip():
        yield Problem(where, "nothing", "words")
    try:
        unfilled = _braces(text) - _braces(before)
    except ValueError as fault:
        yield Problem(where, str(fault).lower(), "braces in pairs; {{ and }} for those that are to be printed")
    else:
        yield from (Problem(where, brace, one_of(brace, sorted(_braces(before)))) for brace in sorted(unfilled))
    if key in _labels() and NAME in before and NAME not in text:
        yield Problem(where, repr(text), f"{NAME} in it, which tells it from the others of its key")
    if key.startswith(TITLE) and not SHEET_NAME.fullmatch(text):
        yield Problem(where, repr(text), "at most 31 characters without [ ] : * ? / \\, not between apostrophes")
    if key in _labels() and (other := _same(said, key, language)):
        yield Problem(where, repr(text), f"another word, which is not that of {other}")


def _same(said: Mapping[str, Text], key: str, language: str) -> str | None:
    """Name another label that bears the same word now, and in the package another."""
    text, before = said[key][language].casefold(), words()[key][language]
    alike = (other for other in _labels() if said[other][language].casefold() == text)
    return next((other for other in alike if words()[other][language] != before), None)


def _braces(text: str) -> set[str]:
    """Give what is to be filled in, as it is written. Raises ValueError where a brace stands alone."""
    parts = ((name, conversion, spec) for _, name, spec, conversion in Formatter().parse(text) if name is not None)
    return {f"{{{name}{f'!{how}' if how else ''}{f':{spec}' if spec else ''}}}" for name, how, spec in parts}
