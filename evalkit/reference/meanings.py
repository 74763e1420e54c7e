"""What every model and every key means, in both languages: `meanings.yaml`, held against the models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pydantic import RootModel

from evalkit.base import params
from evalkit.base.errors import Problem
from evalkit.base.fields import Code
from evalkit.base.model import DeclaredModel
from evalkit.base.text import Text

FILE = Path(__file__).with_name("meanings.yaml")
WRITTEN = "both languages, in evalkit/reference/meanings.yaml (then `make reference`)"
Model = type[DeclaredModel]


class Meaning(DeclaredModel):
    """What a model is, what its keys mean, and an example of it: whole where it has a `kind`, else of some keys."""

    about: Text | None = None
    keys: dict[Code, Text] = {}
    example: dict[Code, Any] = {}


class _Meanings(RootModel[dict[str, Meaning]]):
    pass


@cache
def meanings() -> dict[str, Meaning]:
    """Every meaning by the name of its model."""
    return params.read(_Meanings, FILE).root


def about(model: Model) -> Text | None:
    """Say what a model is; None where it is not written down."""
    found = meanings().get(model.__name__)
    return found and found.about


def meaning(model: Model, key: str) -> Text | None:
    """Say what a key of a model means; None where it is not written down."""
    name = owner(model, key)
    return meanings()[name].keys[key] if name else None


def owner(model: Model, key: str) -> str | None:
    """Name the model, or the nearest that it extends, under which the meaning of a key is written down."""
    known = meanings()
    named = (base.__name__ for base in model.__mro__)
    return next((name for name in named if name in known and key in known[name].keys), None)


def names_kind(model: Model, key: str) -> bool:
    """Whether a key says only which of several models is meant, as `kind: geometric` does."""
    return key == "kind" and len(get_args(model.model_fields[key].annotation)) == 1


def gaps(models: Iterable[Model]) -> list[Problem]:
    """Find what lacks a meaning in Chinese or in English, and every meaning of what is not there any more."""
    models = list(models)
    return [*_unsaid(models), *_left_over(models)]


def _unsaid(models: list[Model]) -> Iterator[Problem]:
    for model in models:
        told = [key for key in model.model_fields if not names_kind(model, key)]
        keys = {f"{model.__name__}.{key}": meaning(model, key) for key in told}
        for where, text in {model.__name__: about(model), **keys}.items():
            if text is None or not text.zh.strip() or text.en in ("", text.zh):
                yield Problem(where, "no meaning" if text is None else "one language", f"a meaning in {WRITTEN}")


def _left_over(models: list[Model]) -> Iterator[Problem]:
    used = {(name, key) for model in models for key in model.model_fields if (name := owner(model, key))}
    fields = {model.__name__: model.model_fields for model in models}
    bases = {base.__name__ for model in models for base in model.__mro__}
    for name, found in meanings().items():
        if name not in bases:
            yield Problem(name, "a meaning of no model", f"no such entry in {WRITTEN}")
            continue
        yield from (_no_key(name, key, "a meaning") for key in found.keys if (name, key) not in used)
        yield from (_no_key(name, key, "an example") for key in found.example if key not in fields.get(name, ()))


def _no_key(name: str, key: str, what: str) -> Problem:
    return Problem(f"{name}.{key}", f"{what} of no key", f"no such entry in {WRITTEN}")
