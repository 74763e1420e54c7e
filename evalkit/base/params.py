"""Reading what people declare in YAML: string-safe, by line, every offender at once."""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from math import inf
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from evalkit.base import nodes
from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.base.keys import keys_of
from evalkit.base.limits import YAML_BYTES
from evalkit.base.reading import read_text

Model = TypeVar("Model", bound=BaseModel)
# What PyYAML lets through of a tag that does not fit its text.
UNMADE = (ValueError, TypeError, KeyError, IndexError, AttributeError)
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_TEXT = "tag:yaml.org,2002:str"


class ContradictionError(ValueError):
    """What a declared thing gets wrong as a whole: (path to the place, what is expected there), all at once."""

    def __init__(self, parts: Iterable[tuple[tuple, str]]):
        self.parts = tuple(parts)
        super().__init__("; ".join(expected for _, expected in self.parts))


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML 1.2's plain scalars: `no` is a word, 0370 and 2012-01-01 are text, true and 12 are what they seem."""

    yaml_implicit_resolvers = {}  # PyYAML's own name; rebound so that the parent's is not shared

    def construct_object(self, node: yaml.Node, deep: bool = False) -> object:
        """Take text as it is, which most nodes are: the parent keeps a record of each."""
        is_text = node.tag == _TEXT and isinstance(node, yaml.ScalarNode)
        return node.value if is_text else super().construct_object(node, deep)


class _Dumper(yaml.SafeDumper):
    """Puts in quotes what `_Loader` would otherwise not take for text."""

    yaml_implicit_resolvers = {}


for _side in (_Loader, _Dumper):
    _side.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
    _side.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
    _side.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))
    _side.add_implicit_resolver(
        "tag:yaml.org,2002:float",
        re.compile(r"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?$"),
        list("-0123456789"),
    )
    _side.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile("^<<$"), ["<"])
_Loader.add_constructor("tag:yaml.org,2002:seq", lambda loader, node: tuple(loader.construct_sequence(node, deep=True)))
_Loader.add_constructor("tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node, deep=True))


def read(model: type[Model], path: Path) -> Model:
    """Read a YAML file as `model`.

    Raises
    ------
    ParamsError
        The file is missing or not YAML, a key stands twice, or anything in it does not fit the model:
        every offender in one message, by key and line.
    """
    data, lines = parse(path)
    return checked(model, data, path, partial(place, lines=lines))


def checked(model: type[Model], data: object, path: Path, where: Callable[[tuple], str]) -> Model:
    """Take data that came from `path` as `model`; `where` names a place in them. Raises ParamsError."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ParamsError(f"{path.name} is not valid ({path})", problems(error, model, data, where)) from None


def dump(data: object) -> str:
    """Write plain data as YAML that reads back as the same."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def inline(data: object) -> str:
    """Write plain data as YAML in one line."""
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=inf, default_flow_style=True)
    return text.removesuffix("...\n").strip()


def place(at: tuple, lines: Mapping[tuple, int] | None = None) -> str:
    """Name a key, with its line, or that of the nearest key above it, where lines are known."""
    known = lines or {}
    line = next((known[at[:size]] for size in range(len(at), -1, -1) if at[:size] in known), None)
    return nodes.where(at, line)


def problems(
    error: ValidationError, model: type[BaseModel], data: object, where: Callable[[tuple], str] = place
) -> list[Problem]:
    """Turn pydantic's findings about `data` into problems; `where` names the place to which a path in them leads."""
    found = [item for item in error.errors() if not _long_enough(item)]
    return [problem for item in found for problem in _problems(item, model, data, where)]


def parse(path: Path) -> tuple[object, dict[tuple, int]]:
    """Read a YAML file as plain data, with the line of every key and list item. Raises ParamsError."""
    if not os.path.lexists(path):
        raise ParamsError(f"there is no file {path}", _near(path))
    text = read_text(path, most=YAML_BYTES)
    try:
        data, found = _parsed(text)
    except yaml.YAMLError as error:
        raise ParamsError(f"{path.name} is not YAML ({path})", [_syntax(error, text)]) from None
    except UNMADE as error:
        said = str(error) if isinstance(error, ValueError) else "a tag that does not fit what it tags"
        raise ParamsError(f"{path.name} is not YAML ({path})", [Problem("the file", said, "YAML")]) from None
    if found.twice or found.faults:
        why = "is not valid" if found.faults else "says a key twice"
        raise ParamsError(f"{path.name} {why} ({path})", [*found.twice, *found.faults])
    return _copied(data), found.lines


@lru_cache(maxsize=32)
def _parsed(text: str) -> tuple[object, nodes.Placed]:
    """Give the data of a text, and where all stands; kept, since a process reads the same files several times."""
    loader, node = nodes.compose(text, _Loader)
    found = nodes.placed(node)
    return loader.construct_document(node) if node and not found.faults else None, found


