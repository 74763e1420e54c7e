"""What the value of a key may be, in words: read from the schema, with links to the tables of a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evalkit.base import params
from evalkit.base.text import Language
from evalkit.reference.labels import label
from evalkit.reference.schema import Schema

MANY = 3  # alternatives, beyond which a cell does not spell them out
BOUNDLESS = 10**5  # from here on a bound is none to a reader


def refs(node: Schema, way: str = "") -> Iterator[tuple[str, str]]:
    """Give every model that a value may be or hold, with the way to it: `[]` for an item, `.*` for a named entry."""
    if "$ref" in node:
        yield node["$ref"].rpartition("/")[2], way
        return
    for option in (*node.get("oneOf", ()), *node.get("anyOf", ())):
        yield from refs(option, way)
    for key, step in (("items", "[]"), ("additionalProperties", ".*")):
        if isinstance(node.get(key), dict):
            yield from refs(node[key], way + step)


def kind_of(model: Schema) -> str | None:
    """Give the `kind` by which a model is told from others; None where it has none."""
    return model["properties"].get("kind", {}).get("const")


def link(name: str, text: str) -> str:
    """Link to the table of a model."""
    return f"[{text}](#{name.lower()})"


@dataclass(frozen=True)
class Shapes:
    """The words for values, over the definitions of one kind of file."""

    defs: dict[str, Schema]
    language: Language

    def of(self, node: Schema) -> str:
        """Say what a value may be."""
        options = [o for o in (*node.get("oneOf", ()), *node.get("anyOf", ())) if o.get("type") != "null"]
        if "$ref" in node:
            ((name, _),) = refs(node)
            return link(name, self._label_of(name))
        if options:
            return self._one_of(options)
        if "enum" in node or "const" in node:
            return self._listed(f"`{params.inline(value)}`" for value in node.get("enum", [node.get("const")]))
        match node.get("type"):
            case "array":
                return self._list(node)
            case "object":
                return self._entries(node)
        return self._scalar(node)

    def default(self, node: Schema, *, required: bool) -> str:
        """Say what stands where a key is left out."""
        default = node.get("default")
        if required:
            return f"**{self._say('required')}**"
        if default in (None, [], {}):
            return "—"
        if isinstance(default, dict) and "kind" not in default:
            return self._say("own_defaults")
        return f"`{params.inline({'kind': default['kind']} if isinstance(default, dict) else default)}`"

    def _one_of(self, options: list[Schema]) -> str:
        names = [name for option in options for name, way in refs(option) if not way]
        if len(names) == len(options) and all(kind_of(self.defs[name]) for name in names):
            return self._say("by_kind", options=self._listed(link(name, self._label_of(name)) for name in names))
        if len(options) > MANY and len(names) != len(options):
            return self._say("any")
        return " / ".join(map(self.of, options))

    def _label_of(self, name: str) -> str:
        kind = kind_of(self.defs[name])
        return f"`{kind}`" if kind else self._say("text2") if name == "Text" else name

    def _list(self, node: Schema) -> str:
        item, least, most = self.of(node["items"]), node.get("minItems"), node.get("maxItems")
        if least is not None and least == most:
            return f"[{', '.join([item] * most)}]"
        return self._say("list", item=item) + (self._say("at_least", n=least) if least else "")

    def _entries(self, node: Schema) -> str:
        value, names = node.get("additionalProperties"), node.get("propertyNames", {})
        if not isinstance(value, dict):
            return self._say("some_keys")
        key = self._listed(f"`{name}`" for name in names["enum"]) if "enum" in names else self._key(names)
        return self._say("entries", name=key, value=self.of(value))

    def _key(self, names: Schema) -> str:
        return self._say("year" if "pattern" in names else "code" if names.get("format") == "code" else "text")

    def _scalar(self, node: Schema) -> str:
        kind = node.get("type", "any")
        kind = kind[0] if isinstance(kind, list) else "code" if node.get("format") == "code" else kind
        return self._say({"string": "text"}.get(kind, kind)) + _bounds(node)

    def _listed(self, parts: Iterator[str]) -> str:
        return self._say("comma").join(parts)

    def _say(self, key: str, **values: object) -> str:
        return label(key, self.language, **values)


def _bounds(node: Schema) -> str:
    """Write the bounds of a number."""
    low, high = node.get("minimum"), node.get("maximum")
    if low is not None and high is not None and high < BOUNDLESS:
        return f" {low}–{high}"
    signs = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}
    limits = [f" {sign} {node[key]}" for key, sign in signs.items() if key in node and node[key] < BOUNDLESS]
    return ",".join(limits)
