"""The tables of a reference page: one for each model, a row a key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from evalkit.base import params
from evalkit.base.text import Language
from evalkit.reference.examples import Examples
from evalkit.reference.kinds import FileKind
from evalkit.reference.labels import label
from evalkit.reference.meanings import about, meaning, meanings, names_kind
from evalkit.reference.schema import Schema, models_of, schema
from evalkit.reference.shapes import Shapes, kind_of, refs

COLUMNS = ("key", "shape", "default", "meaning", "example")
SHARED, EXTENDS = "Text", "extends"
KIND = re.compile(r"\(\w+\)")


@dataclass(frozen=True)
class Tables:
    """The tables of one kind of file in one language."""

    kind: FileKind
    language: Language
    examples: Examples

    @property
    def roots(self) -> list[str]:
        """The models of a whole file."""
        return [model.__name__ for model in self.kind.models]

    @cached_property
    def ways(self) -> dict[str, list[str]]:
        """The ways from the file to every model but the shared one; each model stands after the one that it is in."""
        found: dict[str, list[str]] = {}
        for root in self.roots:
            self._walk(root, "", found)
        if self.kind.variant:
            found[self.kind.variant.__name__] = [EXTENDS]
        return found

    def place(self, name: str) -> tuple[str, str | None]:
        """Give the first way to a model, and the kind by which it is told from others there."""
        return self.ways.get(name, [name])[0], kind_of(self._defs[name])

    def heading(self, name: str) -> str:
        """Name a model by its place."""
        way, kind = self.place(name)
        return f"`{way}` · `kind: {kind}`" if kind else f"`{way}`"

    def about(self, name: str) -> str:
        """Say what a model is."""
        return about(self._models[name])[self.language]

    def elsewhere(self, name: str) -> list[str]:
        """Give the other ways to a model, whatever the kinds of what they lead through."""
        return list(dict.fromkeys(KIND.sub("", way) for way in self.ways.get(name, ())))[1:]

    def table(self, name: str) -> str:
        """Give the table of a model in Markdown."""
        node = self._defs[name]
        rows = [self._row(name, key, node) for key in node["properties"]]
        head = [label(f"head_{column}", self.language) for column in COLUMNS]
        return "\n".join(map(_line, [head, ["---"] * len(head), *rows]))

    def example(self, name: str) -> str | None:
        """Give a whole entry of a model, where one is declared beside its meanings."""
        found = meanings()[name].example
        return params.inline(dict(found)) if "kind" in found else None

    def _row(self, name: str, key: str, node: Schema) -> list[str]:
        shapes, model, value = Shapes(self._defs, self.language), self._models[name], node["properties"][key]
        kind = names_kind(model, key)
        told = label("this_kind", self.language) if kind else meaning(model, key)[self.language]
        example = value["const"] if kind else self.examples.of(model, key)
        required = key in node.get("required", [])
        own = shapes.default(value, required=required)
        return [f"`{key}`", shapes.of(value), own, told, f"`{example}`" if example else ""]

    def _walk(self, name: str, way: str, found: dict[str, list[str]]) -> None:
        known, kind = name in found, kind_of(self._defs[name])
        found.setdefault(name, []).append(way)
        start = f"{way}({kind})." if kind else f"{way}." if way else ""
        for key, value in () if known else self._defs[name]["properties"].items():
            for below, step in refs(value):
                if below != SHARED:
                    self._walk(below, f"{start}{key}{step}", found)

    @cached_property
    def _defs(self) -> dict[str, Schema]:
        return schema(self.kind)["$defs"]

    @cached_property
    def _models(self) -> dict:
        return models_of(self.kind)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
