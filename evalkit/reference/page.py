"""The reference page: every kind of file with a minimal example, and a table for each of its models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evalkit.base.text import Language
from evalkit.reference.examples import Examples, minimal
from evalkit.reference.kinds import KINDS
from evalkit.reference.labels import label
from evalkit.reference.schema import models
from evalkit.reference.shapes import link
from evalkit.reference.tables import SHARED, Tables

NAMES: dict[str, Language] = {"reference.zh-CN.md": "zh", "reference.md": "en"}


def pages(root: Path) -> dict[str, str]:
    """Give the pages by the names of their files; some examples are from the files of a project."""
    examples = Examples(models(), root)
    return {name: page(language, examples) for name, language in NAMES.items()}


def page(language: Language, examples: Examples) -> str:
    """Give the whole page in one language, as Markdown."""
    kinds = [Tables(kind, language, examples) for kind in KINDS]
    head = [f"<!-- {label('made', language)} -->", f"# {label('title', language)}", label("other", language)]
    contents = "\n".join([*map(_contents, kinds), f"- {link(SHARED, label('shared', language))}"])
    sections = [part for tables in kinds for part in _section(tables)]
    shared = [f"## {label('shared', language)}", *_model(kinds[0], SHARED)]
    intro = [label("intro", language).strip(), f"## {label('contents', language)}", contents]
    return "\n\n".join([*head, *intro, *sections, *shared]) + "\n"


def _contents(tables: Tables) -> str:
    """Link to a kind of file, and to each table below it: those of one place together."""
    (root, *_), code = tables.roots, tables.kind.code
    links: dict[str, list[str]] = {}
    for name in tables.ways:
        way, kind = tables.place(name)
        links.setdefault(f"`{way}` " if kind else name, []).append(link(name, f"`{kind or way}`"))
    del links[root]
    below = [(way if way not in tables.ways else "") + ", ".join(own) for way, own in links.items()]
    first = f"- [**{code}**](#{code}){label('colon', tables.language)}{tables.about(root)}"
    return "\n  ".join([first, " · ".join(below)])


def _section(tables: Tables) -> Iterator[str]:
    yield f"## {tables.kind.code}"
    yield f"{label('at', tables.language)}`{tables.kind.place}`"
    for name in tables.ways:
        yield from _model(tables, name)


def _model(tables: Tables, name: str) -> Iterator[str]:
    """Give the heading, the meaning, the table and the example of a model."""
    language = tables.language
    if name != tables.roots[0]:
        yield f'<a id="{name.lower()}"></a>\n\n### {tables.heading(name)}'
    also = label("comma", language).join(f"`{way}`" for way in tables.elsewhere(name))
    yield tables.about(name) + (label("also", language) + also if also else "")
    if name in tables.roots:
        yield _file(tables, name)
    yield tables.table(name)
    if example := tables.example(name):
        yield f"{label('example', language)}`{example}`"


def _file(tables: Tables, root: str) -> str:
    """Give the minimal file of a root model, with the line by which an editor finds its schema."""
    path = minimal(tables.kind)[tables.roots.index(root)]
    text = path.read_text(encoding="utf-8")
    return f"{label('minimal', tables.language)}\n\n```yaml\n{tables.kind.header()}\n{text}```"
