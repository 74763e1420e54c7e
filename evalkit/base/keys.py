"""The keys that an entry of a declared thing may have, found by the way that leads to the entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Tag


def keys_of(model: type[BaseModel], way: Iterable[str | int]) -> list[str]:
    """Name the keys of the entry to which a way leads, as pydantic tells it: it names members of unions, too."""
    here = [model]
    for part in way:
        members = [member for one in here for member in _members(one)]
        named = [member for names, member in members if part in names] if len(members) > 1 else []
        here = named or [found for _, member in members for found in _below(member, part)]
    models = [member for one in here for _, member in _members(one) if _is_model(member)]
    return list(dict.fromkeys(key for found in models for key in found.model_fields))


def _members(annotation: Any, tags: tuple[object, ...] = ()) -> Iterator[tuple[tuple[object, ...], Any]]:
    """Give the types that an annotation stands for, each with the names by which pydantic may tell it."""
    origin = get_origin(annotation)
    if origin is Annotated:
        of, *more = get_args(annotation)
        yield from _members(of, (*tags, *(each.tag for each in more if isinstance(each, Tag))))
    elif origin in (Union, UnionType):
        for member in get_args(annotation):
            yield from _members(member, tags)
    elif _is_model(annotation):
        kind = annotation.model_fields.get("kind")
        kinds = get_args(kind.annotation) if kind and get_origin(kind.annotation) is Literal else ()
        yield (*tags, *kinds, annotation.__name__), annotation
    else:
        yield tags, annotation


def _below(member: Any, part: str | int) -> list[Any]:
    """Give the type of what stands in an entry under a key, or in a list at a place."""
    if _is_model(member):
        return [member.model_fields[part].annotation] if part in member.model_fields else []
    origin, given = get_origin(member), get_args(member)
    if origin is dict and isinstance(part, str):
        return [given[1]]
    if origin is tuple and isinstance(part, int):
        return [given[0] if given[-1] is Ellipsis else given[min(part, len(given) - 1)]]
    return []


def _is_model(found: Any) -> bool:
    return isinstance(found, type) and issubclass(found, BaseModel)
