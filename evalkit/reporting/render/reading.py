"""An executed notebook read as a document: what the page shows, in the same order, numbered and linked alike."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement
from nbformat import NotebookNode

from evalkit.reporting.render.binding import NEW_PAGE, SEPARATOR, Bound, bind
from evalkit.reporting.render.document import (
    Block,
    Cell,
    Document,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Span,
    Spans,
    Verbatim,
    Volume,
)

ABOUT = "evalkit"  # under which a notebook says of itself what it is
FIRST_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)
LEVELS = {"h2": 2, "h3": 3, "h4": 4}
LAMPS = ("met", "on-schedule", "behind", "disputed", "not-applicable", "no-data")
PNG = "data:image/png;base64,"
ROOM = "checklist"  # the class of what is written on by hand


@dataclass(frozen=True)
class About:
    """What an executed notebook says of itself: the title of its report, its language, its edition and its mark.

    See `Document` for the last two.
    """

    title: str
    language: str = "zh"
    edition: str = ""
    mark: str | None = None


def about(notebook: NotebookNode) -> About:
    """Give what a notebook says of itself; of one that says nothing the first heading is the title."""
    if said := notebook.metadata.get(ABOUT):
        return About(**said)
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    heading = FIRST_HEADING.search(prose)
    return About(heading[1].partition(SEPARATOR)[0] if heading else "")


def document(notebook: NotebookNode) -> Document:
    """Read an executed notebook as a document."""
    said = about(notebook)
    volumes = tuple(
        Volume(name, bound.kicker or "", bound.landscape, tuple(_blocks(bound.body, bound)))
        for name, bound in bind(notebook, said.language).items()
    )
    return Document(said.title, said.language, said.edition, said.mark, volumes)


def _blocks(parent: HtmlElement, bound: Bound) -> Iterator[Block]:
    for tag in parent.iterchildren(tag="*"):
        if tag.tag in LEVELS:
            new_page = NEW_PAGE in tag.classes or _opens_page(tag)
            yield Heading(LEVELS[tag.tag], tag.text_content().strip(), tag.get("id", ""), new_page)
        elif tag.tag in ("ul", "ol"):
            yield Listing(tuple(_spans(item) for item in tag.iterchildren("li")), ordered=tag.tag == "ol")
        elif tag.tag == "table":
            yield _grid(tag, bound.kept)
        elif tag.tag == "figure":
            yield from _picture(tag, bound.kept)
        elif tag.tag == "pre":
            yield Verbatim(tag.text_content())
        elif tag.tag == "blockquote":
            yield from (Paragraph(_spans(line), quoted=True) for line in tag.iterchildren("p"))
        elif tag.tag == "p":
            yield Paragraph(_spans(tag))
        else:
            yield from _blocks(tag, bound)


def _opens_page(heading: HtmlElement) -> bool:
    """Whether a heading is the first thing in a box that begins a page."""
    box = heading.getparent()
    return NEW_PAGE in box.classes and heading.getprevious() is None


def _spans(tag: HtmlElement) -> Spans:
    """Give the words of a tag by their kind, neighbours of one kind together."""
    found: list[Span] = []
    for span in _parts(tag, Span("")):
        if found and (found[-1].strong, found[-1].href) == (span.strong, span.href):
            span = Span(found.pop().text + span.text, span.strong, span.href)
        found.append(span)
    return tuple(span for span in found if span.text)


def _parts(tag: HtmlElement, like: Span) -> Iterator[Span]:
    yield Span(_line(tag.text), like.strong, like.href)
    for child in tag.iterchildren(tag="*"):
        if child.tag == "br":
            yield Span("\n", like.strong, like.href)
        else:
            strong = like.strong or child.tag in ("strong", "b")
            yield from _parts(child, Span("", strong, _place(child) or like.href))
        yield Span(_line(child.tail), like.strong, like.href)


def _line(text: str | None) -> str:
    """Give text without the line breaks of its source, which a browser shows as blanks."""
    return (text or "").replace("\n", " ")


def _place(tag: HtmlElement) -> str:
    """Say where a link leads: to an anchor, in whatever volume it stands, or to an address."""
    href = tag.get("href", "") if tag.tag == "a" else ""
    _, at, anchor = href.partition("#")
    return f"#{anchor}" if at and "://" not in href else href


def _grid(table: HtmlElement, kept: Mapping[HtmlElement, Mapping]) -> Grid:
    caption, heads = table.find("caption"), table.xpath("./thead/tr[last()]/*")
    rows = table.xpath("./tbody/tr") or table.xpath(".//tr[td]")
    box = next((place for place in table.iterancestors() if place in kept), None)
    return Grid(
        caption.text_content() if caption is not None else "",
        tuple(head.text_content() for head in heads),
        tuple(tuple(_cell(cell) for cell in row.iterchildren("th", "td")) for row in rows),
        tuple(next((kind for kind in ("number", "long") if kind in head.classes), "") for head in heads),
        kept[box] if box is not None else None,
        any(ROOM in place.classes for place in table.iterancestors()),
    )


def _cell(cell: HtmlElement) -> Cell:
    return Cell(cell.text_content(), next((lamp for lamp in LAMPS if lamp in cell.classes), ""))


def _picture(figure: HtmlElement, kept: Mapping[HtmlElement, str]) -> Iterator[Picture]:
    """Give what can be drawn anywhere: a picture in the notebook."""
    image, caption = figure.find(".//img"), figure.find("figcaption")
    if image is not None and image.get("src", "").startswith(PNG):
        said = caption.text_content() if caption is not None else ""
        png = b64decode(image.get("src").removeprefix(PNG))
        yield Picture(said, image.get("alt", ""), png, kept.get(figure, ""))
