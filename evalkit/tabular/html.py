"""A table as HTML: numbers to the right, room for long text, lamps in their colours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from evalkit.tabular.cells import Cell, Lamp, is_figure

LONG, SHORT, WIDE = 14, 4, 7  # characters in a cell, rows on one sheet, columns in ordinary type
NO_TEX = "mathjax_ignore"  # a dollar in a cell is a dollar, also in JupyterLab
AMOUNT = re.compile(r"([+-]?)(\d{5,})(\.\d+)")


def table_html(
    labels: Sequence[str], numeric: Sequence[bool], rows: Sequence[Sequence[Cell]], *, title: str = ""
) -> str:
    """Give rows, of which there is one at least, in a box of their own, by which a wide table scrolls."""
    kinds = [_kind(*column) for column in zip(numeric, zip(*rows, strict=True), strict=True)]
    head = "".join(
        f'<th scope="col"{_class(kind)}>{escape(label)}</th>' for kind, label in zip(kinds, labels, strict=True)
    )
    body = "\n".join(f"<tr>{''.join(map(_cell, row, kinds))}</tr>" for row in rows)
    size = [name for name, holds in (("short", len(rows) <= SHORT), ("wide", len(kinds) > WIDE)) if holds]
    box = " ".join(["scroll", *size])
    caption = f"<caption>{escape(title)}</caption>" if title else ""
    table = f"{caption}<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>"
    return f'<div class="{box}"><table class="{NO_TEX}">{table}</table></div>'


def _kind(numeric: bool, cells: tuple[Cell, ...]) -> str:
    return "number" if numeric else "long" if any(len(str(cell)) > LONG for cell in cells) else ""


def _cell(cell: Cell, kind: str) -> str:
    lamp = cell.value.replace("_", "-") if isinstance(cell, Lamp) else ""
    return f"<td{_class(kind, lamp)}>{escape(_text(cell))}</td>"


def _text(cell: Cell) -> str:
    """Write a cell; the thousands of an amount are parted, those of whole numbers, which may be codes, are not."""
    text = str(cell)
    if is_figure(cell) and (amount := AMOUNT.fullmatch(text)):
        sign, whole, fraction = amount.groups()
        return f"{sign}{int(whole):,}{fraction}"
    return text


def _class(*names: str) -> str:
    named = " ".join(filter(None, names))
    return f' class="{named}"' if named else ""
