"""Examples of every key: from the minimal files, from what is declared beside meanings, and from a project's files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from evalkit.base import params
from evalkit.base.model import DeclaredModel
from evalkit.reference.kinds import KINDS, FileKind
from evalkit.reference.meanings import Model, meanings, owner

FOLDER = Path(__file__).with_name("examples")
LONGEST = 72  # characters: a cell of a table
EMPTY = (None, "", (), {})
Given = Iterator[tuple[Model, str, object]]


def minimal(kind: FileKind) -> list[Path]:
    """Give the smallest files of a kind that say all that there must be: one for each of its models."""
    names = (kind.code, f"{kind.code}-variant") if kind.variant else (kind.code,)
    return [FOLDER / f"{name}.yaml" for name in names]


@dataclass(frozen=True)
class Examples:
    """Short examples of keys, each as it is written in one line of YAML; models that share a meaning share them."""

    models: dict[str, Model]
    root: Path

    def of(self, model: Model, key: str) -> str | None:
        """Give an example of a key; None where there is no short one."""
        return self._short.get((owner(model, key), key))

    @cached_property
    def _short(self) -> dict[tuple[str | None, str], str]:
        short: dict[tuple[str | None, str], str] = {}
        for model, key, value in self._given():
            place = owner(model, key), key
            if place not in short and value not in EMPTY and len(text := params.inline(_plain(value))) <= LONGEST:
                short[place] = text
        return short

    def _given(self) -> Given:
        """Every key that is given somewhere, the most telling first."""
        for kind in KINDS:
            for path in minimal(kind):
                yield from _keys(kind.read(path))
        for name, found in meanings().items():
            yield from ((self.models[name], key, value) for key, value in found.example.items())
        for kind in KINDS:
            for path in kind.files(self.root):
                yield from _keys(kind.read(path))


def _keys(value: object) -> Given:
    """Every key that is given in a declared thing and in all below it."""
    if isinstance(value, DeclaredModel):
        own = _own(value)
        yield from ((type(value), key, one) for key, one in own.items())
        value = own
    for below in value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ():
        yield from _keys(below)


def _own(value: DeclaredModel) -> dict[str, object]:
    return {key: getattr(value, key) for key in type(value).model_fields if key in value.model_fields_set}


def _plain(value: object) -> object:
    """Give a declared value as it is written: without what it leaves out, and whole numbers without a point."""
    if isinstance(value, DeclaredModel):
        value = _own(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, float | Decimal):
        return int(value) if value == int(value) else float(value)
    return value
