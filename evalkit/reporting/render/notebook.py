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
KEPT_HERE = "data-kept"  # marks what shows a table or a figure of which the notebook keeps more than HTML has
HTML, PNG, SVG = "text/html", "image/png", "image/svg+xml"
KEPT = {HTML: TYPED, PNG: SVG}  # beside what is shown
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


def kept(cells: Iterable[NotebookNode]) -> list[Mapping | str]:
    """Give what the notebook keeps of what `shown` marks, in their order: cells with their types, figures as SVG."""
    outputs = (output.data for cell in cells for output in cell.get("outputs", []) if "data" in output)
    return [data[KEPT[form]] for data in outputs if (form := _richest(data)) in KEPT and KEPT[form] in data]


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
    form = _richest(output.data)
    mark = f" {KEPT_HERE}" if KEPT.get(form) in output.data else ""
    if form == PNG:
        return _png(output.data[form], output.metadata.get(form, {}).get("alt", ""), mark)
    if form == HTML:
        return _html(output.data[form], mark)
    return FORMS[form](output.data[form]) if form else ""


def _richest(data: Mapping) -> str | None:
    return next((form for form in FORMS if form in data), None)


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


def _png(base64: str, alt: str = "", mark: str = "") -> str:
    caption = f"<figcaption>{escape(alt)}</figcaption>" if alt else ""
    source = f"data:image/png;base64,{''.join(base64.split())}"
    return f'<figure{mark}><img src="{source}" alt="{escape(alt)}">{caption}</figure>'


def _svg(svg: str) -> str:
    return f"<figure>{svg}</figure>"


def _text(text: str) -> str:
    return f"<pre>{_plain(text)}</pre>"


def _plain(text: str) -> str:
    return escape(TERMINAL_COLOUR.sub("", text), quote=False)


# the richest first; of a figure that is there as both, a page has the picture, which says what is to be seen
FORMS = {
    HTML: _html,
    "text/markdown": _prose,
    PNG: _png,
    SVG: _svg,
    "text/plain": _text,
}
