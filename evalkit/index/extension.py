"""Extensions: an index system that says only in what it differs from another one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

from evalkit.base import params
from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.base.fields import Code, Codes, Named
from evalkit.base.model import DeclaredModel
from evalkit.base.text import Text
from evalkit.index.indicator import PopulationBase
from evalkit.index.plan import Department, Plan

OWN_WORDS = ("extends", "remove", "add", "weights", "change")
ELSEWHERE = {
    "code": "another field: a node under another code is one removed and one added",
    "weight": "another field: weights stand under `weights`",
    "children": "another field: children stand under `remove` and `add`",
}


class Addition(DeclaredModel):
    """Nodes that come under a group: after its children, or before or after one of them."""

    under: Code
    before: Code | None = None
    after: Code | None = None
    nodes: tuple[dict[str, Any], ...]


class Extension(DeclaredModel):
    """What a variant states; `departments` and `population` add to the base's, every other field takes its place."""

    code: Code
    version: str
    name: Named
    extends: Code
    edition: Text | None = None
    population: dict[PopulationBase, Code] = {}
    departments: dict[Code, Department] = {}
    plan: Plan | None = None
    headline_input: Code | None = None
    remove: Codes = ()
    add: tuple[Addition, ...] = ()
    weights: dict[Code, float] = {}
    change: dict[Code, dict[str, Any]] = {}


def read(model: type[params.Model], path: Path) -> params.Model:
    """Read a YAML file as `model`, on top of the one that it `extends`, if it does.

    Raises
    ------
    ParamsError
        Anything in the file, or in one that it extends, is wrong; or extensions go round in a circle.
    """
    return _resolve(model, path)[1]


def files(path: Path) -> tuple[Path, ...]:
    """Every file that an index system rests on: its own, then the one that it extends, and so on."""
    found = []
    while path not in found:
        found.append(path)
        if os.path.isfile(path) and (base := _extended(path, path.stat().st_mtime_ns)):
            path = path.parent / f"{base}.yaml"
    return tuple(found)


@lru_cache
def _extended(path: Path, written: int) -> str | None:
    """Name the system that the one in a file extends; a file is read again where it was `written` at another time."""
    data, _ = params.parse(path)
    return data.get("extends") if isinstance(data, dict) else None


def _resolve(model: type[params.Model], path: Path, chain: tuple[Path, ...] = ()) -> tuple[dict, params.Model]:
    """Give the data with every extension applied, and what they are as `model`."""
    data, lines = params.parse(path)
    where = partial(params.place, lines=lines)
    if not (isinstance(data, dict) and "extends" in data):
        return data, params.checked(model, data, path, where)
    extension = params.checked(Extension, data, path, where)
    base, _ = _resolve(model, _base(path, extension.extends, (*chain, path), where(("extends",))), (*chain, path))
    variant = _Variant(data, extension, base, lines)
    wrong, resolved = list(variant.problems()), variant.resolved()
    try:
        checked = params.checked(model, resolved, path, variant.where)
    except ParamsError as error:
        raise ParamsError(error.title, [*wrong, *error.problems]) from None
    if wrong:
        raise ParamsError(f"{path.name} is not valid ({path})", wrong)
    return resolved, checked


def _base(path: Path, name: str, chain: tuple[Path, ...], where: str) -> Path:
    base = path.parent / f"{name}.yaml"
    if base in chain:
        circle = " → ".join(each.stem for each in (*chain[chain.index(base) :], base))
        wrong = Problem(where, f"a circle: {circle}", "a system that does not come back to this one")
    elif not os.path.isfile(base):
        known = sorted(other.stem for other in path.parent.glob("*.yaml") if other not in chain)
        wrong = Problem(where, repr(name), one_of(name, known))
    else:
        return base
    raise ParamsError(f"{path.name} is not valid ({path})", [wrong])


