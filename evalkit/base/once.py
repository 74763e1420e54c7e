"""Computing once: what hangs on an immutable value is worked out when it is first asked for, and kept with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
KEPT = "_kept"


def once(compute: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Have a function or method compute once for each value that it is first given, and for each set of arguments.

    What it gives is kept with that value (its first argument, which must be immutable), is shared by all who ask, and
    goes where the value goes: into a pickle, and into a process that is forked. The arguments must be hashable, and
    are the same however they are given: by place, by name, or left to their defaults.

    >>> from types import SimpleNamespace
    >>> halved = once(lambda value: [value.whole / 2])
    >>> value = SimpleNamespace(whole=4)
    >>> halved(value) is halved(value)
    True
    """
    name = f"{compute.__module__}.{compute.__qualname__}"
    _, *others = signature(compute).parameters.values()
    defaults = {parameter.name: parameter.default for parameter in others}

    @wraps(compute)
    def computed(value, *arguments, **options):
        kept = vars(value).setdefault(KEPT, {})
        given = defaults | dict(zip(defaults, arguments, strict=False)) | options
        key = (name, *given.values())
        if key not in kept:
            kept[key] = compute(value, *arguments, **options)
        return kept[key]

    return computed
