"""What an executed notebook shows, as HTML: prose and outputs, without code, volume by volume."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape

import mistune
from nbformat import NotebookNode

from evalkit.tabular.cells import NOT_PRINTED
from evalkit.tabular.table import TYPED

EXTENSIONS = ("strikethrough", "table")
BODY, VOLUME, CHAPTER = "report", "volume:", "chapter:"
TYPED_HERE = "data-typed"  # marks what shows a table whose cells the notebook keeps
TERMINAL_COLOUR = re.compile(r"\x1b\[[\d;]*m")


def volumes(notebook: NotebookNode) -> dict[str, list[NotebookNode]]:
    """Part the cells of a notebook into its volumes by name: a cell that is tagged `volume:NAME` begins one.

    What stands before the first is the body, `report`.
    """
    parted, name = {BODY: []}, BODY
    for cell in notebook.cells:
        name = _tagged(cell, VOLUME) or name
        parted.setdefault(name, []).append(cell)
    return parted


def shown(cells: Iterable[NotebookNode]) -> str:
    """Give the prose and the outputs of cells, in their order, as one piece of HTML.

    The prose that begins a chapter has its name as its id. Of several forms of an output the richest is taken. Tables
    without rows are left out, and what cells wrote to stderr. HTML stays as it is in the notebook's own prose and in
    outputs that are HTML; in prose that a cell made, it is text.
    """
    return "\n".join(part for cell in cells for part in _parts(cell))


def typed(cells: Iterable[NotebookNode]) -> list[Mapping]:
    """Give the tables of which the notebook has the cells with their types, in their order: what `shown` marks."""
    outputs = (output for cell in cells for output in cell.get("outputs", []) if "data" in output)
    return [output.data[TYPED] for output in outputs if TYPED in output.data and "text/html" in output.data]


def _tagged(cell: NotebookNode, prefix: str) -> str:
    tags = (tag for tag in cell.metadata.get("tags", ()) if tag.startswith(prefix))
    return next(tags, "").removeprefix(prefix)


def _parts(cell: NotebookNode) -> list[str]:
    if cell.cell_type == "markdown":
        return [_section(_renderer(escape=False)(cell.source), _tagged(cell, CHAPTER))]
    return [_output(output) for output in cell.get("outputs", [])]


def _output(output: NotebookNode) -> str:
    if output.output_type == "stream":
        return _text(output.text) if output.name == "stdout" else ""
    if output.output_type == "error":
        return "\n".join(f'<pre class="error">{_plain(line)}</pre>' for line in output.traceback)
    if output.data == {"text/plain": NOT_PRINTED}:  # a table without rows
        return ""
    if TYPED in output.data and "text/html" in output.data:
        return _html(output.data["text/html"], f" {TYPED_HERE}")
    richest = next((kind for kind in FORMS if kind in output.data), None)
    if richest == "image/png":
        return _png(output.data[richest], output.metadata.get(richest, {}).get("alt", ""))
    return FORMS[richest](output.data[richest]) if richest else ""


def _prose(markdown: str) -> str:
    return _section(_renderer(escape=True)(markdown)) if markdown.strip() else ""


def _section(html: str, name: str = "") -> str:
    anchor = f' id="{escape(name)}"' if name else ""
    return f'<section class="prose"{anchor}>\n{html}</section>'


@cache
def _renderer(*, escape: bool) -> mistune.Markdown:
    return mistune.create_markdown(escape=escape, plugins=EXTENSIONS)


def _html(html: str, mark: str = "") -> str:
    return f'<div class="output"{mark}>\n{html}\n</div>'


def _png(base64: str, alt: str = "") -> str:
    caption = f"<figcaption>{escape(alt)}</figcaption>" if alt else ""
    return f'<figure><img src="data:image/png;base64,{"".join(base64.split())}" alt="{escape(alt)}">{caption}</figure>'


def _svg(svg: str) -> str:
    return f"<figure>{svg}</figure>"


def _text(text: str) -> str:
    return f"<pre>{_plain(text)}</pre>"


def _plain(text: str) -> str:
    return escape(TERMINAL_COLOUR.sub("", text), quote=False)


# the richest first
FORMS = {
    "text/html": _html,
    "text/markdown": _prose,
    "image/svg+xml": _svg,
    "image/png": _png,
    "text/plain": _text,
}