def _copied(data: object) -> object:
    if isinstance(data, dict):
        return {key: _copied(value) for key, value in data.items()}
    return tuple(map(_copied, data)) if isinstance(data, tuple) else data


def _near(path: Path) -> list[Problem]:
    known = sorted(other.name for other in path.parent.glob(f"*{path.suffix}"))
    return [Problem(str(path.parent), f"no {path.name}", one_of(path.name, known))] if known else []


def _syntax(error: yaml.YAMLError, text: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "the file"
    problem = getattr(error, "problem", None) or str(error)
    awaited = re.match("(?:did|could) not find expected (.*)", problem)
    if "tab character" in problem or (mark and text[mark.index : mark.index + 1] == "\t"):
        return Problem(where, "a tab", "blanks")
    if "cannot start any token" in problem:
        return Problem(where, "%, @ or ` at the beginning of a text", 'the text in quotes, as "%"')
    return Problem(where, *(("something else", awaited[1]) if awaited else (problem.removeprefix("found "), "YAML")))


def _problems(item: dict, model: type[BaseModel], data: object, where: Callable[[tuple], str]) -> list[Problem]:
    at = _in_data(item["loc"], data, absent=item["type"] == "missing")
    cause = item.get("ctx", {}).get("error")
    if item["type"] == "extra_forbidden":
        return [Problem(where(at), *_unknown(item, model))]
    if not isinstance(cause, ContradictionError):
        return [Problem(where(at), *_found_expected(item))]
    return [Problem(where((*at, *part)), _found(data, (*at, *part)), expected) for part, expected in cause.parts]


def _found(data: object, at: tuple) -> str:
    for part in at:
        within = isinstance(data, dict) and part in data
        data = data[part] if within or isinstance(data, tuple) else None
    return "nothing" if data is None else _short(data)


def _long_enough(item: dict) -> bool:
    """Whether a list is only called too short because pydantic counts none of its items that are wrong."""
    return item["type"] == "too_short" and len(item["input"]) >= item["ctx"]["min_length"]


def _in_data(loc: tuple, data: object, *, absent: bool) -> tuple:
    """Drop from pydantic's path the names of union members, which the author of the file never wrote."""
    at, here = [], data
    for place, part in enumerate(loc):
        last = place == len(loc) - 1
        if isinstance(here, dict) and (part in here or (last and absent)):
            here, part = here.get(part), str(part)
        elif isinstance(here, tuple) and isinstance(part, int):
            here = here[part] if part < len(here) else None
        elif here is not None or not last:
            continue
        at.append(part)
    return tuple(str(part) if not isinstance(part, int) else part for part in at)


def _unknown(item: dict, model: type[BaseModel]) -> tuple[str, str]:
    *way, key = item["loc"]
    comma = "; a comma inside {…} ends a value unless it is in quotes" if item["input"] is None else ""
    return f"the unknown key {key!r}", f"a key that this entry has: {one_of(key, keys_of(model, way))}{comma}"


def _found_expected(item: dict) -> tuple[str, str]:
    kind, found, context = item["type"], item["input"], item.get("ctx", {})
    if kind == "missing":
        key = item["loc"][-1]
        return "nothing", f"item {key + 1}" if isinstance(key, int) else f"the key {key!r}"
    if kind == "string_type" and isinstance(found, int | float) and not isinstance(found, bool):
        return f"the number {found}", f'text: write "{found}" in quotes'
    if kind in ("int_type", "float_type") and isinstance(found, str) and NUMBER.fullmatch(found):
        return f"the text {found!r}", f"a number: write {found} without quotes"
    if kind in ("literal_error", "union_tag_invalid"):
        options = context.get("expected") or context.get("expected_tags", "")
        known = [option.strip("' ") for option in re.split(r", | or ", options)]
        given = context.get("tag", found)
        return repr(given), one_of(given, known)
    return _short(found), _expected(kind, context, item["msg"])


def _expected(kind: str, context: dict, message: str) -> str:
    if kind == "value_error":
        return str(context["error"])
    if kind == "union_tag_not_found":
        return f"the key {context['discriminator']}"
    if kind == "too_long":
        return f"at most {context['max_length']} item(s)"
    if kind == "too_short":
        return f"at least {context['min_length']} item(s)"
    if kind == "invalid_key":
        return "a key that is text"
    if kind == "model_type":
        return "keys with values"
    return message.removeprefix("Input should be ")


def _short(found: object) -> str:
    if isinstance(found, dict) and "code" in found:
        return f"the entry {found['code']!r}"
    text = repr(list(found) if isinstance(found, tuple) else found)
    return text if len(text) <= 60 else text[:57] + "…"
