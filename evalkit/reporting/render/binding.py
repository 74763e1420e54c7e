"""The volumes of an executed notebook, put in order: one language, chapters numbered, nothing empty, links across."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from lxml.html import HtmlElement, HTMLParser, document_fromstring
from nbformat import NotebookNode

from evalkit.reporting.render.notebook import BODY, KEPT_HERE, kept, shown, volumes

SEPARATOR = " · "
CAPTIONS = {
    "caption": {"zh": "{annex}表 {n}　{title}", "en": "Table {annex}{n}. {title}"},
    "figcaption": {"zh": "{annex}图 {n}　{title}", "en": "Figure {annex}{n}. {title}"},
}
ANNEXED = {"zh": "附", "en": "A"}
LANDSCAPE = ("annex", "checklists")  # the volumes of wide tables
HEADINGS, DRAWN = ("h2", "h3", "h4"), ("figure", "svg", "img")
CONTENT = ("p", "li", "td", "pre", *DRAWN)
DIGITS = ("", *"一二三四五六七八九")
Sections = list[tuple[str, str]]  # anchors, headings
NEW_PAGE = "new-page"  # a span of this class in a heading begins a printed page with it


@dataclass(frozen=True)
class Bound:
    """A volume that holds something.

    Attributes
    ----------
    kicker : its first-level heading, taken out of it.
    sections : the anchors and the headings of its chapters.
    body : all that it shows.
    kept : what the notebook keeps beside: the cells of a table with their types, a figure as SVG, by what shows it.
    """

    kicker: str | None
    sections: Sections
    body: HtmlElement
    kept: Mapping[HtmlElement, Mapping | str]
    landscape: bool


def bind(notebook: NotebookNode, language: str) -> dict[str, Bound]:
    """Give what an executed notebook shows, by the name of its volume; the body is there in any case.

    Second-level headings are numbered, and headings that are told in two languages are in the one of the report.
    Tables without rows, sections in which nothing is shown and volumes without content are left out. Links to a chapter
    lead to its volume; those that lead to none become plain words.
    """
    read = {name: _body(cells, language) for name, cells in volumes(notebook).items()}
    kickers = {name: _take_out(body.find(".//h1")) for name, (body, _) in read.items()}
    sections = {
        name: _sections(body, language) for name, (body, _) in read.items() if name == BODY or _has_content(body)
    }
    for name in sections:
        body, _ = read[name]
        _link(body, name, sections)
        _number_captions(body, language, annexed=name != BODY)
    return {name: Bound(kickers[name], sections[name], *read[name], name in LANDSCAPE) for name in sections}


@cache
def _parser() -> HTMLParser:
    return HTMLParser(huge_tree=True)  # a picture may be larger than what is trusted of a stranger


def _write(tag: HtmlElement, text: str) -> None:
    """Put text in the place of all that a tag holds."""
    del tag[:]
    tag.text = text


def _body(cells: Iterable[NotebookNode], language: str) -> tuple[HtmlElement, dict[HtmlElement, Mapping | str]]:
    """Read what is shown, without styles, tables and sections that hold nothing, its headings in one language."""
    body = document_fromstring(f"<body>{shown(cells)}</body>", parser=_parser()).body
    places = body.xpath(f".//*[@{KEPT_HERE}]")
    for place in places:
        del place.attrib[KEPT_HERE]
    beside = dict(zip(places, kept(cells), strict=True))
    for unwanted in [*body.iter("script", "style")]:
        unwanted.drop_tree()
    for table in [*body.iter("table")]:
        if table.find(".//td") is None:
            table.drop_tree()
    for heading in body.iter("h1", *HEADINGS):
        if heading.find_class(NEW_PAGE):
            heading.classes.add(NEW_PAGE)
        own = heading.getparent().get("class") == "prose"  # of the notebook, in both languages
        _write(heading, _in_language(heading.text_content(), language) if own else heading.text_content())
    _leave_out_empty(body)
    return body, beside


def _in_language(heading: str, language: str) -> str:
    """Of a heading in two languages give the one.

    >>> _in_language("摘要 · Summary", "en"), _in_language("摘要 · Summary", "zh"), _in_language("2012", "en")
    ('Summary', '摘要', '2012')
    """
    first, _, second = heading.rpartition(SEPARATOR)
    return second if language == "en" else first or second


def _has_content(body: HtmlElement) -> bool:
    return any(tag.tag in DRAWN or tag.text_content().strip() for tag in body.iter(*CONTENT))


def _link(body: HtmlElement, own: str, sections: Mapping[str, Sections]) -> None:
    """Have links to a chapter lead to its volume; what leads to none becomes plain words."""
    places = {anchor: name for name, listed in sections.items() for anchor, _ in listed}
    for link in [*body.iter("a")]:
        anchor = link.get("href", "").partition("#")[2]
        if not link.get("href", "").startswith("#"):
            continue
        if anchor not in places:
            link.drop_tag()
        elif places[anchor] != own:
            link.set("href", f"{places[anchor]}.html#{anchor}")


def _take_out(heading: HtmlElement | None) -> str | None:
    """Take a heading out, with a section that holds nothing else, and give its words."""
    if heading is None:
        return None
    section = heading.getparent()
    heading.drop_tree()
    if section.getparent() is not None and not len(section) and not section.text_content().strip():
        section.drop_tree()
    return heading.text_content()


def _sections(body: HtmlElement, language: str) -> Sections:
    """Number the sections; give their anchors and names."""
    sections = []
    for number, heading in enumerate(body.iter("h2"), 1):
        chapter = heading.getparent().get("id") or f"section-{number}"
        heading.getparent().attrib.pop("id", None)
        heading.set("id", chapter)
        heading.text = f"{number}. {heading.text}" if language == "en" else f"{chinese(number)}、{heading.text}"
        sections.append((chapter, heading.text))
    return sections


def _number_captions(body: HtmlElement, language: str, *, annexed: bool) -> None:
    """Number the tables and the figures that have a caption, each kind through its volume."""
    for tag, kind in CAPTIONS.items():
        for number, caption in enumerate(body.iter(tag), 1):
            caption.text = kind[language].format(
                annex=ANNEXED[language] if annexed else "", n=number, title=caption.text
            )


def _leave_out_empty(body: HtmlElement) -> None:
    """Take out headings that nothing stands under before the next of their rank, from the end, and what they leave."""
    filled = dict.fromkeys(HEADINGS, False)
    for tag in [*body.iter(*HEADINGS, *CONTENT)][::-1]:
        if tag.tag in HEADINGS:
            if not filled[tag.tag]:
                tag.drop_tree()
            filled |= {rank: False for rank in HEADINGS if rank >= tag.tag}
        elif not all(filled.values()) and (tag.tag in DRAWN or tag.text_content().strip()):
            filled = dict.fromkeys(HEADINGS, True)
    for section in body.find_class("prose"):
        if not len(section) and not section.text_content().strip():
            section.drop_tree()


def chinese(number: int) -> str:
    """Write a number up to 99 in Chinese.

    >>> [chinese(n) for n in (1, 10, 12, 20, 34)]
    ['一', '十', '十二', '二十', '三十四']
    """
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + DIGITS[ones]