@dataclass(frozen=True)
class _Variant:
    """One extension over the data of its base, which are known to be valid."""

    data: dict
    extension: Extension
    base: dict
    lines: dict

    @cached_property
    def nodes(self) -> dict[str, dict]:
        return {node["code"]: node for _, node in _walk(self.base["tree"])}

    @cached_property
    def added(self) -> dict[str, tuple]:
        """The place in the file of every node that is added, by code."""
        tops = [
            (("add", number, "nodes", place), node)
            for number, addition in enumerate(self.extension.add)
            for place, node in enumerate(addition.nodes)
        ]
        return {node["code"]: at for start, top in tops for at, node in _walk(top, start) if _is_text(node.get("code"))}

    @cached_property
    def removed(self) -> set[str]:
        """The codes that go, with all that stands below them; what cannot go stays."""
        tops = [self.nodes[code] for code in self.extension.remove if code in self.nodes and not self._kept(code)]
        return {node["code"] for top in tops for _, node in _walk(top)}

    @cached_property
    def left(self) -> list[str]:
        return [code for code in self.nodes if code not in self.removed]

    def resolved(self) -> dict:
        """Give the data of the base with everything that the variant states."""
        own = {key: value for key, value in self.data.items() if key not in OWN_WORDS}
        merged = {key: {**self.base.get(key, {}), **own[key]} for key in ("population", "departments") if key in own}
        return {**self.base, **own, **merged, "tree": self._rebuilt(self.base["tree"])}

    def problems(self) -> Iterator[Problem]:
        """Give what names a node that is not there, or one that must stay."""
        for number, code in enumerate(self.extension.remove):
            why = self._kept(code) if code in self.nodes else one_of(code, self.nodes)
            if why:
                yield self._problem(("remove", number), repr(code), why)
        for number, addition in enumerate(self.extension.add):
            yield from self._misplaced(addition, ("add", number))
        known = [*self.left, *self.added]
        for words in ("weights", "change"):
            for code in getattr(self.extension, words):
                if code not in known:
                    gone = ", which `remove` takes away" if code in self.nodes else ""
                    yield self._problem((words, code), f"{code!r}{gone}", one_of(code, known))
        for code, fields in self.extension.change.items():
            for name in fields:
                if name in ELSEWHERE:
                    yield self._problem(("change", code, name), repr(name), ELSEWHERE[name])

    def where(self, at: tuple) -> str:
        """Say where the file states what stands at a place of the resolved data."""
        code, rest = _nearest(self.resolved(), at)
        if code in self.added:
            at = (*self.added[code], *rest)
        elif rest[:1] == ("weight",) and code in self.extension.weights:
            at = ("weights", code)
        elif code in self.extension.change:
            at = ("change", code, *rest)
        elif code is not None:
            return f"{'.'.join(map(str, (code, *rest)))}, with what {self.extension.code} changes"
        return params.place(at, self.lines)

    def _problem(self, at: tuple, found: str, expected: str) -> Problem:
        return Problem(params.place(at, self.lines), found, expected)

    def _kept(self, code: str) -> str | None:
        """Say why a node cannot go: it is the root, or something names it, or what stands below it."""
        if code == self.base["tree"]["code"]:
            return "a node below the root"
        going = {node["code"] for _, node in _walk(self.nodes[code])} - set(self.added)
        for place, named in _references({**self.base, **self.data}):
            if named in going:
                return f"a node that nothing names: {place} names {named!r}; state {place} anew, or leave the node"
        return None

    def _misplaced(self, addition: Addition, at: tuple) -> Iterator[Problem]:
        groups = [code for code in self.left if "children" in self.nodes[code]]
        if addition.under not in groups:
            yield self._problem((*at, "under"), repr(addition.under), one_of(addition.under, groups))
            return
        siblings = [c["code"] for c in self.nodes[addition.under]["children"] if c["code"] in self.left]
        for word in ("before", "after"):
            sibling = getattr(addition, word)
            if sibling not in {None, *siblings}:
                yield self._problem((*at, word), repr(sibling), one_of(sibling, siblings))
        if addition.before is not None and addition.after is not None:
            yield self._problem(at, "both `before` and `after`", "one of them, or neither")

    def _rebuilt(self, node: dict) -> dict:
        if not isinstance(node, dict):
            return node
        node = self._changed(node)
        if not isinstance(node.get("children"), tuple):
            return node
        children = [child for child in node["children"] if child["code"] not in self.removed]
        for addition in self.extension.add:
            if addition.under == node["code"]:
                place = _place(children, addition)
                children[place:place] = addition.nodes
        return {**node, "children": tuple(map(self._rebuilt, children))}

    def _changed(self, node: dict) -> dict:
        code = node.get("code") if _is_text(node.get("code")) else None
        changes = {k: v for k, v in self.extension.change.get(code, {}).items() if k not in ELSEWHERE}
        # Whether a node is scored decides its weight, so a weight of before says nothing any more.
        kept = {k: v for k, v in node.items() if k != "weight"} if "unscored" in changes else node
        weights = {"weight": self.extension.weights[code]} if code in self.extension.weights else {}
        return {**kept, **changes, **weights}


def _walk(node: dict, at: tuple = ()) -> Iterator[tuple[tuple, dict]]:
    yield at, node
    children = node.get("children")
    for number, child in enumerate(children if isinstance(children, tuple) else ()):
        if isinstance(child, dict):  # what is added may be of any shape until the whole is checked
            yield from _walk(child, (*at, "children", number))


def _is_text(code: object) -> bool:
    return isinstance(code, str)


def _place(children: list[dict], addition: Addition) -> int:
    codes = [child["code"] for child in children if isinstance(child, dict) and "code" in child]
    if addition.before in codes:
        return codes.index(addition.before)
    return codes.index(addition.after) + 1 if addition.after in codes else len(codes)


def _references(data: dict) -> Iterator[tuple[str, str]]:
    yield "headline_input", data.get("headline_input")
    plan = data.get("plan") or {}
    for kind in ("goals", "targets"):
        yield from ((f"plan.{kind}", goal.get("indicator")) for goal in plan.get(kind, ()))


def _nearest(data: dict, at: tuple) -> tuple[str | None, tuple]:
    """Give the code of the node in which a place lies, and the way from the node to the place."""
    code, rest, here = None, at, data
    for size, part in enumerate(at, start=1):
        here = here[part] if isinstance(here, tuple) or part in (here or ()) else None
        if isinstance(here, dict) and "tree" in at[:1] and _is_text(here.get("code")):
            code, rest = here["code"], at[size:]
    return code, rest
