"""How the tables of a page are set: numbers to the right, room for long text, the dress of pandas taken off."""

import re
from itertools import zip_longest

from lxml.html import HtmlElement

from evalkit.reporting.cells import LAMP_SIGNS, STATE_SIGNS

CELLS = ("th", "td")
LAMPS = {LAMP_SIGNS[lamp]: lamp.replace("_", "-") for lamp in ("met", "on_schedule", "behind", "disputed")}
NUMBER = re.compile(r"(?=.*\d)[\d\s.,:%‰+\-−–—~()\[\]<>=≤≥±×/*▲▼]+")
AMOUNT = re.compile(r"([+\-−]?)(\d{5,})(\.\d+)")
EMPTY = {"", "—", "–", "-", "...", "NaN", "nan", "NaT", "None", "<NA>", *STATE_SIGNS.values()}
LONG, SHORT, WIDE = 14, 16, 7  # characters in a cell, rows on one sheet, columns in ordinary type


def typeset(table: HtmlElement) -> None:
    """Set numbers to the right, give long text room and let a wide table scroll by itself, in a box of its own."""
    for tag in [table, *table.iter("tr")]:
        for name in ("border", "style"):
            tag.attrib.pop(name, None)
    _merge_index_names(table)
    _drop_row_numbers(table)
    rows = [_cells(row)[::-1] for row in table.iterfind(".//tbody//tr")]
    columns = [[cell for cell in column if cell is not None] for column in zip_longest(*rows)]
    kinds = [_typeset_column(column) for column in columns]
    for row in table.iterfind(".//thead//tr"):
        _align_header(row, kinds)
    size = [name for name, holds in (("short", len(rows) <= SHORT), ("wide", len(columns) > WIDE)) if holds]
    _wrap(table, " ".join(["scroll", *size]))


def write(tag: HtmlElement, text: str) -> None:
    """Put text in the place of all that a tag holds."""
    del tag[:]
    tag.text = text


def _typeset_column(column: list[HtmlElement]) -> str:
    """Typeset the cells of one column under each other, and give their kind."""
    texts = [_text(cell).strip() for cell in column]
    kind = _kind(set(texts))
    for cell, text in zip(column, texts, strict=True):
        if found := AMOUNT.fullmatch(text):
            write(cell, _grouped(*found.groups()))
        _add_class(cell, kind)
        _add_class(cell, LAMPS.get(text[:1], ""))
    return kind


def _grouped(sign: str, whole: str, fraction: str) -> str:
    """Part the thousands of an amount; whole numbers may be codes and years, and stay as they are."""
    return f"{sign}{int(whole):,}{fraction}"


def _merge_index_names(table: HtmlElement) -> None:
    """Move the names of the index, to which pandas gives a row of their own, up beside the columns'."""
    header = [_cells(row) for row in table.iterfind(".//thead//tr")]
    if len(header) < 2 or len(header[-1]) != len(header[-2]):
        return
    pairs = list(zip(*header[-2:], strict=True))
    if any(_text(column) and _text(name) for column, name in pairs):
        return
    for column, name in pairs:
        write(column, _text(column) or _text(name))
    pairs[0][1].getparent().drop_tree()


def _drop_row_numbers(table: HtmlElement) -> None:
    """Leave out an index that only counts rows."""
    first = [next(row.iter(*CELLS)) for row in table.iter("tr")]
    counted = [_text(cell) for cell in first if cell.getparent().getparent().tag == "tbody"]
    if counted == [str(place) for place in range(len(counted))]:
        for cell in first:
            cell.drop_tree()


def _align_header(row: HtmlElement, kinds: list[str]) -> None:
    """Align header cells with their columns, counting from the right: an index may span rows."""
    column = 0
    for cell in _cells(row)[::-1]:
        span = int(cell.get("colspan", 1))
        _add_class(cell, "group" if span > 1 else kinds[column] if column < len(kinds) else "")
        column += span


def _kind(texts: set[str]) -> str:
    filled = texts - EMPTY
    if filled and all(NUMBER.fullmatch(text) for text in filled):
        return "number"
    return "long" if any(len(text) > LONG for text in filled) else ""


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [*row.iter(*CELLS)]


def _text(cell: HtmlElement) -> str:
    return cell.text_content() if len(cell) else cell.text or ""


def _add_class(cell: HtmlElement, name: str) -> None:
    if name:
        cell.set("class", f"{cell.get('class', '')} {name}".lstrip())


def _wrap(table: HtmlElement, classes: str) -> None:
    box = table.makeelement("div", {"class": classes})
    table.addprevious(box)
    box.tail, table.tail = table.tail, None
    box.append(table)
