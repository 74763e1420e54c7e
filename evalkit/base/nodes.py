"""The nodes of a YAML document, held against the limits before anything is made of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from evalkit.base.errors import Problem
from evalkit.base.limits import DEPTH, DIGITS, YAML_NODES
from evalkit.base.reading import UNSEEN, said

SAFE = 5_000  # levels of nesting that libyaml composes without running out of stack, with room to spare
LONG = 500_000  # characters
INTEGER = "tag:yaml.org,2002:int"


def compose(text: str, loader: type) -> tuple[yaml.Loader, yaml.Node | None]:
    """Give a loader of a text with the one node in it. Raises YAMLError where it is not YAML, too deep or too much."""
    deepest = text.count("[") + text.count("{") + 2 * max(map(len, text.splitlines()), default=0)
    if deepest > SAFE or len(text) > LONG:
        _check_events(text, loader)
    loading = loader(text)
    return loading, loading.get_single_node()


@dataclass(frozen=True)
class Placed:
    """The line of every key and list item, the keys that stand twice, and the scalars that nothing can hold."""

    lines: dict[tuple, int]
    twice: list[Problem] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)


def placed(node: yaml.Node | None) -> Placed:
    """Find the places of a document.

    Raises YAMLError for what is too much: nesting, an alias within what it names, or nodes once aliases are repeated.
    """
    found = Placed({(): node.start_mark.line + 1 if node else 1})
    _place_below(node, (), found)
    return found


def where(at: tuple, line: int | None) -> str:
    """Name a key by its path, with its line where that is known."""
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in at).lstrip(".") or "the file"
    return f"{key} (line {line})" if line else key


def _check_events(text: str, loader: type) -> None:
    """Refuse what libyaml could not compose, or only in a long time: its events cost a tenth of its nodes."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, loader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH:
            raise _refused(f"more than {DEPTH} levels of nesting", event.start_mark)
        if number > 3 * YAML_NODES:  # a pair has two at least, and a collection three
            raise _refused(f"more than {YAML_NODES} keys and items", event.start_mark)


def _place_below(node: yaml.Node | None, at: tuple, found: Placed) -> None:
    if isinstance(node, yaml.ScalarNode):
        found.faults.extend(_faults(node, at))
        return
    if node is None:
        return
    _check_size(node, at, found.lines)
    if isinstance(node, yaml.MappingNode):
        children = [(str(key.value), key, value) for key, value in node.value]
    else:
        children = [(place, item, item) for place, item in enumerate(node.value)]
    before: dict[str | int, int] = {}
    for name, key, value in children:
        here, line = (*at, name), key.start_mark.line + 1
        if name in before:
            found.twice.append(Problem(where(here, line), f"{name!r} again", f"once, as on line {before[name]}"))
        found.lines[here] = before[name] = line
        _place_below(value, here, found)


def _check_size(node: yaml.Node, at: tuple, lines: dict[tuple, int]) -> None:
    if len(at) > DEPTH:
        within = any(below is node for below in _collections(node))
        why = "unconstructable recursive node" if within else f"more than {DEPTH} levels of nesting"
        raise _refused(why, node.start_mark)
    if len(lines) + len(node.value) > YAML_NODES:
        raise _refused(f"more than {YAML_NODES} keys and items, as often as aliases repeat them", node.start_mark)


def _collections(node: yaml.Node) -> Iterator[yaml.Node]:
    """Every mapping and list below a node, each once: the node itself where it stands in itself."""
    known, left = set(), [node]
    while left:
        pairs = left.pop().value
        children = [child for pair in pairs for child in (pair if isinstance(pair, tuple) else (pair,))]
        for child in children:
            if isinstance(child, yaml.CollectionNode) and id(child) not in known:
                known.add(id(child))
                left.append(child)
                yield child


def _faults(node: yaml.ScalarNode, at: tuple) -> Iterator[Problem]:
    line = node.start_mark.line + 1
    if node.tag == INTEGER and len(node.value) > DIGITS:
        yield Problem(where(at, line), f"a number of {len(node.value)} digits", f"at most {DIGITS}")
    if unseen := UNSEEN.search(node.value):
        yield Problem(where(at, line), said(unseen[0]), "text that can be seen")


def _refused(problem: str, mark: yaml.Mark) -> yaml.YAMLError:
    return yaml.MarkedYAMLError(problem=f"found {problem}", problem_mark=mark)
